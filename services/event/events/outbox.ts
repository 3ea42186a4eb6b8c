import {
  accountErasedHandler,
  type AccountMailDeps,
  accountMailHandlers,
  type AccountTopics,
  type ErasedPayload,
} from "@evently/shared/auth";
import { z } from "@hono/zod-openapi";
import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import { Outbox, postgresOutboxStore } from "@evently/shared/outbox";
import type { Pool } from "@evently/shared/postgres";
import type { InvitationLinks } from "../organisations/invitation_links.ts";
import { invitationMailHandlers } from "../organisations/invitation_mails.ts";
import type { EventBookings, MovedFrom } from "../peers/event_bookings.ts";

/** Payloads of the event service's messages, by topic. */
export interface EventTopics extends AccountTopics {
  /** Confirms the deletion of an organiser's account. */
  "account.erased": ErasedPayload;
  /** Mails the invitation that is its subject. */
  "organisation.invite": undefined;
  /** Cancels the bookings of the cancelled event that is its subject. */
  "bookings.cancel": undefined;
  /** Tells the buyers of the event that is its subject where and when it takes place now. */
  "bookings.moved": MovedFrom;
}

const MovedPayload: z.ZodType<MovedFrom> = z.object({
  start_before: z.string(),
  start_after: z.string(),
  timezone_before: z.string(),
  venue_before: z.string(),
  address_before: z.string(),
});

export interface EventOutboxDeps {
  sql: Pool;
  clock: Clock;
  log: Logger;
  bookings: Pick<EventBookings, "cancelAll" | "tellMoved">;
  accountMails: AccountMailDeps;
  invitations: Pick<InvitationLinks, "tokenWithDigest">;
}

/** Each call cancels up to some thousand bookings, so few of them compete with sales. */
const MAX_CANCELLATIONS = 2;

/** The event service's outbox; it writes messages with `enqueue` of `shared/outbox`. */
export function createEventOutbox(
  { sql, clock, log, bookings, accountMails, invitations }: EventOutboxDeps,
): Outbox<EventTopics> {
  return new Outbox<EventTopics>({
    store: postgresOutboxStore(sql),
    clock,
    log,
    deadLetterTtlMs: accountMails.deadLetterTtlMs,
    handlers: {
      ...accountMailHandlers(accountMails),
      "account.erased": accountErasedHandler(accountMails),
      ...invitationMailHandlers({ ...accountMails, invitations }),
      "bookings.cancel": {
        parse: () => undefined,
        maxInFlight: MAX_CANCELLATIONS,
        async deliver({ subjectId }) {
          const { remaining } = await bookings.cancelAll(subjectId);
          return remaining > 0 ? "continue" : "delivered";
        },
      },
      "bookings.moved": {
        parse: (payload) => MovedPayload.parse(payload),
        maxInFlight: MAX_CANCELLATIONS,
        async deliver({ messageId, subjectId, payload }) {
          const { isDone } = await bookings.tellMoved({
            changeId: messageId,
            eventId: subjectId,
            before: payload,
          });
          return isDone ? "delivered" : "continue";
        },
      },
    },
  });
}
