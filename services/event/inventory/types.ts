import type { RefundPolicy } from "../events/refund_policy.ts";

/** The most allocations of one request, and so of one transaction. */
export const MAX_SEAT_BATCH = 512;

/** A line of an order to hold for one allocation, until `expiresAt`. */
export interface HoldItem {
  allocationId: string;
  /** Of tickets of the type. */
  quantity: number;
  expiresAt: Date;
  /** Absent: the event's default type. */
  ticketTypeId?: string | undefined;
  /** For whom, where the event limits what one buyer can have. */
  buyerId?: string | undefined;
  /** The price at which it is sold, instead of today's; for a hold that revives. */
  unitPriceMinor?: number | undefined;
  /**
   * Numbers the order that it is a line of. The lines of one order follow each other and are held whole or not at all.
   * Absent in all items of a batch if each is an order of its own.
   */
  order?: number | undefined;
}

/** Orders of one event to hold, in this order, each whole or not at all. */
export interface HoldBatch {
  eventId: string;
  items: readonly HoldItem[];
}

/** Batches of one event or several, for one transaction. */
export interface HoldRequest {
  batches: readonly HoldBatch[];
  /**
   * Whose seats to take: those on public sale, or those set aside for the waitlist. Orders of the waitlist are served in
   * their order: after the first for which there are too few seats, all later ones of its batch are refused.
   */
  source: "public" | "waitlist";
  /** Hold released and expired allocations again; only for allocations without a booking, or of one that is paid. */
  revive: boolean;
}

/** The result for one allocation. */
export type HoldResult =
  /** The seats are held now. */
  | { allocationId: string; outcome: "held" }
  /** The allocation existed before, as described; nothing was taken. */
  | ({ outcome: "existing" } & ExistingAllocation)
  /**
   * Not on sale, too many for one booking, or too few seats: see the event. Where the event has more than its default
   * type, or limits, and for the waitlist's orders, `refusal` says why.
   */
  | { allocationId: string; outcome: "refused"; refusal?: Refusal };

/** Why an order was refused, and the ticket type of the line that it failed at. */
export interface Refusal {
  reason: RefusalReason;
  ticketTypeId: string | undefined;
}

/**
 * not_on_sale: the type is unknown, not active or outside its window, or the event is not on sale. type_required: the
 * default type is archived and there is a choice. min, max: its bounds of an order, or the event's of a booking.
 * waitlist: too few seats, of a type whose waitlist is open. seats: too few of any other. key_reused: some lines of the order exist, others do not.
 */
export const REFUSAL_REASONS = [
  "not_on_sale",
  "type_required",
  "min",
  "max",
  "waitlist",
  "buyer_limit",
  "seats",
  "key_reused",
] as const;
export type RefusalReason = typeof REFUSAL_REASONS[number];

export interface ExistingAllocation {
  allocationId: string;
  quantity: number;
  /** Tickets that one of it gives, as it was held. */
  gives: number;
  /** Absent: the event's default type. */
  ticketTypeId?: string;
  state: "held" | "sold" | "released";
  unitPriceMinor: number;
  /** `null` for seats that were taken without a hold. */
  expiresAt: Date | null;
}

/** The terms an event sells its seats on at the time of a hold. */
export interface HoldTerms {
  /** Published, and not begun. */
  isOnSale: boolean;
  /** Of the default type. */
  unitPriceMinor: number;
  /** Of the default type. */
  ticketName: string;
  currency: string;
  maxTicketsPerBooking: number;
  startsAt: Date;
  /** `null` for the platform's default. */
  refundPolicy: RefundPolicy | null;
  /** Of some ticket type of the event. */
  isWaitlistOpen: boolean;
  /** The types that the batch named or meant, by id; absent where the event sells its default type only. */
  types?: Readonly<Record<string, TypeTerms>>;
}

/** The terms of a ticket type at the time of a hold. */
export interface TypeTerms {
  name: string;
  unitPriceMinor: number;
  /** Tickets that one of it gives, which is how many seats of the house it takes. */
  gives: number;
  /** Whether a line that names no type means it. */
  isDefault: boolean;
  minPerOrder: number;
  /** Its own, or else that of a booking of the event. */
  maxPerOrder: number;
  /** How many of it are left after the batch. */
  available: number;
}

export { DEFAULT_TICKET_NAME } from "@evently/shared/ticket_name";

/** The results of one batch, in the order of its items. */
export interface HoldBatchResult {
  /** `undefined` if the event does not exist; then every item is refused. */
  event: HoldTerms | undefined;
  /** After this batch. */
  availableSeats: number;
  /** Of the house, for the waitlist; after this batch. */
  setAside: number;
  /** The event's change number of this batch, or the current one if the batch held nothing. */
  seq: number;
  results: HoldResult[];
}

/** Allocations of one event to release. */
export interface AllocationBatch {
  eventId: string;
  allocationIds: readonly string[];
  /**
   * How many tickets of each allocation stay held or sold; absent: none. An allocation that has no more than that stays
   * as it is, so repeats in any order end at the smallest number.
   */
  keep?: readonly number[] | undefined;
}

/** Orders of one event to sell. */
export interface CommitBatch {
  eventId: string;
  allocationIds: readonly string[];
  /** Numbers the order of each allocation; each order is sold whole or not at all. Absent: each is an order of its own. */
  orders?: readonly number[] | undefined;
}

export interface CommitBatchResult {
  availableSeats: number;
  seq: number;
  /** `refused`: it expired, was released, is unknown, or the event was cancelled or has ended. */
  results: { allocationId: string; outcome: "committed" | "refused" }[];
}

export interface ReleaseBatchResult {
  availableSeats: number;
  /** Of the house, for the waitlist. */
  setAside: number;
  seq: number;
  /** `unchanged`: it was released before, has no more than is kept of it, or is unknown. */
  results: { allocationId: string; outcome: "released" | "unchanged" }[];
}

/** A hold to extend, and its new end. */
export interface ExtendItem {
  allocationId: string;
  expiresAt: Date;
}

export interface ExtendResult {
  /** The event's current change number; an extension moves no seats. */
  seq: number;
  /** `refused`: it expired, was sold or released, or is unknown. */
  results: { allocationId: string; outcome: "extended" | "refused" }[];
}

/** The most wishes of one request to wait. */
export const MAX_WISHES = 512;
/** The most ticket types of one wish. */
export const MAX_TYPES_OF_WISH = 10;
/** The most events of one question for supply. */
export const MAX_SUPPLY_EVENTS = 100;

/** What somebody who joins a waitlist would take. */
export interface WaitlistWish {
  ticketTypeIds: readonly string[];
  /** Of tickets of one of the types. */
  minQuantity: number;
}

/** Wishes for tickets of one event, in the order in which they came. */
export interface OpenWaitlistRequest {
  eventId: string;
  wanted: readonly WaitlistWish[];
}

/**
 * What became of a wish. no_such_type: a type is unknown or archived. not_on_sale: none of its types is sold now.
 * too_many: no order of any of them can have so many. available: the public can have so many of one of them. waits: the
 * lists of all its types are open.
 */
export const WISH_RESULTS = [
  "waits",
  "available",
  "no_such_type",
  "not_on_sale",
  "too_many",
] as const;
export type WishResult = typeof WISH_RESULTS[number];

/** `not_on_sale`: the event is not published, or has begun. */
export type OpenWaitlistResult =
  | { outcome: "unknown_event" | "not_on_sale" }
  | ({ outcome: "opened"; results: WishResult[] } & SeatsAside);

/** Seats of the house after an operation. */
export interface SeatsAside {
  availableSeats: number;
  setAside: number;
  seq: number;
}

/** Lists of ticket types to close, unless somebody began to wait since they were of these generations. */
export interface CloseWaitlistRequest {
  eventId: string;
  types: readonly ListedType[];
}

/** The waitlist of a ticket type, as it was seen. */
export interface ListedType {
  ticketTypeId: string;
  generation: number;
}

/** `closed`: the types whose lists are closed now. An unknown event has none, and no seats. */
export interface CloseWaitlistResult extends SeatsAside {
  closed: string[];
}

/** What of an event can be offered to those who wait, at one moment. */
export interface WaitlistSupply {
  eventId: string;
  /** Published, and not begun. */
  isOnSale: boolean;
  startsAt: Date;
  /** Seats by the number of their pool. */
  setAside: Readonly<Record<number, number>>;
  /** In the order in which they are shown, archived ones, too. */
  types: readonly SuppliedType[];
  /** The event's change number. */
  seq: number;
}

/** A ticket type, for those who wait for it. */
export interface SuppliedType {
  ticketTypeId: string;
  /** The pools that one ticket takes seats of, ascending; the first is the house. */
  pools: readonly number[];
  /** Seats that one ticket takes of each of `pools`. */
  units: readonly number[];
  /** Rises whenever somebody begins to wait for it. */
  generation: number;
  /** Whether its waitlist is open. */
  isOpen: boolean;
  status: "active" | "paused" | "archived";
  salesStart?: Date;
  salesEnd?: Date;
  minPerOrder: number;
  /** The most tickets of it that one order can have; less than `minPerOrder` if nobody can order it. */
  largestOrder: number;
}

/** The current state of an allocation; an unknown one has no seats. */
export interface AllocationState {
  allocationId: string;
  state: "held" | "sold" | "released" | "unknown";
  quantity: number;
}

export interface SoldAllocation {
  eventId: string;
  allocationId: string;
}

/** Sold allocations of bookings; `next` is the last one examined, absent on the last page. */
export interface SoldPage {
  allocations: SoldAllocation[];
  next?: SoldAllocation;
}

/** What sales and waitlists do to seats. The internal routes offer it, and services in this process call it directly. */
export interface SeatOperations {
  hold(request: HoldRequest): Promise<HoldBatchResult[]>;
  commit(batches: readonly CommitBatch[]): Promise<CommitBatchResult[]>;
  release(batches: readonly AllocationBatch[]): Promise<ReleaseBatchResult[]>;
  /**
   * Lets people wait for ticket types: from then on, free seats that these could use are set aside. A wish that can be
   * met at once is told so, and opens nothing.
   */
  openWaitlist(request: OpenWaitlistRequest): Promise<OpenWaitlistResult>;
  /** Closes lists that nobody has begun to wait for since; what was set aside for them alone goes back to the public. */
  closeWaitlist(request: CloseWaitlistRequest): Promise<CloseWaitlistResult>;
  /** What can be offered of events, at most {@link MAX_SUPPLY_EVENTS}; unknown ones are left out. */
  waitlistSupply(eventIds: readonly string[]): Promise<WaitlistSupply[]>;
}
