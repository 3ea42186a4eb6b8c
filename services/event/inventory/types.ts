import type { RefundPolicy } from "../events/refund_policy.ts";

/** The most allocations of one request, and so of one transaction. */
export const MAX_SEAT_BATCH = 512;

/** Seats to hold for one allocation, until `expires_at`. */
export interface HoldItem {
  allocationId: string;
  quantity: number;
  expiresAt: Date;
}

/** Seats of one event to hold, in this order, each allocation whole or not at all. */
export interface HoldBatch {
  eventId: string;
  items: readonly HoldItem[];
}

/** Batches of one event or several, for one transaction. */
export interface HoldRequest {
  batches: readonly HoldBatch[];
  /** Whose seats to take: those on public sale, or those set aside for the waitlist. */
  source: "public" | "waitlist";
  /** Hold released and expired allocations again; only for allocations without a booking. */
  revive: boolean;
}

/** The result for one allocation. */
export type HoldResult =
  /** The seats are held now. */
  | { allocationId: string; outcome: "held" }
  /** The allocation existed before, as described; nothing was taken. */
  | ({ outcome: "existing" } & ExistingAllocation)
  /** Not on sale, too many for one booking, too few seats, or the waitlist is open: see the event. */
  | { allocationId: string; outcome: "refused" };

export interface ExistingAllocation {
  allocationId: string;
  quantity: number;
  state: "held" | "sold" | "released";
  unitPriceMinor: number;
  /** `null` for seats that were taken without a hold. */
  expiresAt: Date | null;
}

/** The terms an event sells its seats on at the time of a hold. */
export interface HoldTerms {
  /** Published, and not begun. */
  isOnSale: boolean;
  unitPriceMinor: number;
  currency: string;
  maxTicketsPerBooking: number;
  startsAt: Date;
  /** `null` for the platform's default. */
  refundPolicy: RefundPolicy | null;
  isWaitlistOpen: boolean;
}

/** The results of one batch, in the order of its items. */
export interface HoldBatchResult {
  /** `undefined` if the event does not exist; then every item is refused. */
  event: HoldTerms | undefined;
  /** After this batch. */
  availableSeats: number;
  /** The event's change number of this batch, or the current one if the batch held nothing. */
  seq: number;
  results: HoldResult[];
}

/** Allocations of one event. */
export interface AllocationBatch {
  eventId: string;
  allocationIds: readonly string[];
}

export interface CommitBatchResult {
  availableSeats: number;
  seq: number;
  /** `refused`: it expired, was released, is unknown, or the event was cancelled or has ended. */
  results: { allocationId: string; outcome: "committed" | "refused" }[];
}

export interface ReleaseBatchResult {
  availableSeats: number;
  seq: number;
  /** `unchanged`: it was released before, or is unknown. */
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

export interface WaitlistResult {
  availableSeats: number;
  setAside: number;
  seq: number;
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

/** What a sale does to seats. The internal routes offer it, and services in this process call it directly. */
export interface SeatOperations {
  hold(request: HoldRequest): Promise<HoldBatchResult[]>;
  commit(batches: readonly AllocationBatch[]): Promise<CommitBatchResult[]>;
  release(batches: readonly AllocationBatch[]): Promise<ReleaseBatchResult[]>;
}
