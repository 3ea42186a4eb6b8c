import assert from "node:assert/strict";
import { daysOf, isTimeZone } from "./time_zone.ts";

Deno.test("isTimeZone() takes IANA names and no offsets", () => {
  for (
    const name of ["Asia/Kolkata", "Europe/Kyiv", "UTC", "Etc/GMT+5", "America/Argentina/Salta"]
  ) {
    assert.ok(isTimeZone(name), name);
  }
  for (const name of ["+02:00", "-0530", "+05", "UTC+02:00", "GMT+2", "Mars/Olympus", "", " UTC"]) {
    assert.ok(!isTimeZone(name), name);
  }
});

Deno.test("daysOf() ends on the day before for an end at midnight", () => {
  const days = (start: string, end: string, timeZone: string) =>
    Object.values(daysOf({ startsAt: new Date(start), endsAt: new Date(end), timeZone })).join();
  const [one, two] = ["2026-11-10T15:00:00Z", "2026-11-10T18:30:00Z"];
  assert.equal(days(one, two, "Asia/Kolkata"), "2026-11-10,2026-11-10");
  assert.equal(days(one, two.replace(":00Z", ":01Z"), "Asia/Kolkata"), "2026-11-10,2026-11-11");
  assert.equal(days(two, two, "Asia/Kolkata"), "2026-11-11,2026-11-11");
});

Deno.test("daysOf() clamps days to those that stores can hold", () => {
  const days = (time: string, timeZone: string) =>
    daysOf({ startsAt: new Date(time), endsAt: new Date(time), timeZone }).firstDay;
  assert.equal(days("9999-12-31T20:00:00Z", "Asia/Kolkata"), "9999-12-31");
  assert.equal(days("0000-01-01T00:00:00Z", "UTC"), "0001-01-02");
  assert.equal(days("0300-01-01T00:00:00Z", "UTC"), "0300-01-01");
});
