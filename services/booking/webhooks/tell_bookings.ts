import type { Clock } from "@evently/shared/clock";
import { toMajor } from "@evently/shared/money";
import type { OutboxMessage } from "@evently/shared/outbox";
import type { Booking } from "../orders/booking.ts";
import { publicStatusOf } from "../orders/booking.ts";
import type { BookingStore } from "../orders/store.ts";
import { type BookingFactTopics, RefundedPayload } from "../mails/payloads.ts";
import { linesOf } from "../orders/order_lines.ts";
import type { FactData, OrganiserWebhooks, WebhookFact } from "../peers/organiser_webhooks.ts";

const REFUNDED: keyof BookingFactTopics = "booking.refunded";
/** The most bookings of one statement. */
const MAX_READ = 500;

export interface TellBookingsDeps {
  webhooks: OrganiserWebhooks;
  bookings: Pick<BookingStore, "findMany">;
  clock: Clock;
}

/**
 * Tells webhooks of facts about bookings, which are the subjects of the messages. Only what somebody wants is read; a
 * booking is told as it is then.
 *
 * @throws {Unavailable} the event service does not answer
 */
export async function tellBookings(
  { webhooks, bookings, clock }: TellBookingsDeps,
  messages: readonly OutboxMessage[],
): Promise<void> {
  const wanted = await webhooks.wanted(messages.map(({ eventId }) => eventId));
  const told = messages.filter(({ topic, eventId }) => wanted.get(eventId)?.has(topic));
  for (let first = 0; first < told.length; first += MAX_READ) {
    const part = told.slice(first, first + MAX_READ);
    const found = await bookings.findMany(
      part.map(({ subjectId: bookingId, eventId }) => ({ bookingId, eventId })),
    );
    const byId = new Map(found.map((booking) => [booking.bookingId, booking]));
    const now = clock.now();
    const facts = part.flatMap((message): WebhookFact[] => {
      const { messageId, topic, eventId, subjectId } = message;
      const booking = byId.get(subjectId);
      return booking ? [{ messageId, topic, eventId, ...factOf(message, booking, now) }] : [];
    });
    if (facts.length > 0) await webhooks.tell(facts);
  }
}

/** When it happened, and the booking; of a refund that was made, that too. */
function factOf(
  { topic, payload }: OutboxMessage,
  booking: Booking,
  now: Date,
): Pick<WebhookFact, "happenedAt" | "data"> {
  const data = toData(booking, now);
  if (topic !== REFUNDED) {
    return { happenedAt: booking.endedAt ?? booking.confirmedAt ?? now, data };
  }
  const { done_at, refund_id, amount_minor, currency, reason } = RefundedPayload.parse(payload);
  const refund = { refund_id, amount: toMajor(amount_minor, currency), currency, reason };
  return { happenedAt: new Date(done_at), data: { ...data, refund } };
}

function toData(booking: Booking, now: Date): FactData {
  const { currency, confirmedAt, endedAt, refundMinor, paymentStatus } = booking;
  const status = publicStatusOf(booking, now);
  return {
    booking_id: booking.bookingId,
    booking_reference: booking.reference,
    user_id: booking.userId,
    status,
    payment_status: paymentStatus === "requires_action" ? "pending" : paymentStatus,
    quantity: booking.quantity,
    lines: linesOf(booking).map(({ ticketTypeId, name, quantity, unitPriceMinor }) => ({
      ticket_type_id: ticketTypeId,
      name,
      quantity,
      unit_price: toMajor(unitPriceMinor, currency),
      total: toMajor(unitPriceMinor * quantity, currency),
    })),
    currency,
    total_amount: toMajor(booking.totalMinor, currency),
    ...(refundMinor === undefined ? {} : { refund_amount: toMajor(refundMinor, currency) }),
    booked_at: booking.bookedAt.toISOString(),
    ...(confirmedAt ? { confirmed_at: confirmedAt.toISOString() } : {}),
    ...(endedAt && status === "cancelled" ? { cancelled_at: endedAt.toISOString() } : {}),
    ...(endedAt && status === "expired" ? { expired_at: endedAt.toISOString() } : {}),
  };
}
