import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";
import type { FakeStripe } from "./fake_stripe.ts";

/**
 * Checks that each payment in our books has the money that Stripe has of it: captured less refunded, and nothing
 * reserved is left.
 *
 * @returns the number of payments
 * @throws {assert.AssertionError} lists the differences
 */
export async function assertMoneyAgrees(
  { bookingsDb }: { bookingsDb: Pool },
  fake: FakeStripe,
): Promise<number> {
  const rows = await bookingsDb<{ payment_id: string; net: number }[]>`
    SELECT payment_id,
           CASE WHEN status IN ('captured', 'refunded') THEN amount_minor - refunded_minor
                ELSE 0 END::int AS net
      FROM payments WHERE provider = 'stripe'`;
  const ours = new Map(rows.map(({ payment_id, net }) => [payment_id, net]));
  const theirs = new Map<string, number>();
  const wrong: unknown[] = [];
  for (const { id, status, metadata, amount_received } of fake.ledger.all()) {
    const paymentId = metadata.payment_id ?? "";
    const refunded = fake.ledger.refundsOf(id).reduce((sum, { amount }) => sum + amount, 0);
    theirs.set(paymentId, (theirs.get(paymentId) ?? 0) + amount_received - refunded);
    if (status === "requires_capture") wrong.push({ id, paymentId, status });
  }
  for (const paymentId of new Set([...ours.keys(), ...theirs.keys()])) {
    const [our, their] = [ours.get(paymentId) ?? 0, theirs.get(paymentId) ?? 0];
    if (our !== their) wrong.push({ paymentId, ours: our, theirs: their });
  }
  assert.deepEqual(wrong, [], "money at Stripe is not what our books say");
  return ours.size;
}
