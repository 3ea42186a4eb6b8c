import { languageOf, languagePath } from "@evently/shared/languages";
import { type MailDeps, MailRefused, sendMail } from "@evently/shared/mail";
import type { OutboxMessage } from "@evently/shared/outbox";
import type { BookingDeps } from "../deps.ts";
import type { Contacts } from "../peers/contacts.ts";
import { composeBookingMail, type Composed, composeOfferMail } from "./compose_mail.ts";
import type { MailStore } from "./mail_store.ts";
import type { MailPayload } from "./payloads.ts";

export interface SendBookingMailDeps extends Pick<BookingDeps, "bookings" | "events" | "clock"> {
  contacts: Contacts;
  mails: Pick<MailStore, "isInLine">;
  mail: MailDeps;
}

/**
 * Sends a mail of the outbox, unless what it would say is no longer so. The message's id becomes its `Message-ID`. Without
 * a transport it does nothing.
 *
 * @throws {MailRefused} it can never be sent
 */
export async function sendBookingMail(
  deps: SendBookingMailDeps,
  message: OutboxMessage<MailPayload>,
): Promise<void> {
  const { bookings, events, contacts, mail } = deps;
  if (mail.mailTransport.name === "none") return;
  const { messageId, subjectId, eventId, payload } = message;
  const bookingId = "offer_id" in payload ? payload.offer_id : subjectId;
  const booking = await bookings.find(bookingId);
  const userId = "user_id" in payload ? payload.user_id : booking?.userId;
  if (userId === undefined) throw new MailRefused("there is no such booking");
  const [contact, event] = await Promise.all([contacts.find(userId), events.current(eventId)]);
  if (!contact) throw new MailRefused("there is no such user");
  if (!event) throw new MailRefused("there is no such event");

  const { email: to, language, name } = contact;
  const publicUrl = mail.publicUrl + languagePath(languageOf(language));
  const about = { event, name, publicUrl, clock: deps.clock };
  let composed: Composed | undefined;
  if ("offer_id" in payload) {
    const isInLine = await deps.mails.isInLine({ entryId: subjectId, eventId }) ?? false;
    composed = composeOfferMail(payload, { eventId, offer: booking, isInLine }, about);
  } else if (booking) {
    composed = composeBookingMail(payload, booking, about);
  }
  if (!composed) return;
  await sendMail(mail, { id: messageId, to, language, ...composed });
}
