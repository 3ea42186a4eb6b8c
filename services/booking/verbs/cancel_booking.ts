import type { Booking } from "../booking.ts";
import type { BookingDeps } from "../deps.ts";
import { AccessDenied, BookingNotFound, BookingStateConflict } from "../errors.ts";
import { DEFAULT_REFUND_POLICY, refundPercent } from "../refund.ts";

/**
 * Cancels a booking of its owner; the seats' release and the refund follow through the outbox.
 *
 * One conditional update decides: of any number of concurrent cancels, confirms and expiries exactly one wins.
 *
 * @returns the cancelled booking; `refund_minor` is what was promised
 * @throws {BookingNotFound} {@link AccessDenied} no such booking, or another user's
 * @throws {BookingStateConflict} it is cancelled or expired already, or being confirmed
 */
export async function cancelBooking(
  deps: BookingDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<Booking> {
  const booking = await deps.store.find(bookingId);
  if (!booking) throw new BookingNotFound();
  if (booking.userId !== userId) throw new AccessDenied();

  const refund_percent = booking.status === "confirmed" ? await percentFor(deps, booking) : 0;
  const cancelled = await deps.store.cancelIfActive({
    bookingId,
    userId,
    refund_percent,
    now: deps.clock.now(),
  });
  if (!cancelled) throw whyNotCancellable(await deps.store.find(bookingId));
  deps.nudge.outbox();
  return cancelled;
}

async function percentFor({ events, clock }: BookingDeps, { eventId }: Booking): Promise<number> {
  const event = (await events.summaries([eventId])).get(eventId);
  if (!event) throw new Error(`event ${eventId} of a booking does not exist`);
  const policy = event.refund_policy ?? DEFAULT_REFUND_POLICY;
  return refundPercent(policy, new Date(event.start_datetime), clock.now());
}

function whyNotCancellable(booking: Booking | undefined): Error {
  switch (booking?.status) {
    case undefined:
      return new BookingNotFound();
    case "cancelled":
      return new BookingStateConflict("Booking is already cancelled");
    case "confirming":
    case "confirmed":
      return new BookingStateConflict("Booking is being confirmed. Please try again.");
    default:
      return new BookingStateConflict("Cannot cancel expired booking");
  }
}
