import assert from "node:assert/strict";
import { refundOf, refundOffer, refundPercent, type RefundTerms } from "./refund.ts";
import { type CurrentTerms, DEFAULT_REFUND_POLICY, type SaleTerms } from "./terms.ts";

const START = new Date("2030-06-01T20:00:00Z");
const NOTHING = [{ hours_before: 0, percent: 0 }];

function hoursBefore(hours: number, start = START): Date {
  return new Date(start.getTime() - hours * 3_600_000);
}

const KEPT: SaleTerms = { refundPolicy: DEFAULT_REFUND_POLICY, startsAt: START };

function current(changes: Partial<CurrentTerms> = {}): CurrentTerms {
  const { startsAt = START } = changes;
  return { ...KEPT, endsAt: hoursBefore(-3, startsAt), isCancelled: false, ...changes };
}

Deno.test("refundPercent() of the default policy steps down at 24 and 2 hours", () => {
  const cases = [[48, 100], [24.01, 100], [24, 50], [2.01, 50], [2, 0], [0, 0], [-1, 0]] as const;
  for (const [hours, percent] of cases) {
    assert.equal(
      refundPercent(DEFAULT_REFUND_POLICY, START, hoursBefore(hours)),
      percent,
      `${hours} h`,
    );
  }
});

Deno.test("refundPercent() follows an event's own policy in any order", () => {
  const policy = [{ hours_before: 1, percent: 10 }, { hours_before: 100, percent: 90 }];
  assert.equal(refundPercent(policy, START, hoursBefore(101)), 90);
  assert.equal(refundPercent(policy, START, hoursBefore(50)), 10);
  assert.equal(refundPercent(policy, START, hoursBefore(0.5)), 0);
});

Deno.test("refundOf() rounds down to whole minor units, like the database", () => {
  const cases = [
    [999, 50, 499],
    [1_000, 57.3, 573],
    [1_000, 0.1, 1],
    [333, 33.3, 110],
    [7, 100, 7],
    [97_201_617_500, 71.32, 69_324_193_601],
  ] as const;
  for (const [total, percent, refund] of cases) {
    assert.equal(refundOf(total, percent, "INR"), refund, `${percent} % of ${total}`);
  }
});

Deno.test("refundOf() rounds up to what providers can move, never above the price", () => {
  const cases = [
    ["KWD", 1_250, 50, 630],
    ["KWD", 1_250, 100, 1_250],
    ["KWD", 1_005, 100, 1_005],
    ["KWD", 1_250, 0, 0],
    ["MGA", 12_500, 50, 6_300],
    ["JPY", 125, 50, 62],
  ] as const;
  for (const [currency, total, percent, refund] of cases) {
    assert.equal(
      refundOf(total, percent, currency),
      refund,
      `${percent} % of ${total} ${currency}`,
    );
  }
});

Deno.test("refundOffer() takes the better of sold and present terms", () => {
  const later = hoursBefore(-240);
  const cases: [string, Partial<CurrentTerms>, number, number][] = [
    ["unchanged", {}, 12, 50],
    ["a tightened policy", { refundPolicy: NOTHING }, 48, 100],
    ["a better policy", { refundPolicy: [{ hours_before: 1, percent: 80 }] }, 12, 80],
    ["an earlier start", { startsAt: hoursBefore(47) }, 48, 100],
    ["a later start", { startsAt: later }, 1, 100],
    ["a later start and a tightened policy", { startsAt: later, refundPolicy: NOTHING }, 1, 100],
  ];
  for (const [what, changes, hours, percent] of cases) {
    const terms = { kept: KEPT, current: current(changes) };
    assert.equal(refundOffer(terms, hoursBefore(hours))?.percent, percent, what);
  }
});

Deno.test("refundOffer() tells when and to what the percentage changes", () => {
  const cases: [string, RefundTerms, Date, ReturnType<typeof refundOffer>][] = [
    ["all", { kept: KEPT }, hoursBefore(48), {
      percent: 100,
      until: hoursBefore(24),
      nextPercent: 50,
    }],
    ["at the turn", { kept: KEPT }, hoursBefore(24), {
      percent: 50,
      until: hoursBefore(2),
      nextPercent: 0,
    }],
    ["nothing more", { kept: KEPT }, hoursBefore(1), { percent: 0 }],
    [
      "moved earlier, all until it ends",
      {
        kept: KEPT,
        current: current({ startsAt: hoursBefore(60) }),
      },
      hoursBefore(59),
      { percent: 100, until: hoursBefore(57), nextPercent: 0 },
    ],
  ];
  for (const [what, terms, now, offer] of cases) {
    assert.deepEqual(refundOffer(terms, now), offer, what);
  }
});

Deno.test("refundOffer() is 100 % of a cancelled event, and none after an event ended", () => {
  const offer = (changes: Partial<CurrentTerms>, hours: number) =>
    refundOffer({ kept: KEPT, current: current(changes) }, hoursBefore(hours));
  assert.deepEqual(offer({ isCancelled: true }, 1), { percent: 100 });
  assert.deepEqual(offer({ isCancelled: true }, -3), { percent: 100 });
  assert.deepEqual(offer({}, -2.99), { percent: 0 });
  assert.equal(offer({}, -3), undefined);
});
