import { DomainError, type DomainErrorOptions, invalidInput } from "@evently/shared/errors";
import type { Booking } from "./orders/booking.ts";
import type { WantedLine } from "./orders/order_lines.ts";
import type { HoldRefusal } from "./peers/hold_answers.ts";
import type { WaitlistOffer } from "./waitlist/entry.ts";

/** The refusal of a confirmation that lacks a field. */
export const CONFIRM_REQUIRED = "reservation_id, payment_token, and payment_method are required";

/** Seconds after which a client asks for the outcome of a payment again. */
const RETRY_PAYMENT_S = 2;

/** An open hold of the buyer for the same event. */
export type OwnHold = Pick<Booking, "bookingId" | "reference" | "quantity" | "expiresAt">;

/** What a client hears of a refused order besides its text. */
type RefusalReason = "seats" | "not_on_sale" | "min" | "max" | "buyer_limit" | "waitlist";

/** The order that was refused, and the buyer's open holds of the event: one of them may be an offer of the waitlist. */
interface RefusedOrder {
  eventId: string;
  lines: readonly WantedLine[];
  ownHolds: readonly OwnHold[];
  offer: WaitlistOffer | undefined;
}

/**
 * The error of a refused hold. It has `reason` and `ticket_type_id`, and names the line that failed; `own_holds` lists
 * the buyer's open holds of the event, and `offer` is one of the waitlist that is not for this order.
 */
export function holdRefused(refusal: HoldRefusal, order: RefusedOrder): DomainError {
  const optionsOf = (reason: RefusalReason, field: keyof typeof FIELDS, text: string) =>
    refusalOptions(refusal, { ...order, reason, field, text });
  switch (refusal.reason) {
    case "event_not_on_sale":
      return new DomainError("EVENT_UNKNOWN", "reservation", { fields: { reason: "not_on_sale" } });
    case "type_not_on_sale":
      return new DomainError(
        "TICKET_TYPE_NOT_ON_SALE",
        optionsOf("not_on_sale", "type", "is not on sale"),
      );
    case "type_required":
      return invalidInput("lines", "ticket_type_id is required");
    case "too_few":
      return new DomainError(
        "MIN_QUANTITY",
        refusal.minPerOrder,
        optionsOf("min", "quantity", `must be at least ${refusal.minPerOrder}`),
      );
    case "too_many":
      return new DomainError(
        "TOO_MANY_TICKETS",
        { limitOfType: refusal.maxPerOrder },
        optionsOf("max", "quantity", `must be at most ${refusal.maxPerOrder}`),
      );
    case "too_many_tickets":
      return new DomainError(
        "TOO_MANY_TICKETS",
        { limit: refusal.maxPerBooking, ofEvent: true },
        optionsOf("max", "quantity", "is more than a booking can have"),
      );
    case "buyer_limit":
      return new DomainError(
        "BUYER_LIMIT_REACHED",
        optionsOf("buyer_limit", "quantity", "is more than one buyer can have"),
      );
    case "not_enough_seats":
    case "waitlist": {
      const reason = refusal.reason === "waitlist" ? "waitlist" : "seats";
      const options = optionsOf(reason, "quantity", "is more than is left");
      return new DomainError("NOT_ENOUGH_SEATS", shortText(order), options);
    }
    case "key_reused":
      return new DomainError("IDEMPOTENCY_KEY_REUSED");
  }
}

/** `undefined`: the usual text. */
function shortText({ lines: [line, ...further], offer }: RefusedOrder): string | undefined {
  if (!offer || !line || further.length > 0 || line.quantity <= offer.quantity) return undefined;
  return `Not enough seats available: your offer is for ${offer.quantity}`;
}

const FIELDS = { type: "ticket_type_id", quantity: "quantity" } as const;

/** Details are for requests that named their lines. */
function refusalOptions(
  { ticketTypeId, line }: HoldRefusal,
  { eventId, lines, ownHolds, offer, reason, field, text }: RefusedOrder & {
    reason: RefusalReason;
    field: keyof typeof FIELDS;
    text: string;
  },
): DomainErrorOptions {
  const n = lines.length === 1 ? 0 : line;
  const isNamed = n !== undefined && lines[n]?.ticketTypeId !== undefined;
  const name = `lines[${n}].${FIELDS[field]}`;
  const path = `lines.${n}.${FIELDS[field]}`;
  return {
    ...(isNamed ? { details: [{ path, message: `${name} ${text}` }] } : {}),
    fields: {
      reason,
      ticket_type_id: ticketTypeId ?? lines[n ?? 0]?.ticketTypeId ?? eventId,
      ...(ownHolds.length > 0 ? { own_holds: ownHolds.map(toOwnHold) } : {}),
      ...(offer ? { offer: toOffer(offer) } : {}),
    },
  };
}

function toOwnHold({ bookingId, reference, quantity, expiresAt }: OwnHold) {
  return {
    reservation_id: bookingId,
    booking_reference: reference,
    quantity,
    expires_at: expiresAt.toISOString(),
  };
}

function toOffer({ offerId, ticketTypeId, quantity, expiresAt }: WaitlistOffer) {
  return {
    reservation_id: offerId,
    ticket_type_id: ticketTypeId,
    quantity,
    expires_at: expiresAt.toISOString(),
  };
}

/** A payment of this reservation is under way; the same request gets its outcome later. */
export function paymentInProgress(): DomainError<"PAYMENT_IN_PROGRESS"> {
  return new DomainError("PAYMENT_IN_PROGRESS", { retryAfterS: RETRY_PAYMENT_S });
}

/** The organiser of the event takes no reservations from this user before `until`. */
export function reservationsBlocked(until: Date): DomainError<"RESERVATIONS_BLOCKED"> {
  const text = until.toISOString();
  return new DomainError("RESERVATIONS_BLOCKED", text, { fields: { blocked_until: text } });
}
