import assert from "node:assert/strict";
import { instantOf, wallTimeOf } from "./wall_time.ts";

const ZONES = [
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "America/New_York",
  "Europe/London",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "UTC",
];
const HOUR_MS = 3_600_000;

Deno.test("instantOf() agrees with Temporal in every hour of a year, also where clocks change", () => {
  for (const zone of ZONES) {
    const startMs = Date.UTC(2026, 0, 1, 0, 30);
    for (let hour = 0; hour < 366 * 24; hour++) {
      const date = new Date(startMs + hour * HOUR_MS).toISOString();
      const wall = { date: date.slice(0, 10), time: date.slice(11, 16) };
      const expected = Temporal.PlainDateTime.from(`${wall.date}T${wall.time}`)
        .toZonedDateTime(zone, { disambiguation: "compatible" }).epochMilliseconds;
      const found = instantOf(wall, zone);
      assert.equal(found, new Date(expected).toISOString(), `${zone} ${wall.date} ${wall.time}`);
    }
  }
});

Deno.test("wallTimeOf() is what instantOf() came from", () => {
  const wall = { date: "2026-12-12", time: "18:00" };
  assert.equal(instantOf(wall, "Asia/Kolkata"), "2026-12-12T12:30:00.000Z");
  assert.deepEqual(wallTimeOf("2026-12-12T12:30:00.000Z", "Asia/Kolkata"), wall);
});

Deno.test("instantOf() takes no time that is none, and no zone that is none", () => {
  assert.equal(instantOf({ date: "2026-02-31", time: "" }, "UTC"), undefined);
  assert.equal(instantOf({ date: "", time: "18:00" }, "UTC"), undefined);
  assert.equal(instantOf({ date: "2026-02-01", time: "18:00" }, "Atlantis/Centre"), undefined);
});
