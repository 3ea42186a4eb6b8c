import assert from "node:assert/strict";
import { hasCode } from "@evently/shared/errors";
import { salesPeriod, type WantedPeriod } from "./sales_steps.ts";

const NOW = new Date("2030-03-31T10:15:30.500Z");
const BERLIN = { timeZone: "Europe/Berlin", now: NOW };

function boundsOf(wanted: WantedPeriod, zone = BERLIN) {
  const { count, bounds } = salesPeriod(wanted, zone);
  assert.equal(bounds.length, 2 * count + 1);
  assert.deepEqual(bounds, bounds.toSorted((a, b) => a.getTime() - b.getTime()));
  return { count, bounds: bounds.map((time) => time.toISOString()) };
}

Deno.test("days begin at midnight of the zone, also when the clocks change", () => {
  const { count, bounds } = boundsOf({ step: "day", from: "2030-03-30", to: "2030-04-01" });
  assert.equal(count, 3);
  assert.deepEqual(bounds, [
    "2030-03-26T23:00:00.000Z",
    "2030-03-27T23:00:00.000Z",
    "2030-03-28T23:00:00.000Z",
    "2030-03-29T23:00:00.000Z",
    "2030-03-30T23:00:00.000Z",
    "2030-03-31T22:00:00.000Z", // the day of 23 hours has ended
    "2030-04-01T22:00:00.000Z",
  ]);
});

Deno.test("the default is 28 days, 24 hours or 60 minutes, with what is going on", () => {
  const days = boundsOf({ step: "day" });
  assert.deepEqual([days.count, days.bounds.at(-1)], [28, "2030-03-31T22:00:00.000Z"]);
  const hours = boundsOf({ step: "hour" });
  assert.deepEqual([hours.count, hours.bounds.at(-1)], [24, "2030-03-31T11:00:00.000Z"]);
  const minutes = boundsOf({ step: "minute" });
  assert.deepEqual([minutes.count, minutes.bounds.at(-1)], [60, "2030-03-31T10:16:00.000Z"]);
});

Deno.test("hours begin with those of a zone at half an hour", () => {
  const { bounds } = boundsOf({ step: "hour", from: "2030-03-31T10:00:00Z" }, {
    timeZone: "Asia/Kolkata",
    now: NOW,
  });
  assert.deepEqual(bounds, [
    "2030-03-31T08:30:00.000Z",
    "2030-03-31T09:30:00.000Z",
    "2030-03-31T10:30:00.000Z",
  ]);
});

Deno.test("a day of 25 hours has 25 hours", () => {
  const { count } = boundsOf({ step: "hour", from: "2030-10-27", to: "2030-10-27" });
  assert.equal(count, 25);
});

Deno.test("one day is one step", () => {
  assert.equal(boundsOf({ step: "day", from: "2030-01-01", to: "2030-01-01" }).count, 1);
});

for (
  const [wanted, message] of [
    [{ step: "day", from: "2030-01-02", to: "2030-01-01" }, "from must not be after to"],
    [
      { step: "day", from: "2028-01-01", to: "2030-01-01" },
      "from must be at most 400 steps before to: step is day",
    ],
    [
      { step: "minute", from: "2030-03-30" },
      "from must be at most 400 steps before to: step is minute",
    ],
  ] as const
) {
  Deno.test(`a period of ${wanted.step}s from ${wanted.from} is refused with the rule`, () => {
    assert.throws(
      () => salesPeriod(wanted, BERLIN),
      (error: Error) => hasCode(error, "VALIDATION_FAILED") && error.message === message,
    );
  });
}
