import assert from "node:assert/strict";
import * as iso4217 from "dinero.js/currencies";
import fc from "fast-check";
import {
  decimalsOf,
  hasDecimals,
  isCurrency,
  PAYABLE_STEPS,
  toMajor,
  toMinor,
} from "@evently/shared/money";
import { toStripeAmount } from "@evently/shared/stripe_amounts";
import { seedOfRun } from "@evently/shared/testing";
import { refundOf } from "../../services/booking/orders/refund.ts";

/** The largest total of a booking: 100 tickets at the largest price. */
const MAX_TOTAL_MINOR = 100 * 2_147_483_647;
const accepted = Intl.supportedValuesOf("currency").filter(isCurrency);
const currency = fc.constantFrom(...accepted);
const amount = fc.integer({ min: 0, max: MAX_TOTAL_MINOR });

function check<Values extends [unknown, ...unknown[]]>(property: fc.IProperty<Values>): void {
  fc.assert(property, { seed: seedOfRun(), numRuns: 2_000 });
}

Deno.test("currencies have the decimals of ISO 4217", () => {
  const known: Readonly<Record<string, { base: number | readonly number[]; exponent: number }>> =
    iso4217;
  assert.ok(accepted.length > 140);
  for (const code of accepted) {
    const { base, exponent } = known[code]!;
    // A fifth of an ariary or an ouguiya is written with two decimals.
    assert.equal(decimalsOf(code), base === 10 ? exponent : 2, code);
  }
  assert.deepEqual(["JPY", "KWD", "ISK", "UGX", "HUF", "IQD"].map(decimalsOf), [0, 3, 0, 0, 2, 3]);
  for (const code of ["CLF", "XAU", "XDR", "XXX", "HRK", "inr", ""]) {
    assert.ok(!isCurrency(code), code);
  }
});

Deno.test("every amount of every currency survives JSON in major units", () => {
  check(fc.property(currency, amount, (code, minor) => {
    const wire = JSON.parse(JSON.stringify(toMajor(minor, code)));
    assert.equal(toMinor(wire, code), minor);
    assert.ok(hasDecimals(wire, decimalsOf(code)));
    const [, decimals = ""] = String(wire).split(".");
    assert.ok(decimals.length <= decimalsOf(code), `${wire} ${code}`);
  }));
});

Deno.test("sums of lines on the wire are the total", () => {
  const line = fc.record({
    price: fc.integer({ min: 0, max: 2_147_483_647 }),
    quantity: fc.integer({ min: 1, max: 10 }),
  });
  check(fc.property(currency, fc.array(line, { minLength: 1, maxLength: 10 }), (code, lines) => {
    const total = lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0);
    const shown = lines.map(({ price, quantity }) => toMajor(price * quantity, code));
    assert.equal(shown.reduce((sum, value) => sum + toMinor(value, code), 0), total);
  }));
});

Deno.test("a refund is the share in whole steps of its currency, and never above the price", () => {
  const percent = fc.integer({ min: 0, max: 100_000 }).map((thousandths) => thousandths / 1_000);
  check(fc.property(currency, amount, percent, (code, total, share) => {
    const refund = refundOf(total, share, code);
    const exact = BigInt(total) * BigInt(Math.round(share * 1_000)) / 100_000n;
    const step = BigInt(PAYABLE_STEPS.get(code) ?? 1);
    const steps = (exact + step - 1n) / step * step;
    assert.equal(BigInt(refund), steps < BigInt(total) ? steps : BigInt(total));
    if (BigInt(total) % step === 0n) {
      assert.ok(toStripeAmount(refund, code) !== undefined, "Stripe gives back the same amount");
    }
    assert.equal(toMinor(toMajor(refund, code), code), refund);
  }));
});
