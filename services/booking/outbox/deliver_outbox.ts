import { DEFAULT_TAKEOVER_AFTER_MS } from "../config.ts";
import type { BookingDeps } from "../deps.ts";
import type { OutboxMessage } from "../orders/store.ts";

const MAX_BATCH = 500;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 60_000;
/** From this many failures on it is an error that someone must look at; it is tried all the same. */
const ALARMING_ATTEMPTS = 10;

type OutboxDeps = Pick<BookingDeps, "store" | "seats" | "payments" | "clock" | "log">;

/**
 * Delivers what is due, at least once; every receiver is idempotent. Releases go together.
 *
 * @returns whether there may be more
 */
export async function deliverOutbox(
  deps: OutboxDeps,
  { takeoverAfterMs = DEFAULT_TAKEOVER_AFTER_MS }: { takeoverAfterMs?: number } = {},
): Promise<boolean> {
  const now = deps.clock.now();
  const messages = await deps.store.leaseOutbox({
    now,
    leaseUntil: new Date(now.getTime() + takeoverAfterMs),
    limit: MAX_BATCH,
  });
  const releases = messages.filter(({ kind }) => kind === "release_seats");
  await releaseSeats(deps, [...Map.groupBy(releases, ({ eventId }) => eventId).values()]);
  for (const message of messages) {
    if (message.kind !== "release_seats") {
      await deliver(deps, [message], () => movePayment(deps, message));
    }
  }
  return messages.length === MAX_BATCH;
}

/**
 * The seats of all events in one transaction; where that fails, those of each event alone, so that one that is
 * locked or broken keeps no other waiting.
 */
async function releaseSeats(deps: OutboxDeps, events: readonly OutboxMessage[][]): Promise<void> {
  const batches = events.map((messages) => ({
    event_id: messages[0]!.eventId,
    allocation_ids: messages.map(({ bookingId }) => bookingId),
  }));
  if (events.length > 1) {
    const together = await deps.seats.release(batches).then(() => true, () => false);
    if (together) return await complete(deps, events.flat());
  }
  for (const [i, messages] of events.entries()) {
    await deliver(deps, messages, () => deps.seats.release([batches[i]!]));
  }
}

function movePayment(
  { payments }: OutboxDeps,
  message: Exclude<OutboxMessage, { kind: "release_seats" }>,
): Promise<void> {
  if (message.kind === "void_payment") return payments.void({ paymentId: message.paymentId });
  const { outboxId, transactionId, amount_minor, currency } = message;
  return payments.refund({ refundId: outboxId, transactionId, amount_minor, currency });
}

/** Messages that are delivered together succeed or are postponed together. */
async function deliver(
  { store, clock, log }: OutboxDeps,
  messages: readonly OutboxMessage[],
  send: () => Promise<unknown>,
): Promise<void> {
  const outboxIds = messages.map(({ outboxId }) => outboxId);
  try {
    await send();
  } catch (error) {
    const attempts = Math.max(...messages.map(({ attempts }) => attempts));
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_MS);
    log[attempts >= ALARMING_ATTEMPTS ? "error" : "warn"]("outbox delivery failed", {
      kind: messages[0]?.kind,
      booking_ids: messages.map(({ bookingId }) => bookingId).slice(0, 10),
      attempts,
      error,
    });
    await store.postponeOutbox({
      outboxIds,
      error: error instanceof Error ? error.message : String(error),
      dueAt: new Date(clock.now().getTime() + retryMs),
    });
    return;
  }
  await complete({ store, clock }, messages);
}

async function complete(
  { store, clock }: Pick<OutboxDeps, "store" | "clock">,
  messages: readonly OutboxMessage[],
): Promise<void> {
  const outboxIds = messages.map(({ outboxId }) => outboxId);
  await store.completeOutbox({ outboxIds, now: clock.now() });
}
