import assert from "node:assert/strict";
import { DEFAULT_REFUND_POLICY, refundPercent } from "./refund.ts";

const START = new Date("2030-06-01T20:00:00Z");

function hoursBefore(hours: number): Date {
  return new Date(START.getTime() - hours * 3_600_000);
}

Deno.test("refundPercent() gives all until a day before, half until two hours before, then nothing", () => {
  const cases = [[48, 100], [24.01, 100], [24, 50], [2.01, 50], [2, 0], [0, 0], [-1, 0]] as const;
  for (const [hours, percent] of cases) {
    assert.equal(
      refundPercent(DEFAULT_REFUND_POLICY, START, hoursBefore(hours)),
      percent,
      `${hours} h`,
    );
  }
});

Deno.test("refundPercent() follows an event's own policy, in whatever order it is given", () => {
  const policy = [{ hours_before: 1, percent: 10 }, { hours_before: 100, percent: 90 }];
  assert.equal(refundPercent(policy, START, hoursBefore(101)), 90);
  assert.equal(refundPercent(policy, START, hoursBefore(50)), 10);
  assert.equal(refundPercent(policy, START, hoursBefore(0.5)), 0);
});
