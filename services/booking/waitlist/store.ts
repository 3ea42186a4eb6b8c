import type { Booking, NewBooking } from "../orders/booking.ts";
import type { BuyerOfEvent } from "../orders/store.ts";
import type { ClosedReason, WaitlistEntry } from "./entry.ts";

/** Which entry of which event. */
export type EntryKey = Pick<WaitlistEntry, "entryId" | "eventId">;

/** A wish to insert. */
export type NewEntry = Pick<
  WaitlistEntry,
  "entryId" | "eventId" | "userId" | "ticketTypeIds" | "quantity" | "minQuantity"
>;

/** The line of an event. */
export interface WaitlistQueue {
  eventId: string;
  /**
   * Changes with everything that a decision must not miss: an entry that comes back to its place or wants less, a pause.
   * A decision names the version that it was made at.
   */
  version: number;
  pausedAt: Date | undefined;
}

/** An offer that was decided, and is about to be made. */
export interface DecidedOffer {
  entryId: string;
  offerId: string;
  ticketTypeId: string;
  quantity: number;
  expiresAt: Date;
  isLast: boolean;
}

/** Seats that go past an entry to a later one. */
export interface Pass {
  /** Who is passed. */
  entryId: string;
  /** Who gets the seats. */
  byEntryId: string;
  byPlace: number;
  /** Below zero: an earlier pass is taken back, because its offer could not be made. */
  seats: number;
  /** Seats that stay behind for the entry. */
  kept: number;
}

/** A pass, and when it was decided. */
export interface RecordedPass extends Pass {
  passedAt: Date;
}

/** What one round of the worker decides about the line of an event. */
export interface Decision {
  eventId: string;
  /** Of the queue, as it was read before the entries and the supply. */
  version: number;
  now: Date;
  offers: readonly DecidedOffer[];
  passes: readonly Pass[];
  /** Entries for which seats are kept back from now on. */
  gathering: readonly string[];
  /** Entries for which no seats are gathered any longer, as none are left. */
  notGathering: readonly string[];
}

/** A change of what an entry wants; only ever less. */
export interface EntryChange extends BuyerOfEvent {
  quantity: number;
  minQuantity: number;
  now: Date;
}

/** An entry that ended or lost its offer, and the booking of the offer, which ended with it. */
export interface EndedOffer {
  entry: WaitlistEntry;
  booking: Booking | undefined;
}

/** A page of entries, and how many there are. */
export interface EntryPage {
  entries: WaitlistEntry[];
  total: number;
}

/** An idempotency key of a user: the id of the booking that a reservation with it would have. */
export interface BoundKey extends BuyerOfEvent {
  claimId: string;
}

/**
 * The statements of the waitlist in bookings_db, one per method, each atomic. As in `BookingStore`, a change names the
 * status that it leaves, returns `undefined` (or leaves the item out) if another change was first, and writes its facts
 * to the outbox in the same statement. Statements of `BookingStore` that end or confirm the booking of an offer move its
 * entry as well: confirmed -> converted; cancelled with its event -> closed; ended otherwise as `decline` says, where one
 * that lapsed comes back to waiting only from a last offer.
 */
export interface WaitlistStore {
  /**
   * Inserts entries of one event as `joining`, with places in their order, and opens the queue. An active entry of the
   * same user is returned as it is.
   */
  join(input: { entries: readonly NewEntry[]; now: Date }): Promise<WaitlistEntry[]>;
  /** joining -> waiting, with the fact `waitlist.joined`. Returns those that changed. */
  admit(
    input: { eventId: string; entryIds: readonly string[]; now: Date },
  ): Promise<WaitlistEntry[]>;
  /** Deletes joining entries, because seats are free to everybody. */
  turnAway(input: { eventId: string; entryIds: readonly string[] }): Promise<void>;

  /** Finds the active entry of each user for an event, or else the latest one. */
  findEach(wanted: readonly BuyerOfEvent[]): Promise<(WaitlistEntry | undefined)[]>;
  /** Finds the booking of the offer that each of these keys is bound to, by {@link WaitlistStore.claim}. */
  findEachClaimed(wanted: readonly BoundKey[]): Promise<(Booking | undefined)[]>;
  /** Finds the booking of the open offer of a user, confirming or not, that has not ended by `now`. */
  findOffered(
    input: BuyerOfEvent & { now: Date },
  ): Promise<{ entry: WaitlistEntry; booking: Booking } | undefined>;
  /** Lists active entries of an event by place, for its organiser. */
  list(input: { eventId: string; page: number; limit: number }): Promise<EntryPage>;
  /** Lists passes of entries, latest first. */
  listPasses(
    input: { eventId: string; entryIds: readonly string[]; limit: number },
  ): Promise<RecordedPass[]>;
  /** Counts waiting entries (joining and offering ones too) that want a ticket type: those before a place, and all. */
  count(input: { eventId: string; ticketTypeId: string; place: number }): Promise<
    { before: number; total: number }
  >;
  /** Counts entries in line for an event: those of {@link WaitlistStore.count}, of any ticket type. */
  countInLine(eventId: string): Promise<number>;
  /** The places of entries in line by ticket type, a page by place, to rebuild the sorted sets. */
  listPlaces(input: { eventId: string; after: number; limit: number }): Promise<
    Pick<WaitlistEntry, "entryId" | "place" | "ticketTypeIds">[]
  >;
  /** Lists waiting entries for which seats are gathered, by place. */
  listGathering(
    input: { eventId: string; after: number; limit: number },
  ): Promise<WaitlistEntry[]>;
  /** Counts entries that were offered seats since a time; offers that were taken back do not count. */
  countOffers(input: { eventId: string; since: Date }): Promise<number>;

  /** Changes a joining or waiting entry to want less; moves the version. */
  change(input: EntryChange): Promise<WaitlistEntry | undefined>;
  /**
   * joining, waiting, offering, offered -> left; with an open offer its booking is cancelled and its seats are released.
   * A booking that is being confirmed stays, and so does its entry; with `sparesPayments` also one whose payment waits for
   * its buyer or its provider.
   */
  leave(
    input: BuyerOfEvent & { now: Date; sparesPayments?: boolean },
  ): Promise<EndedOffer | undefined>;
  /**
   * Ends an open offer, cancels its booking and releases its seats. A full offer ends the entry (`expired`). A partial
   * one brings it back to waiting at its place, wanting all of its quantity; a last one too, standing back for
   * `standBackMs`. Moves the version where the entry comes back.
   */
  decline(input: BuyerOfEvent & { now: Date }): Promise<EndedOffer | undefined>;

  /** Finds the queue of an event. */
  findQueue(eventId: string): Promise<WaitlistQueue | undefined>;
  /** Lists the events with active entries, by id. */
  listOpenQueues(input: { after: string | undefined; limit: number }): Promise<string[]>;
  /** Lists joining entries since before a time, and all offering ones, by place. */
  listUnfinished(
    input: { eventId: string; joiningBefore: Date; limit: number },
  ): Promise<WaitlistEntry[]>;
  /** Lists waiting entries that want one of these types, by place. */
  listWaiting(
    input: { eventId: string; ticketTypeIds: readonly string[]; after: number; limit: number },
  ): Promise<WaitlistEntry[]>;
  /**
   * waiting -> offering for each offer, with its passes, if the queue is not paused, has this version and every entry is
   * still waiting; moves the version. Returns whether it did: otherwise nothing changed.
   */
  decide(decision: Decision): Promise<boolean>;
  /** offering -> offered, inserts the pending bookings, and writes `waitlist.offered`. Returns the bookings of those that changed. */
  makeOffers(
    input: { offers: readonly { entry: WaitlistEntry; booking: NewBooking }[]; now: Date },
  ): Promise<Booking[]>;
  /** offering -> waiting, as the seats could not be held; takes the passes of this offer back. Moves the version. */
  takeBack(
    input: { eventId: string; offers: readonly { entryId: string; offerId: string }[]; now: Date },
  ): Promise<void>;
  /**
   * joining, waiting -> closed for these entries, or for those that want nothing but these ticket types, or for all of
   * the event. Returns how many; bounded by `limit`.
   */
  close(
    input: {
      eventId: string;
      entryIds?: readonly string[];
      wantingOnly?: readonly string[];
      reason: ClosedReason;
      limit: number;
      now: Date;
    },
  ): Promise<number>;
  /** Whether an entry of the event wants this type that is in line, or that its open offer may bring back to the line. */
  hasWaiting(input: { eventId: string; ticketTypeId: string }): Promise<boolean>;
  /** Closes the queue if no entry is active, and none joined since `joinedBefore`. Returns whether it is closed. */
  closeQueue(input: { eventId: string; joinedBefore: Date }): Promise<boolean>;
  /** Pauses or resumes offers of an event; moves the version. `undefined`: nobody ever waited; pausing makes a queue. */
  setPaused(input: { eventId: string; isPaused: boolean; now: Date }): Promise<WaitlistQueue>;

  /**
   * Binds an idempotency key (`claimId`, the booking id that it would have had) to the open offer of a user, and lowers
   * the offer to `quantity` tickets of its type: booking, entry and a `seats.release` that keeps so many, in one
   * statement. `undefined` if the offer is not open or is smaller.
   */
  claim(
    input: BuyerOfEvent & { claimId: string; quantity: number; now: Date },
  ): Promise<Booking | undefined>;
  /** Lists events with active entries, or with keys bound since a time; at most `limit`. */
  listEventsWithLines(input: { since: Date; limit: number }): Promise<string[]>;
  /** Lists the users of these: with an open offer of the event, or with a key bound since a time; at most `limit`. */
  listClaimants(input: { eventId: string; since: Date; limit: number }): Promise<string[]>;
}
