import assert from "node:assert/strict";
import { createFormat } from "../../services/web/app/messages/format.ts";

Deno.test("money() shows the decimals of its currency, and none of a whole amount", () => {
  const { money } = createFormat("en-IN");
  const shown = (amount: number, currency: string) =>
    money(amount, currency).replace(/\u00a0/g, " ");
  assert.equal(shown(1_499, "INR"), "₹1,499");
  assert.equal(shown(1_499.5, "INR"), "₹1,499.50");
  assert.equal(shown(1_500, "JPY"), "JP¥1,500");
  assert.equal(shown(12.505, "KWD"), "KWD 12.505");
  assert.equal(shown(12.5, "KWD"), "KWD 12.500");
  assert.equal(shown(1.5, "LAK"), "LAK 1.50");
  assert.equal(shown(1.255, "IQD"), "IQD 1.255");
});
