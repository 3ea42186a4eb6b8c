import { ForgedWebhook, type ProviderEvent } from "../provider.ts";

/** Signatures are as old, or as far ahead of our clock, as this at most. */
const TOLERANCE_S = 300;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const TIMESTAMP = /(?:^|,)t=(\d{1,12})(?:,|$)/;

/**
 * Reads a webhook of Stripe. The library compares the signature of the raw body in constant time, and refuses one that
 * is too old; one of the future is refused here.
 *
 * @throws {ForgedWebhook} it is not signed by Stripe for us, or not now
 */
export async function readStripeEvent({ body, headers, now, secret }: {
  /** As it came, byte by byte. */
  body: Uint8Array;
  headers: Headers;
  now: Date;
  secret: string;
}): Promise<ProviderEvent> {
  const { Stripe } = await import("stripe");
  const signature = headers.get("stripe-signature") ?? "";
  const signedAtS = Number(TIMESTAMP.exec(signature)?.[1]);
  if (!(signedAtS <= now.getTime() / 1000 + TOLERANCE_S)) throw new ForgedWebhook("no such time");
  try {
    const { id, type, data } = await Stripe.webhooks.constructEventAsync(
      body,
      signature,
      secret,
      TOLERANCE_S,
      undefined,
      now.getTime(),
    );
    return { eventId: id, type, paymentId: paymentIdOf(data.object as { metadata?: unknown }) };
  } catch {
    throw new ForgedWebhook("the signature is not one of Stripe's");
  }
}

/** The payment of an intent, charge or refund that we made; others may use the same account. */
function paymentIdOf(object: { metadata?: unknown }): string | undefined {
  const { payment_id: paymentId } = (object.metadata ?? {}) as Record<string, unknown>;
  return typeof paymentId === "string" && UUID.test(paymentId) ? paymentId : undefined;
}
