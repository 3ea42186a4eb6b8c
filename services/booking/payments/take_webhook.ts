import { deriveId } from "@evently/shared/ids";
import { DomainError } from "@evently/shared/errors";
import type { BookingDeps } from "../deps.ts";
import { ForgedWebhook, type ProviderEvent } from "./provider.ts";

const WEBHOOK_NAMESPACE = "8d0f4a52-6f1c-4c58-b1b7-0a4a6f6d2c35";

/** `noted`: it is about no payment of ours. */
export type Taken = "queued" | "noted";

export type WebhookDeps = Pick<
  BookingDeps,
  "payments" | "paymentStore" | "clock" | "log" | "nudge"
>;

/**
 * Takes a webhook of the payment provider: verifies it, and queues a look at its payment. Each event of the provider
 * queues one look, however often it is delivered.
 *
 * @throws {DomainError} `PAYMENT_PROVIDER_NOT_FOUND`: not our provider, or one that sends none
 * @throws {DomainError} `WEBHOOK_FORGED`: it is not signed by the provider for us, or not now; nothing has changed
 */
export async function takeWebhook(
  deps: WebhookDeps,
  { provider, body, headers }: { provider: string; body: Uint8Array; headers: Headers },
): Promise<Taken> {
  const { paymentStore, clock, log, nudge } = deps;
  const event = await readEvent(deps, { provider, body, headers });
  const { eventId, paymentId, type } = event;
  const messageId = deriveId(WEBHOOK_NAMESPACE, provider, eventId);
  const isKnown = paymentId !== undefined &&
    await paymentStore.queueLook({ messageId, paymentId, now: clock.now() });
  if (isKnown) {
    nudge.outbox();
    return "queued";
  }
  log.info("webhook: not about a payment of ours", {
    provider,
    provider_event: eventId,
    payment_id: paymentId,
    type,
  });
  return "noted";
}

async function readEvent(
  { payments, clock, log }: WebhookDeps,
  { provider, body, headers }: { provider: string; body: Uint8Array; headers: Headers },
): Promise<ProviderEvent> {
  if (provider !== payments.name || !payments.readWebhook) {
    throw new DomainError("PAYMENT_PROVIDER_NOT_FOUND");
  }
  try {
    return await payments.readWebhook(body, headers, clock.now());
  } catch (error) {
    if (!(error instanceof ForgedWebhook)) throw error;
    log.warn("webhook: refused as forged", { provider, reason: error.message });
    throw new DomainError("WEBHOOK_FORGED");
  }
}
