import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import { fold } from "@evently/shared/text";
import type { Booking, PublicStatus } from "../orders/booking.ts";
import type { Bookings } from "../orders/bookings.ts";
import type { Buyers } from "../peers/buyers.ts";
import type { Contact, Contacts } from "../peers/contacts.ts";
import type { Refund } from "../refunds/refund_row.ts";
import type { PaymentAttempt, SalesReads } from "./store.ts";

export interface EventBookingsDeps {
  sales: SalesReads;
  contacts: Contacts;
  buyers: Buyers;
  clock: Clock;
}

/** A booking as the organiser of its event sees it. */
export interface EventBooking {
  booking: Booking;
  /** `undefined` if the account is gone. */
  buyer: Pick<Contact, "name" | "email"> | undefined;
}

/** A booking with all that was paid and given back. */
export interface EventBookingDetail extends EventBooking {
  payments: PaymentAttempt[];
  refunds: Refund[];
}

/** Which bookings of an event an organiser looks for. */
export interface WantedBookings {
  eventId: string;
  /** A part of a reference, or of a buyer's name or e-mail. */
  text?: string | undefined;
  status?: PublicStatus | undefined;
}

/** Of so many buyers of an event, the latest, names and e-mails are searched. */
export const MAX_SEARCHED_BUYERS = 50_000;

/**
 * Returns a page of an event's bookings, newest first.
 *
 * @throws {Unavailable} the user service does not answer
 */
export async function listEventBookings(
  { sales, contacts, buyers, clock }: EventBookingsDeps,
  { eventId, text, status, page, limit }: WantedBookings & { page: number; limit: number },
): Promise<{ bookings: EventBooking[]; total: number }> {
  const search = text === undefined || text === "" ? undefined : {
    reference: text.toUpperCase(),
    userIds: await buyers.search(
      text,
      await sales.listBuyers({ eventId, limit: MAX_SEARCHED_BUYERS }),
    ),
  };
  const now = clock.now();
  const found = await sales.listEventBookings({ eventId, status, search, now, page, limit });
  return { bookings: await withBuyers({ contacts }, found.bookings), total: found.total };
}

/**
 * Returns the next bookings of an event for a file, oldest first, and behind which booking the next page begins. A page
 * may be empty and not the last.
 *
 * @param wanted.after the booking behind which the page begins
 * @throws {Unavailable} the user service does not answer
 */
export async function exportEventBookings(
  { sales, contacts, clock }: Pick<EventBookingsDeps, "sales" | "contacts" | "clock">,
  { eventId, text = "", status, after, limit }: WantedBookings & {
    after?: string | undefined;
    limit: number;
  },
): Promise<{ bookings: EventBooking[]; next: string | undefined }> {
  const now = clock.now();
  const bookings = await sales.exportBookings({ eventId, status, now, after, limit });
  const all = await withBuyers({ contacts }, bookings);
  const next = bookings.length < limit ? undefined : bookings.at(-1)?.bookingId;
  return { bookings: text === "" ? all : all.filter((one) => isFound(one, text)), next };
}

/** Whether a list that looks for a text shows a booking. */
function isFound({ booking, buyer }: EventBooking, text: string): boolean {
  const folded = fold(text);
  return booking.reference.includes(text.toUpperCase()) ||
    (buyer !== undefined && [buyer.name, buyer.email].some((name) => fold(name).includes(folded)));
}

/**
 * Returns a booking of an event with its payments and refunds.
 *
 * @throws {DomainError} `BOOKING_NOT_FOUND`: the event has no such booking
 * @throws {Unavailable} the user service does not answer
 */
export async function viewEventBooking(
  { sales, contacts, bookings }:
    & Pick<EventBookingsDeps, "sales" | "contacts">
    & { bookings: Pick<Bookings, "refundsOf"> },
  key: { eventId: string; bookingId: string },
): Promise<EventBookingDetail> {
  const found = await sales.findWithPayments(key);
  if (!found) throw new DomainError("BOOKING_NOT_FOUND");
  const [refunds, [shown]] = await Promise.all([
    bookings.refundsOf([key]),
    withBuyers({ contacts }, [found.booking]),
  ]);
  return { ...shown!, payments: found.payments, refunds };
}

function withBuyers(
  { contacts }: Pick<EventBookingsDeps, "contacts">,
  bookings: readonly Booking[],
): Promise<EventBooking[]> {
  return Promise.all(
    bookings.map(async (booking) => ({ booking, buyer: await contacts.find(booking.userId) })),
  );
}
