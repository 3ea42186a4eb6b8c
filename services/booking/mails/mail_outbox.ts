import type { Logger } from "@evently/shared/log";
import { MAIL_RETRIES } from "@evently/shared/mail";
import { Outbox, type OutboxStore } from "@evently/shared/outbox";
import type { OrganiserWebhooks } from "../peers/organiser_webhooks.ts";
import { tellBookings } from "../webhooks/tell_bookings.ts";
import { toldToWebhooks } from "../webhooks/told_to_webhooks.ts";
import { bookingFactHandlers, type FactDeps } from "./fact_handlers.ts";
import { type BookingFactTopics, MailPayload } from "./payloads.ts";
import { sendBookingMail, type SendBookingMailDeps } from "./send_booking_mail.ts";

/** Topics that no sale waits for. */
export interface MailTopics extends BookingFactTopics {
  /** Sends a mail; the subject is the booking or the entry that it is about. */
  "mail.send": MailPayload;
}

export type MailOutboxDeps = SendBookingMailDeps & FactDeps & {
  outboxStore: OutboxStore;
  log: Logger;
  webhooks: OrganiserWebhooks;
};

/** Delivers facts of bookings, to webhooks too, and the mails that they cause, apart from the messages that seats and money wait for. */
export function createMailOutbox(deps: MailOutboxDeps): Outbox<MailTopics> {
  return new Outbox<MailTopics>({
    store: deps.outboxStore,
    clock: deps.clock,
    log: deps.log,
    deadLetterTtlMs: deps.mail.deadLetterTtlMs,
    handlers: {
      ...toldToWebhooks<BookingFactTopics>(
        bookingFactHandlers(deps),
        (facts) => tellBookings(deps, facts),
      ),
      "mail.send": {
        parse: (payload) => MailPayload.parse(payload),
        retries: MAIL_RETRIES,
        async deliver(message) {
          await sendBookingMail(deps, message);
          return "delivered";
        },
      },
    },
  });
}
