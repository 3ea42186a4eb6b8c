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

/** The most mails of one pass: in a rush each takes 50 ms or more, and all must be sent before their lease ends. */
const MAX_MAILS = 100;

/** Where no mail can be sent, none is written. */
const UNWRITTEN: FactDeps["mails"] = { write: () => Promise.resolve() };

/** Delivers facts of bookings, to webhooks too, and the mails that they cause, apart from the messages that seats and money wait for. */
export function createMailOutbox(deps: MailOutboxDeps): Outbox<MailTopics> {
  const isSending = deps.mail.mailTransport.name !== "none";
  return new Outbox<MailTopics>({
    store: deps.outboxStore,
    clock: deps.clock,
    log: deps.log,
    deadLetterTtlMs: deps.mail.deadLetterTtlMs,
    handlers: {
      ...toldToWebhooks<BookingFactTopics>(
        bookingFactHandlers(isSending ? deps : { ...deps, mails: UNWRITTEN }),
        (facts) => tellBookings(deps, facts),
      ),
      "mail.send": {
        parse: (payload) => MailPayload.parse(payload),
        retries: MAIL_RETRIES,
        maxLeased: MAX_MAILS,
        async deliver(message) {
          await sendBookingMail(deps, message);
          return "delivered";
        },
      },
    },
  });
}
