import { deriveId } from "@evently/shared/ids";

/**
 * joining: has a place, and asks the inventory whether seats are free. waiting: in line. offering: an offer is decided
 * and its seats are being held. offered: its user can confirm the offer's booking. Final: converted (bought), expired
 * (a full offer was declined or lapsed), left, closed (the event or the ticket types are no longer sold).
 */
export type EntryStatus =
  | "joining"
  | "waiting"
  | "offering"
  | "offered"
  | "converted"
  | "expired"
  | "left"
  | "closed";

/** Whether an entry waits or has an offer; an account has one such entry per event. */
export function isActive({ status }: Pick<WaitlistEntry, "status">): boolean {
  return isInLine({ status }) || status === "offered";
}

/** Whether an entry counts among those in line. */
export function isInLine({ status }: Pick<WaitlistEntry, "status">): boolean {
  return status === "joining" || status === "waiting" || status === "offering";
}

/** Why an entry was closed. */
export type ClosedReason = "event_over" | "starts_soon" | "types_ended" | "buyer_limit";

/** Seats offered to an entry: a pending booking that only its user can confirm. */
export interface WaitlistOffer {
  /** The id of the booking and of its allocation. */
  offerId: string;
  ticketTypeId: string;
  /** Of the ticket type. */
  quantity: number;
  offeredAt: Date;
  expiresAt: Date;
  /** What was gathered until the time for it ended; letting it go costs no place. */
  isLast: boolean;
}

/** The wish of a user for tickets of an event, and its place in line. An account has one active entry per event. */
export interface WaitlistEntry {
  entryId: string;
  eventId: string;
  userId: string;
  /** In order of preference. The event's default type has the event's id. */
  ticketTypeIds: readonly string[];
  /** Of tickets of a type. */
  quantity: number;
  /** Fewer are not wanted; equal to `quantity` unless fewer are welcome. */
  minQuantity: number;
  /** Given once, at joining; lower is earlier. */
  place: number;
  status: EntryStatus;
  joinedAt: Date;
  /** Seats that went past it since its last offer; less than `minQuantity`. */
  passed: number;
  /** Since when seats are kept back until there are enough for it. */
  gatheringSince: Date | undefined;
  /** No seats are kept back for it until then. */
  standsBackUntil: Date | undefined;
  /** How many offers it has had. */
  round: number;
  /** The open offer, or the one being made; the last one for an entry that has ended. */
  offer: WaitlistOffer | undefined;
  closedReason: ClosedReason | undefined;
}

const ENTRY_NAMESPACE = "0b5a3a52-6d6e-4a0e-8d27-6a2f0f0c9d11";

/** The id of an entry's n-th offer, and of its booking: a repeated step finds its own seats and its own booking. */
export function offerIdOf(entryId: string, round: number): string {
  return deriveId(ENTRY_NAMESPACE, entryId, String(round));
}
