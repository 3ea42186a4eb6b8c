import type { Booking } from "../orders/booking.ts";
import type { BuyerOfEvent } from "../orders/store.ts";

/** A user whose reservations of an event are refused for a time. */
export interface HoldBlock extends BuyerOfEvent {
  blockedAt: Date;
  blockedUntil: Date;
}

/** Reservations and their tickets. */
export interface HoldCount {
  bookings: number;
  tickets: number;
}

/** What became of the reservations of a time: paid, or ended without payment. */
export interface HoldOutcomes {
  paid: HoldCount;
  lapsed: HoldCount;
}

/** A user's reservations of an event that are not paid, and what became of the others. */
export interface HoldingAccount {
  userId: string;
  held: HoldCount;
  lastHour: HoldOutcomes;
  lastDay: HoldOutcomes;
}

/** The reservations of an event, offers of the waitlist aside. */
export interface UnpaidHolds {
  /** Open and not being paid. */
  held: HoldCount & { accounts: number };
  paying: HoldCount;
  lastHour: HoldOutcomes;
  lastDay: HoldOutcomes;
  /** Those who hold and let lapse the most tickets, of the last hour first. */
  accounts: HoldingAccount[];
}

/** The statements about unpaid holds of an event, and about users who may not make any. */
export interface UnpaidHoldStore {
  /** Counts the latest reservations of a day. */
  count(input: { eventId: string; now: Date }): Promise<UnpaidHolds>;
  /**
   * Ends pending bookings of users that nobody is paying, offers of the waitlist aside, and queues the release of their
   * seats.
   */
  release(
    input: { eventId: string; userIds: readonly string[]; now: Date; limit: number },
  ): Promise<Booking[]>;
  /** Blocks a user, or changes until when. `false`: the event has as many as it can have. */
  block(input: HoldBlock & { limit: number }): Promise<boolean>;
  unblock(buyer: BuyerOfEvent): Promise<boolean>;
  /** Lists blocks of an event that have not ended, the latest first. */
  listOfEvent(input: { eventId: string; now: Date; limit: number }): Promise<HoldBlock[]>;
  /** Lists blocks of all events, ended ones too, the latest first. */
  list(input: { limit: number }): Promise<HoldBlock[]>;
  deleteEnded(now: Date): Promise<void>;
}
