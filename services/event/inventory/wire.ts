import { z } from "@hono/zod-openapi";
import { MAX_INT32, requiredId } from "@evently/shared/http";
import { instant } from "../events/fields.ts";
import { RefundPolicy } from "../catalogue/summary.ts";

/** The most allocations of one batch, and so of one transaction. */
export const MAX_SEAT_BATCH = 512;

const TOO_MANY = `There must be at most ${MAX_SEAT_BATCH} allocations in all`;
const AllocationIds = z.array(requiredId("allocation_id")).min(1).max(MAX_SEAT_BATCH);
const eventId = requiredId("event_id");

/** Seats of one event to hold, in this order, each allocation whole or not at all. */
export const HoldBatch = z.object({
  event_id: eventId,
  items: z.array(z.object({
    allocation_id: requiredId("allocation_id"),
    quantity: z.int().min(1).max(MAX_INT32),
    expires_at: instant("expires_at"),
  })).min(1).max(MAX_SEAT_BATCH),
});

/** Batches of one event or several, for one transaction. */
export const HoldRequest = z.object({
  source: z.enum(["public", "waitlist"]).default("public"),
  /** Hold again what was released or has expired: only for allocations that have no booking. */
  revive: z.boolean().default(false),
  batches: z.array(HoldBatch).min(1).refine(
    (batches) => sizeOf(batches.map(({ items }) => items)) <= MAX_SEAT_BATCH,
    TOO_MANY,
  ),
}).openapi("HoldRequest");

/** One allocation's answer, in the order of the request. */
export const HoldResult = z.discriminatedUnion("outcome", [
  /** The seats are held now. */
  z.object({ allocation_id: z.string(), outcome: z.literal("held") }),
  /** The allocation was there before, as it is described; nothing was taken. */
  z.object({
    allocation_id: z.string(),
    outcome: z.literal("existing"),
    quantity: z.int(),
    state: z.enum(["held", "sold", "released"]),
    unit_price_minor: z.int(),
    expires_at: z.string().nullable(),
  }),
  /** Not on sale, more than one booking may have, too few seats, or the waitlist is open: see the event. */
  z.object({ allocation_id: z.string(), outcome: z.literal("refused") }),
]);

export const HoldResponse = z.object({
  event: z.object({
    /** Published, and not begun. False also for an event that is unknown. */
    on_sale: z.boolean(),
    unit_price_minor: z.int().nullable(),
    currency: z.string().nullable(),
    max_tickets_per_booking: z.int().nullable(),
    /** What a booking is sold with, and keeps. A policy of null is the platform's default. */
    start_datetime: z.string().nullable(),
    refund_policy: RefundPolicy.nullable(),
    waitlist_open: z.boolean(),
  }),
  /** After this batch. */
  available_seats: z.int(),
  /** The event's change number that this batch had, or for a batch that held nothing, saw. */
  seq: z.int(),
  results: z.array(HoldResult),
}).openapi("HoldResponse");

/** What a hold of several events answers: one answer a batch, in the order of the request. */
export const HoldResponses = z.object({ batches: z.array(HoldResponse) })
  .openapi("HoldResponses");

export const AllocationsRequest = z.object({ allocation_ids: AllocationIds })
  .openapi("AllocationsRequest");

/** Allocations of one event or several, for one transaction. */
export const AllocationBatches = z.object({
  batches: z.array(z.object({ event_id: eventId, allocation_ids: AllocationIds })).min(1).refine(
    (batches) => sizeOf(batches.map(({ allocation_ids }) => allocation_ids)) <= MAX_SEAT_BATCH,
    TOO_MANY,
  ),
}).openapi("AllocationBatches");

export const CommitResponse = z.object({
  available_seats: z.int(),
  seq: z.int(),
  results: z.array(z.object({
    allocation_id: z.string(),
    /** `refused`: it expired, was released, is unknown, or the event was cancelled or has ended. */
    outcome: z.enum(["committed", "refused"]),
  })),
}).openapi("CommitResponse");

export const CommitResponses = z.object({ batches: z.array(CommitResponse) })
  .openapi("CommitResponses");

export const ReleaseResponse = z.object({
  available_seats: z.int(),
  seq: z.int(),
  results: z.array(z.object({
    allocation_id: z.string(),
    /** `unchanged`: it was released before, or is unknown. */
    outcome: z.enum(["released", "unchanged"]),
  })),
}).openapi("ReleaseResponse");

export const ReleaseResponses = z.object({ batches: z.array(ReleaseResponse) })
  .openapi("ReleaseResponses");

export const ExtendRequest = z.object({
  items: z.array(z.object({
    allocation_id: requiredId("allocation_id"),
    expires_at: instant("expires_at"),
  })).min(1).max(MAX_SEAT_BATCH),
}).openapi("ExtendRequest");

export const ExtendResponse = z.object({
  /** The event's change number that it saw: an extension moves no seats. */
  seq: z.int(),
  results: z.array(z.object({
    allocation_id: z.string(),
    /** `refused`: it expired, was sold or released, or is unknown. */
    outcome: z.enum(["extended", "refused"]),
  })),
}).openapi("ExtendResponse");

export const WaitlistRequest = z.object({ open: z.boolean() }).openapi("WaitlistRequest");

export const WaitlistResponse = z.object({
  available_seats: z.int(),
  set_aside: z.int(),
  seq: z.int(),
}).openapi("WaitlistResponse");

export type HoldBatch = z.infer<typeof HoldBatch>;
export type AllocationBatch = z.infer<typeof AllocationBatches>["batches"][number];
export type HoldRequest = z.infer<typeof HoldRequest>;
export type HoldResponse = z.infer<typeof HoldResponse>;
export type HoldResult = z.infer<typeof HoldResult>;
export type CommitResponse = z.infer<typeof CommitResponse>;
export type ReleaseResponse = z.infer<typeof ReleaseResponse>;
export type ExtendRequest = z.infer<typeof ExtendRequest>;
export type ExtendResponse = z.infer<typeof ExtendResponse>;
export type WaitlistResponse = z.infer<typeof WaitlistResponse>;

function sizeOf(batches: readonly (readonly unknown[])[]): number {
  return batches.reduce((sum, { length }) => sum + length, 0);
}
