import { DomainError } from "@evently/shared/errors";
import type { Booking } from "./booking.ts";
import type { CancelledBooking } from "./store.ts";
import type { Clock } from "@evently/shared/clock";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import type { EventDirectory } from "../peers/event_directory.ts";
import type { Seats } from "../peers/seats.ts";
import type { Bookings } from "./bookings.ts";
import { seatsOf } from "./order_lines.ts";
import { ownBookingOrThrow } from "./own_booking.ts";
import { refundOffer } from "./refund.ts";

export interface CancelDeps {
  bookings: Pick<Bookings, "find" | "cancelFrom">;
  seats: Pick<Seats, "releasePromptly">;
  events: Pick<EventDirectory, "current">;
  holds: Pick<HoldDocuments, "end">;
  clock: Clock;
  nudge: { outbox(): void };
}

/** A booking changes its status only a few times in its life, so more attempts are never needed. */
const MAX_ATTEMPTS = 4;

/**
 * Cancels a booking of its owner. Its seats are back on sale when this returns, if the event service answers; the
 * outbox also releases them and makes the refund.
 *
 * One conditional update decides, so exactly one of any concurrent cancels, confirms and expiries wins. The update
 * names the status that the refund was computed for; if the booking is paid meanwhile, it is read again.
 *
 * @returns the cancelled booking; `newRefundMinor` is the refund that this promised
 * @throws {DomainError} `BOOKING_NOT_FOUND`, `BOOKING_NOT_YOURS`: no such booking, or another user's
 * @throws {DomainError} `BOOKING_STATE_CONFLICT`: it is cancelled, expired or being confirmed, or its event has ended
 */
export async function cancelBooking(
  deps: CancelDeps,
  { bookingId, userId }: { bookingId: string; userId: string },
): Promise<CancelledBooking> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const booking = await ownBookingOrThrow(deps.bookings, { bookingId, userId });
    const now = deps.clock.now();
    refuseUnlessActive(booking, now);

    const { status } = booking;
    const percent = await refundPercent(deps, booking);
    const cancelled = await deps.bookings.cancelFrom({
      bookingId,
      eventId: booking.eventId,
      userId,
      status,
      refundPercent: status === "confirmed" ? percent : 0,
      now,
    });
    if (cancelled) {
      await deps.seats.releasePromptly(seatsOf(cancelled));
      deps.nudge.outbox();
      await deps.holds.end(cancelled);
      return cancelled;
    }
  }
  throw new DomainError("BOOKING_STATE_CONFLICT", "Booking is being changed. Please try again.");
}

/** @throws {DomainError} `BOOKING_STATE_CONFLICT`: the event has ended */
async function refundPercent(
  { events, clock }: CancelDeps,
  { eventId, terms }: Booking,
): Promise<number> {
  const event = await events.current(eventId);
  if (!event) throw new Error(`event ${eventId} of a booking does not exist`);
  const offer = refundOffer({ kept: terms, current: event }, clock.now());
  if (!offer) {
    throw new DomainError(
      "BOOKING_STATE_CONFLICT",
      `Cannot cancel booking as the event has ended: it ended at ${event.endsAt.toISOString()}`,
    );
  }
  return offer.percent;
}

function refuseUnlessActive({ status, expiresAt }: Booking, now: Date): void {
  switch (status) {
    case "cancelled":
      throw new DomainError("BOOKING_STATE_CONFLICT", "Booking is already cancelled");
    case "confirming":
      throw new DomainError(
        "BOOKING_STATE_CONFLICT",
        "Booking is being confirmed. Please try again.",
      );
    case "expired":
      throw new DomainError("BOOKING_STATE_CONFLICT", "Cannot cancel expired booking");
    case "pending":
      if (expiresAt <= now) {
        throw new DomainError("BOOKING_STATE_CONFLICT", "Cannot cancel expired booking");
      }
  }
}
