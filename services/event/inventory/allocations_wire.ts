import { z } from "@hono/zod-openapi";
import { clampedQuery } from "@evently/shared/http";

/** `POST /internal/events/{id}/seats/lookup`, in the order of the request. */
export const AllocationLookup = z.object({
  results: z.array(z.object({
    allocation_id: z.string(),
    state: z.enum(["held", "sold", "released", "unknown"]),
    /** 0 for one that is unknown. */
    quantity: z.int(),
  })),
}).openapi("AllocationLookup");

/** `GET /internal/allocations/sold`: the page after an event's allocation. */
export const SoldQuery = z.object({
  after_event: z.guid("Invalid after_event format").optional(),
  after_allocation: z.guid("Invalid after_allocation format").optional(),
  limit: clampedQuery("limit", { min: 1, max: 500, default: 500 }),
});

/** Sold allocations, but for the direct ones, which have no booking. `next` is absent on the last page. */
export const SoldAllocations = z.object({
  allocations: z.array(z.object({ event_id: z.string(), allocation_id: z.string() })),
  next: z.object({ after_event: z.string(), after_allocation: z.string() }).optional(),
}).openapi("SoldAllocations");

/** `GET /internal/events/{id}/seats/granted`: the page after a ledger entry; -1 is the first. */
export const GrantedQuery = z.object({
  after: clampedQuery("after", { min: -1, max: Number.MAX_SAFE_INTEGER, default: -1 }),
});

/** Allocations that were ever granted, by ledger entries up to `seq`, whatever has become of them. */
export const GrantedAllocationsPage = z.object({
  allocation_ids: z.array(z.string()),
  seq: z.int(),
  more: z.boolean(),
}).openapi("GrantedAllocations");

export type AllocationLookup = z.infer<typeof AllocationLookup>;
export type GrantedAllocationsPage = z.infer<typeof GrantedAllocationsPage>;
export type SoldAllocations = z.infer<typeof SoldAllocations>;
