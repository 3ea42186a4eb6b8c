import { calendarOf } from "@evently/shared/calendar";
import type { Clock } from "@evently/shared/clock";
import type { MailAttachment, MailEvent, MailKind, MailProps } from "@evently/shared/mail";
import type { Booking } from "../orders/booking.ts";
import { linesOf } from "../orders/order_lines.ts";
import { refundOf, refundOffer } from "../orders/refund.ts";
import type { EventInfo } from "../peers/event_directory.ts";
import type { BookingMailPayload, OfferMailPayload } from "./payloads.ts";

/** A mail without its reader. */
export type Composed = {
  [Kind in MailKind]: {
    kind: Kind;
    props: MailProps[Kind];
    attachments?: readonly MailAttachment[];
  };
}[MailKind];

/** What mails are composed of. */
export interface About {
  event: EventInfo;
  /** Of the reader. */
  name: string;
  publicUrl: string;
  clock: Clock;
}

/** The mail about a booking; `undefined` where what it would say is no longer so. */
export function composeBookingMail(
  payload: BookingMailPayload,
  booking: Booking,
  about: About,
): Composed | undefined {
  const { event, name, publicUrl, clock } = about;
  const { currency, totalMinor, refundMinor = 0, terms, status } = booking;
  const common = {
    name,
    event: mailEventOf(booking.eventId, event),
    reference: booking.reference,
    url: `${publicUrl}/account/bookings/${booking.bookingId}`,
  };
  const total = { amountMinor: totalMinor, currency };
  const refund = { amountMinor: refundMinor, currency };
  switch (payload.kind) {
    case "booking_confirmed":
      if (status !== "confirmed" || booking.ticketCode === undefined) return undefined;
      return {
        kind: payload.kind,
        props: {
          ...common,
          total,
          lines: linesOf(booking).map(({ name, quantity }) => ({ name, quantity })),
          ticketUrl: `${publicUrl}/tickets/${booking.ticketCode}`,
          terms: terms.refundPolicy.map(({ hours_before, percent }) => ({
            hoursBefore: hours_before,
            percent,
          })),
          soldWithStart: terms.startsAt,
        },
        attachments: [calendarFile(booking.eventId, about)],
      };
    case "booking_cancelled":
    case "event_cancelled":
      return { kind: payload.kind, props: { ...common, refund } };
    case "payment_action":
      if (booking.paymentStatus !== "requires_action" || booking.expiresAt <= clock.now()) {
        return undefined;
      }
      return {
        kind: payload.kind,
        props: {
          ...common,
          url: `${publicUrl}/checkout/${booking.bookingId}`,
          total,
          deadline: booking.expiresAt,
        },
      };
    case "payment_returned":
      return { kind: payload.kind, props: { ...common, total } };
    case "booking_refunded":
      return {
        kind: payload.kind,
        props: {
          ...common,
          refund: { amountMinor: payload.amount_minor, currency: payload.currency },
          areTicketsValid: status === "confirmed",
        },
      };
    case "event_moved": {
      const isLatest = event.startsAt.getTime() === Date.parse(payload.start_after);
      if (status !== "confirmed" || event.isCancelled || !isLatest) return undefined;
      const percent = refundOffer({ kept: terms, current: event }, clock.now())?.percent ?? 0;
      return {
        kind: payload.kind,
        props: {
          ...common,
          before: {
            startsAt: new Date(payload.start_before),
            timezone: payload.timezone_before,
            venue: payload.venue_before,
            address: payload.address_before,
          },
          refundNow: { amountMinor: refundOf(totalMinor, percent, currency), currency },
        },
        attachments: [calendarFile(booking.eventId, about)],
      };
    }
  }
}

/** The mail about an offer, whose booking it names; `undefined` where it is no longer so. */
export function composeOfferMail(
  { kind, quantity }: OfferMailPayload,
  { eventId, offer, isInLine }: { eventId: string; offer: Booking | undefined; isInLine: boolean },
  { event, name, publicUrl, clock }: About,
): Composed | undefined {
  const common = { name, event: mailEventOf(eventId, event), quantity };
  if (kind === "offer_lapsed") {
    const url = `${publicUrl}/${isInLine ? "waitlist" : "events"}/${eventId}`;
    return { kind, props: { ...common, url, isOver: !isInLine } };
  }
  if (offer?.status !== "pending" || offer.expiresAt <= clock.now()) return undefined;
  const url = `${publicUrl}/waitlist/${eventId}`;
  return { kind, props: { ...common, url, deadline: offer.expiresAt } };
}

function mailEventOf(
  eventId: string,
  { name, startsAt, endsAt, timezone, venue }: EventInfo,
): MailEvent {
  return {
    eventId,
    name,
    startsAt,
    endsAt,
    timezone,
    venue: venue.name,
    address: [venue.address, venue.city].filter(Boolean).join(", "),
  };
}

/** The same entry as the calendar file of the event's page. */
function calendarFile(eventId: string, { event, publicUrl, clock }: About): MailAttachment {
  const { venue } = event;
  const place = [venue.name, venue.address, venue.city, venue.postalCode];
  return {
    filename: "event.ics",
    contentType: "text/calendar; charset=utf-8; method=PUBLISH",
    content: calendarOf({
      uid: `${eventId}@evently`,
      changedAt: clock.now(),
      sequence: event.version,
      isCancelled: event.isCancelled,
      startsAt: event.startsAt,
      endsAt: event.endsAt,
      summary: event.name,
      place: place.filter(Boolean).join(", "),
      url: `${publicUrl}/events/${eventId}`,
    }),
  };
}
