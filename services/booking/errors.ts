import { DomainError } from "@evently/shared/errors";
import type { Booking } from "./orders/booking.ts";

/** No such event, or not on sale. */
export class EventNotBookable extends DomainError<"EVENT_UNKNOWN"> {
  constructor() {
    super("EVENT_UNKNOWN");
  }
}

/** More tickets than one booking may have. */
export class TooManyTickets extends DomainError<"TOO_MANY_TICKETS"> {
  constructor(limit: number, { ofEvent }: { ofEvent: boolean }) {
    super("TOO_MANY_TICKETS", { limit, ofEvent });
  }
}

/** An open hold of the buyer for the same event. */
export type OwnHold = Pick<Booking, "bookingId" | "reference" | "quantity" | "expiresAt">;

/** Fewer seats are free than wanted; `own_holds` lists the buyer's open holds of the event. */
export class NotEnoughSeats extends DomainError<"NOT_ENOUGH_SEATS"> {
  constructor({ ownHolds = [] }: { ownHolds?: readonly OwnHold[] } = {}) {
    const own_holds = ownHolds.map(({ bookingId, reference, quantity, expiresAt }) => ({
      reservation_id: bookingId,
      booking_reference: reference,
      quantity,
      expires_at: expiresAt.toISOString(),
    }));
    const options = own_holds.length > 0 ? { fields: { own_holds } } : {};
    super("NOT_ENOUGH_SEATS", undefined, options);
  }
}

/** The idempotency key belongs to a reservation of another event or quantity. */
export class IdempotencyKeyReused extends DomainError<"IDEMPOTENCY_KEY_REUSED"> {
  constructor() {
    super("IDEMPOTENCY_KEY_REUSED");
  }
}

/** There is no such reservation, or its hold has ended. */
export class ReservationExpired extends DomainError<"RESERVATION_EXPIRED"> {
  constructor() {
    super("RESERVATION_EXPIRED");
  }
}

/** The reservation is another user's. */
export class NotYourReservation extends DomainError<"BOOKING_NOT_YOURS"> {
  constructor() {
    super("BOOKING_NOT_YOURS", "reservation");
  }
}

/** The booking is another user's. */
export class AccessDenied extends DomainError<"BOOKING_NOT_YOURS"> {
  constructor() {
    super("BOOKING_NOT_YOURS", "booking");
  }
}

export class BookingNotFound extends DomainError<"BOOKING_NOT_FOUND"> {
  constructor() {
    super("BOOKING_NOT_FOUND");
  }
}

/** The booking's status does not allow the change. */
export class BookingStateConflict extends DomainError<"BOOKING_STATE_CONFLICT"> {
  constructor(message: string) {
    super("BOOKING_STATE_CONFLICT", message);
  }
}

/** The payment of a reservation that is not free lacks its fields. */
export class PaymentMissing extends DomainError<"VALIDATION_FAILED"> {
  constructor() {
    super("VALIDATION_FAILED", CONFIRM_REQUIRED);
  }
}

/** Said when a confirmation lacks a field that it needs. */
export const CONFIRM_REQUIRED = "reservation_id, payment_token, and payment_method are required";

/** Seconds after which the outcome of a payment is asked for again. */
const RETRY_PAYMENT_S = 2;

/** A payment of this reservation is under way; the same request hears its outcome later. */
export class PaymentInProgress extends DomainError<"PAYMENT_IN_PROGRESS"> {
  constructor() {
    super("PAYMENT_IN_PROGRESS", {
      retryAfterS: RETRY_PAYMENT_S,
    });
  }
}

/** The provider said no; the seats stay held. */
export class PaymentDeclined extends DomainError<"PAYMENT_DECLINED"> {
  constructor(reason: string) {
    super("PAYMENT_DECLINED", reason);
  }
}
