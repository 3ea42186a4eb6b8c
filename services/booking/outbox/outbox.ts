import { z } from "@hono/zod-openapi";
import { laneOf } from "@evently/shared/lanes";
import { Outbox, type OutboxMessage } from "@evently/shared/outbox";
import { DEFAULT_TAKEOVER_AFTER_MS } from "../config.ts";
import type { BookingDeps } from "../deps.ts";
import { lineIdsOf, MAX_HOLDS, MAX_LINES } from "../orders/order_lines.ts";
import { lookAgain, type LookDeps } from "../payments/look_again.ts";
import type { OrganiserWebhooks } from "../peers/organiser_webhooks.ts";
import {
  waitlistFactHandlers,
  type WaitlistFactListener,
  type WaitlistTopics,
} from "../waitlist/facts.ts";
import { tellEntries } from "../webhooks/tell_entries.ts";
import { toldToWebhooks } from "../webhooks/told_to_webhooks.ts";

/** The stored payload of a refund. The message's id is the provider's idempotency key. */
const RefundPayload = z.object({
  payment_id: z.uuid(),
  transaction_id: z.string(),
  amount_minor: z.int().positive(),
  currency: z.string(),
});

/**
 * The stored payload of a release: the lines of the booking, 1 where it says nothing; which hold it ends, the first where
 * it says nothing; and how many tickets stay held, none where it says nothing.
 */
const ReleasePayload = z.object({
  lines: z.int().min(1).max(MAX_LINES).default(1),
  hold: z.int().min(0).max(MAX_HOLDS).default(0),
  keep: z.int().positive().optional(),
});

/** The most allocations of one release, and so of one transaction. */
const MAX_RELEASED = 500;

/** Refunds under way at once in a process: 16 of 300 ms are 3,200 a minute, within what providers allow. */
const MAX_REFUNDS_IN_FLIGHT = 16;

/** The stored payload of a void. The release before wrote the id alone; its only provider needs no more. */
const VoidPayload = z.object({
  payment_id: z.uuid(),
  amount_minor: z.int().nonnegative().default(0),
  currency: z.string().default(""),
  /** The provider's name for the payment, where it is known. */
  transaction_id: z.string().optional(),
});

const LookPayload = z.object({ payment_id: z.uuid() });

/** Payloads of the booking service's messages, by topic; the subject of each message is a booking unless said otherwise. */
export interface BookingTopics extends WaitlistTopics {
  /** Releases the seats of a booking that has ended. */
  "seats.release": z.infer<typeof ReleasePayload>;
  /** Refunds a captured payment, or a part of it. */
  "payment.refund": z.infer<typeof RefundPayload>;
  /** Ends a payment that must not go on. */
  "payment.void": z.infer<typeof VoidPayload>;
  /** Looks at a payment again, until it has ended. */
  "payment.look": z.infer<typeof LookPayload>;
}

type Release = OutboxMessage<z.infer<typeof ReleasePayload>>;

/** Parts of releases with at most {@link MAX_RELEASED} lines each. */
function partsOf(messages: readonly Release[]): Release[][] {
  const parts: Release[][] = [];
  let room = 0;
  for (const message of messages) {
    const { lines } = message.payload;
    if (lines > room) {
      parts.push([]);
      room = MAX_RELEASED;
    }
    parts.at(-1)?.push(message);
    room -= lines;
  }
  return parts;
}

/** The allocations to release, each once, and what stays of them if anything does: the fewest that a message says. */
function allocationsOf(releases: readonly Release[]): { allocationIds: string[]; keep?: number[] } {
  const kept = new Map<string, number>();
  for (const { subjectId, payload: { lines, hold, keep = 0 } } of releases) {
    for (const allocationId of lineIdsOf({ bookingId: subjectId, lines, hold })) {
      kept.set(allocationId, Math.min(keep, kept.get(allocationId) ?? keep));
    }
  }
  const keep = [...kept.values()];
  return {
    allocationIds: [...kept.keys()],
    ...(keep.some((quantity) => quantity > 0) ? { keep } : {}),
  };
}

export interface OutboxDeps extends LookDeps, Pick<BookingDeps, "outboxStore" | "log"> {
  paymentStore: BookingDeps["paymentStore"];
  bookings: BookingDeps["bookings"];
  seats: BookingDeps["seats"];
  /** Absent: facts of the waitlist are logged alone. */
  waitlistFacts?: WaitlistFactListener;
  /** Absent: organisers' webhooks are not told of the waitlist. */
  webhooks?: OrganiserWebhooks;
}

/** The booking service's outbox; the statements that end bookings and payments write its messages. */
export function createBookingOutbox(
  deps: OutboxDeps,
  { leaseMs = DEFAULT_TAKEOVER_AFTER_MS }: { leaseMs?: number } = {},
): Outbox<BookingTopics> {
  const {
    outboxStore,
    paymentStore,
    bookings,
    seats,
    payments,
    clock,
    ids,
    log,
    waitlistFacts,
    webhooks,
  } = deps;
  return new Outbox<BookingTopics>({
    store: outboxStore,
    clock,
    log,
    firstLane: laneOf(ids.newId()),
    leaseMs,
    handlers: {
      ...toldToWebhooks<WaitlistTopics>(
        waitlistFactHandlers(log, waitlistFacts),
        webhooks && ((facts) => tellEntries({ webhooks, clock }, facts)),
      ),
      // The seats of all events in one transaction; if it fails, one transaction for each event.
      "seats.release": {
        parse: (payload) => ReleasePayload.parse(payload),
        groupBy: ({ eventId }) => eventId,
        async deliverBatch(messages) {
          for (const part of partsOf(messages)) {
            const events = Map.groupBy(part, ({ eventId }) => eventId);
            await seats.release(
              Array.from(events, ([eventId, releases]) => ({
                eventId,
                ...allocationsOf(releases),
              })),
            );
          }
          return "delivered";
        },
      },
      "payment.refund": {
        parse: (payload) => RefundPayload.parse(payload),
        maxInFlight: MAX_REFUNDS_IN_FLIGHT,
        async deliver({ messageId, payload: { transaction_id, amount_minor, currency } }) {
          await payments.refund({
            refundId: messageId,
            transactionId: transaction_id,
            amountMinor: amount_minor,
            currency,
          });
          return "delivered";
        },
        complete: (input) => bookings.completeRefunds(input),
      },
      "payment.void": {
        parse: (payload) => VoidPayload.parse(payload),
        async deliver({ payload: { payment_id, amount_minor, currency, transaction_id } }) {
          await payments.void({
            paymentId: payment_id,
            transactionId: transaction_id,
            amountMinor: amount_minor,
            currency,
          });
          return "delivered";
        },
        complete: (input) => paymentStore.completeVoids(input),
      },
      "payment.look": {
        parse: (payload) => LookPayload.parse(payload),
        async deliver({ eventId, payload }) {
          const look = await lookAgain(deps, { eventId, paymentId: payload.payment_id });
          return look === "settled" ? "delivered" : "later";
        },
      },
    },
  });
}
