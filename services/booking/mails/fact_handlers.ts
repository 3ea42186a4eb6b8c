import type { Clock } from "@evently/shared/clock";
import type { OutboxBatchHandler, OutboxMessage } from "@evently/shared/outbox";
import type { MailStore } from "./mail_store.ts";
import {
  type BookingFactTopics,
  CancelledPayload,
  type MailPayload,
  RefundedPayload,
} from "./payloads.ts";

/** Most buyers act at once: the mail is for those who have not after so long. */
const PAYMENT_ACTION_DELAY_MS = 2 * 60_000;
/** The most facts of one pass: in a rush passes are a second apart, and keep up with so many confirmations a second. */
const MAX_FACTS = 2_000;

export interface FactDeps {
  mails: Pick<MailStore, "write">;
  clock: Clock;
  nudge: { mails(): void };
}

/**
 * Handlers of facts of bookings: each has its mail written. Of refunds, those by the organiser have one of their own; the
 * mail of a cancellation tells of the others.
 */
export function bookingFactHandlers(
  deps: FactDeps,
): { [Topic in keyof BookingFactTopics]: OutboxBatchHandler<BookingFactTopics[Topic]> } {
  return {
    "booking.confirmed": causing(deps, () => undefined, () => ({ kind: "booking_confirmed" })),
    "booking.cancelled": causing(
      deps,
      (payload) => CancelledPayload.parse(payload),
      ({ by }) => ({ kind: by === "event" ? "event_cancelled" : "booking_cancelled" }),
    ),
    "booking.requires_action": causing(
      deps,
      () => undefined,
      () => ({ kind: "payment_action" }),
      PAYMENT_ACTION_DELAY_MS,
    ),
    "booking.payment_returned": causing(
      deps,
      () => undefined,
      () => ({ kind: "payment_returned" }),
    ),
    "booking.refunded": causing(
      deps,
      (payload) => RefundedPayload.parse(payload),
      ({ reason, amount_minor, currency }) =>
        reason === "organiser" ? { kind: "booking_refunded", amount_minor, currency } : undefined,
    ),
  };
}

function causing<Payload>(
  { mails, clock, nudge }: FactDeps,
  parse: (payload: unknown) => Payload,
  mailOf: (payload: Payload) => MailPayload | undefined,
  delayMs = 0,
): OutboxBatchHandler<Payload> {
  return {
    parse,
    maxLeased: MAX_FACTS,
    groupBy: ({ eventId }) => eventId,
    async deliverBatch(facts: readonly OutboxMessage<Payload>[]) {
      const now = clock.now();
      const dueAt = new Date(now.getTime() + delayMs);
      const caused = facts.flatMap(({ messageId, eventId, subjectId, payload: fact }) => {
        const payload = mailOf(fact);
        return payload ? [{ causeId: messageId, eventId, subjectId, payload, dueAt }] : [];
      });
      if (caused.length === 0) return "delivered";
      await mails.write({ now, mails: caused });
      nudge.mails();
      return "delivered";
    },
  };
}
