/** The wire shapes of the seat routes, and their mapping to and from the engine's types. */
import { z } from "@hono/zod-openapi";
import { clampedQuery, MAX_INT32, requiredId } from "@evently/shared/http";
import { instant } from "../events/fields.ts";
import { RefundPolicy } from "../events/wire.ts";
import type { Availability } from "./adjust_availability.ts";
import {
  type AllocationBatch,
  type AllocationState,
  type CommitBatch,
  type CommitBatchResult,
  type ExtendItem,
  type ExtendResult,
  type HoldBatchResult,
  type HoldRequest,
  type HoldResult,
  type HoldTerms,
  MAX_SEAT_BATCH,
  REFUSAL_REASONS,
  type ReleaseBatchResult,
  type SoldAllocation,
  type SoldPage,
  type WaitlistResult,
} from "./types.ts";

const TOO_MANY = `There must be at most ${MAX_SEAT_BATCH} allocations in all`;
const AllocationIds = z.array(requiredId("allocation_id")).min(1).max(MAX_SEAT_BATCH);
const EventId = requiredId("event_id");
const Committed = z.enum(["committed", "refused"]);
const Released = z.enum(["released", "unchanged"]);
const Extended = z.enum(["extended", "refused"]);

/** Seats to hold, of one event or several, in one transaction. */
export const HoldBody = z.object({
  source: z.enum(["public", "waitlist"]).default("public"),
  revive: z.boolean().default(false),
  batches: z.array(z.object({
    event_id: EventId,
    items: z.array(z.object({
      allocation_id: requiredId("allocation_id"),
      quantity: z.int().min(1).max(MAX_INT32),
      expires_at: instant("expires_at"),
      ticket_type_id: requiredId("ticket_type_id").optional(),
      buyer_id: requiredId("buyer_id").optional(),
      // numbers the order whose line the item is; lines of one order follow each other
      order: z.int().min(0).max(MAX_INT32).optional(),
    })).min(1).max(MAX_SEAT_BATCH),
  })).min(1).refine((batches) => areFew(batches.map(({ items }) => items)), TOO_MANY),
}).openapi("HoldRequest");

/** One allocation's result, in the order of the request. */
const HoldResultBody = z.discriminatedUnion("outcome", [
  z.object({ allocation_id: z.string(), outcome: z.literal("held") }),
  z.object({
    allocation_id: z.string(),
    outcome: z.literal("existing"),
    quantity: z.int(),
    gives: z.int(),
    ticket_type_id: z.string().optional(),
    state: z.enum(["held", "sold", "released"]),
    unit_price_minor: z.int(),
    expires_at: z.string().nullable(),
  }),
  z.object({
    allocation_id: z.string(),
    outcome: z.literal("refused"),
    reason: z.enum(REFUSAL_REASONS).optional(),
    ticket_type_id: z.string().optional(),
  }),
]);

/** One result per batch, in the order of the request. The nulls are those of an unknown event. */
export const HoldResponse = z.object({
  batches: z.array(z.object({
    event: z.object({
      on_sale: z.boolean(),
      unit_price_minor: z.int().nullable(),
      ticket_name: z.string().nullable(),
      currency: z.string().nullable(),
      max_tickets_per_booking: z.int().nullable(),
      start_datetime: z.string().nullable(),
      refund_policy: RefundPolicy.nullable(),
      waitlist_open: z.boolean(),
      types: z.record(
        z.string(),
        z.object({
          name: z.string(),
          unit_price_minor: z.int(),
          gives: z.int(),
          is_default: z.boolean(),
          min_per_order: z.int(),
          max_per_order: z.int(),
          available: z.int(),
        }),
      ).optional(),
    }),
    available_seats: z.int(),
    seq: z.int(),
    results: z.array(HoldResultBody),
  })),
}).openapi("HoldResponse");

/** Orders of one event or several to sell, in one transaction. `orders` numbers the order of each allocation. */
export const CommitBody = z.object({
  batches: z.array(
    z.object({
      event_id: EventId,
      allocation_ids: AllocationIds,
      orders: z.array(z.int().min(0).max(MAX_INT32)).max(MAX_SEAT_BATCH).optional(),
    }).refine(
      ({ allocation_ids, orders }) => !orders || orders.length === allocation_ids.length,
      { path: ["orders"], message: "orders must number each of allocation_ids" },
    ),
  ).min(1)
    .refine((batches) => areFew(batches.map(({ allocation_ids }) => allocation_ids)), TOO_MANY),
}).openapi("CommitRequest");

/** Allocations of one event or several, for one transaction. */
export const AllocationBatchesBody = z.object({
  batches: z.array(z.object({ event_id: EventId, allocation_ids: AllocationIds })).min(1)
    .refine((batches) => areFew(batches.map(({ allocation_ids }) => allocation_ids)), TOO_MANY),
}).openapi("AllocationBatches");

export const CommitResponse = z.object({ batches: z.array(batchOf(Committed)) })
  .openapi("CommitResponse");
export const ReleaseResponse = z.object({ batches: z.array(batchOf(Released)) })
  .openapi("ReleaseResponse");

export const ExtendBody = z.object({
  items: z.array(z.object({
    allocation_id: requiredId("allocation_id"),
    expires_at: instant("expires_at"),
  })).min(1).max(MAX_SEAT_BATCH),
}).openapi("ExtendRequest");

export const ExtendResponse = z.object({
  seq: z.int(),
  results: z.array(z.object({ allocation_id: z.string(), outcome: Extended })),
}).openapi("ExtendResponse");

export const WaitlistBody = z.object({ open: z.boolean() }).openapi("WaitlistRequest");

export const WaitlistResponse = z.object({
  available_seats: z.int(),
  set_aside: z.int(),
  seq: z.int(),
}).openapi("WaitlistResponse");

export const AllocationsBody = z.object({ allocation_ids: AllocationIds })
  .openapi("AllocationsRequest");

const wholeNumber = (field: string) =>
  z.int({
    error: ({ input }) =>
      input === undefined ? `${field} is required` : `${field} must be an integer`,
  });
const Version = wholeNumber("version").min(1, "Version must be positive").max(MAX_INT32);

/** A negative quantity takes seats. */
export const UpdateAvailabilityBody = z.object({
  quantity: wholeNumber("quantity").min(-MAX_INT32).max(MAX_INT32)
    .refine((quantity) => quantity !== 0, "Quantity cannot be zero"),
  version: Version,
}).openapi("UpdateAvailabilityRequest");

export const ReturnSeatsBody = z.object({
  quantity: wholeNumber("quantity").min(1, "Quantity must be positive").max(MAX_INT32),
  version: Version,
}).openapi("ReturnSeatsRequest");

export const AvailabilityChange = z.object({
  event_id: z.string(),
  available_seats: z.int(),
  status: z.enum(["published", "sold_out"]),
  version: z.int(),
}).openapi("AvailabilityChange");

/** In the order of the request. */
export const LookupResponse = z.object({
  results: z.array(z.object({
    allocation_id: z.string(),
    state: z.enum(["held", "sold", "released", "unknown"]),
    quantity: z.int(),
  })),
}).openapi("AllocationLookup");

/** The page after an event's allocation. */
export const SoldQuery = z.object({
  after_event: z.guid("Invalid after_event format").optional(),
  after_allocation: z.guid("Invalid after_allocation format").optional(),
  limit: clampedQuery("limit", { min: 1, max: 500, default: 500 }),
});

/** `next` is absent on the last page. */
export const SoldResponse = z.object({
  allocations: z.array(z.object({ event_id: z.string(), allocation_id: z.string() })),
  next: z.object({ after_event: z.string(), after_allocation: z.string() }).optional(),
}).openapi("SoldAllocations");

export type HoldBody = z.infer<typeof HoldBody>;
export type ExtendBody = z.infer<typeof ExtendBody>;
export type HoldResponse = z.infer<typeof HoldResponse>;
export type CommitResponse = z.infer<typeof CommitResponse>;
export type ReleaseResponse = z.infer<typeof ReleaseResponse>;
export type ExtendResponse = z.infer<typeof ExtendResponse>;
export type WaitlistResponse = z.infer<typeof WaitlistResponse>;
export type LookupResponse = z.infer<typeof LookupResponse>;
export type SoldResponse = z.infer<typeof SoldResponse>;

export function fromHoldBody({ source, revive, batches }: HoldBody): HoldRequest {
  return {
    source,
    revive,
    batches: batches.map(({ event_id, items }) => ({
      eventId: event_id,
      items: items.map((item) => ({
        ...fromExtendItem(item),
        quantity: item.quantity,
        ticketTypeId: item.ticket_type_id,
        buyerId: item.buyer_id,
        order: item.order,
      })),
    })),
  };
}

export function fromCommitBody({ batches }: z.infer<typeof CommitBody>): CommitBatch[] {
  return batches.map(({ event_id, allocation_ids, orders }) => ({
    eventId: event_id,
    allocationIds: allocation_ids,
    orders,
  }));
}

export function fromAllocationBatches(
  { batches }: z.infer<typeof AllocationBatchesBody>,
): AllocationBatch[] {
  return batches.map(({ event_id, allocation_ids }) => ({
    eventId: event_id,
    allocationIds: allocation_ids,
  }));
}

export function fromExtendItem(item: ExtendBody["items"][number]): ExtendItem {
  return { allocationId: item.allocation_id, expiresAt: new Date(item.expires_at) };
}

export function fromSoldQuery(query: z.infer<typeof SoldQuery>): SoldAllocation | undefined {
  const { after_event: eventId, after_allocation: allocationId } = query;
  return eventId && allocationId ? { eventId, allocationId } : undefined;
}

export function toHoldBatch(batch: HoldBatchResult): HoldResponse["batches"][number] {
  const { event, availableSeats, seq, results } = batch;
  return {
    event: {
      on_sale: event?.isOnSale ?? false,
      unit_price_minor: event?.unitPriceMinor ?? null,
      ticket_name: event?.ticketName ?? null,
      currency: event?.currency ?? null,
      max_tickets_per_booking: event?.maxTicketsPerBooking ?? null,
      start_datetime: event?.startsAt.toISOString() ?? null,
      refund_policy: event?.refundPolicy ?? null,
      waitlist_open: event?.isWaitlistOpen ?? false,
      ...(event?.types ? { types: toTypes(event.types) } : {}),
    },
    available_seats: availableSeats,
    seq,
    results: results.map(toHoldResult),
  };
}

function toHoldResult(result: HoldResult): z.infer<typeof HoldResultBody> {
  const { allocationId, outcome } = result;
  if (outcome === "held") return { allocation_id: allocationId, outcome };
  if (outcome === "refused") {
    const { reason, ticketTypeId } = result.refusal ?? {};
    return {
      allocation_id: allocationId,
      outcome,
      ...(reason ? { reason } : {}),
      ...typeIdOf(ticketTypeId),
    };
  }
  const { quantity, gives, ticketTypeId, state, unitPriceMinor, expiresAt } = result;
  return {
    allocation_id: allocationId,
    outcome,
    quantity,
    gives,
    ...typeIdOf(ticketTypeId),
    state,
    unit_price_minor: unitPriceMinor,
    expires_at: expiresAt?.toISOString() ?? null,
  };
}

function typeIdOf(ticketTypeId: string | undefined): { ticket_type_id?: string } {
  return ticketTypeId === undefined ? {} : { ticket_type_id: ticketTypeId };
}

function toTypes(types: NonNullable<HoldTerms["types"]>) {
  return Object.fromEntries(
    Object.entries(types).map(([
      id,
      { unitPriceMinor, isDefault, minPerOrder, maxPerOrder, ...terms },
    ]) => [
      id,
      {
        ...terms,
        unit_price_minor: unitPriceMinor,
        is_default: isDefault,
        min_per_order: minPerOrder,
        max_per_order: maxPerOrder,
      },
    ]),
  );
}

/** Maps the results of a commit and of a release. */
export function toBatch<Batch extends CommitBatchResult | ReleaseBatchResult>(
  { availableSeats, seq, results }: Batch,
) {
  return {
    available_seats: availableSeats,
    seq,
    results: results.map(toOutcome<Batch["results"][number]["outcome"]>),
  };
}

export function toExtendResponse({ seq, results }: ExtendResult): ExtendResponse {
  return { seq, results: results.map(toOutcome) };
}

export function toWaitlistResponse(
  { availableSeats, setAside, seq }: WaitlistResult,
): WaitlistResponse {
  return { available_seats: availableSeats, set_aside: setAside, seq };
}

export function toAvailabilityChange(
  { eventId, availableSeats, status, version }: Availability,
): z.infer<typeof AvailabilityChange> {
  return { event_id: eventId, available_seats: availableSeats, status, version };
}

export function toLookupResponse(allocations: AllocationState[]): LookupResponse {
  return {
    results: allocations.map(({ allocationId, state, quantity }) => ({
      allocation_id: allocationId,
      state,
      quantity,
    })),
  };
}

export function toSoldResponse({ allocations, next }: SoldPage): SoldResponse {
  return {
    allocations: allocations.map(({ eventId, allocationId }) => ({
      event_id: eventId,
      allocation_id: allocationId,
    })),
    ...(next ? { next: { after_event: next.eventId, after_allocation: next.allocationId } } : {}),
  };
}

function toOutcome<Outcome extends string>(
  { allocationId, outcome }: { allocationId: string; outcome: Outcome },
): { allocation_id: string; outcome: Outcome } {
  return { allocation_id: allocationId, outcome };
}

function batchOf<Outcome extends z.ZodType>(outcome: Outcome) {
  return z.object({
    available_seats: z.int(),
    seq: z.int(),
    results: z.array(z.object({ allocation_id: z.string(), outcome })),
  });
}

function areFew(batches: readonly (readonly unknown[])[]): boolean {
  return batches.reduce((sum, { length }) => sum + length, 0) <= MAX_SEAT_BATCH;
}
