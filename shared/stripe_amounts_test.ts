import assert from "node:assert/strict";
import { fromStripeAmount, toStripeAmount, toStripeAmountAtLeast } from "./stripe_amounts.ts";

Deno.test("toStripeAmount() keeps minor units of currencies with two, no and three decimals", () => {
  assert.equal(toStripeAmount(1999, "INR"), 1999);
  assert.equal(toStripeAmount(500, "JPY"), 500);
  assert.equal(toStripeAmount(1250, "KWD"), 1250);
});

Deno.test("toStripeAmount() gives ISK and UGX two decimals, and MGA none", () => {
  assert.equal(toStripeAmount(5, "ISK"), 500);
  assert.equal(toStripeAmount(5, "UGX"), 500);
  assert.equal(toStripeAmount(1200, "MGA"), 12);
});

Deno.test("toStripeAmount() has no amount for what Stripe cannot express", () => {
  assert.equal(toStripeAmount(1005, "KWD"), undefined);
  assert.equal(toStripeAmount(1250, "MGA"), undefined);
});

Deno.test("toStripeAmountAtLeast() rounds up to what Stripe can express", () => {
  assert.equal(toStripeAmountAtLeast(625, "KWD"), 630);
  assert.equal(toStripeAmountAtLeast(620, "KWD"), 620);
  assert.equal(toStripeAmountAtLeast(625, "INR"), 625);
});

Deno.test("fromStripeAmount() undoes toStripeAmount() in every currency", () => {
  for (const currency of ["INR", "JPY", "KWD", "ISK", "UGX", "MGA"]) {
    for (const amountMinor of [100, 1000, 99_900]) {
      assert.equal(
        fromStripeAmount(toStripeAmount(amountMinor, currency)!, currency),
        amountMinor,
        currency,
      );
    }
  }
});
