/** The wire shapes of the seat routes, and their mapping to and from the engine's types. */
import { z } from "@hono/zod-openapi";
import { clampedQuery, MAX_INT32, requiredId } from "@evently/shared/http";
import { instant } from "../events/fields.ts";
import { RefundPolicy } from "../events/wire.ts";
import type { Availability } from "./adjust_availability.ts";
import {
  type AllocationBatch,
  type AllocationState,
  type CloseWaitlistRequest,
  type CloseWaitlistResult,
  type CommitBatch,
  type CommitBatchResult,
  type ExtendItem,
  type ExtendResult,
  type HoldBatchResult,
  type HoldRequest,
  type HoldResult,
  type HoldTerms,
  MAX_SEAT_BATCH,
  MAX_SUPPLY_EVENTS,
  MAX_TYPES_OF_WISH,
  MAX_WISHES,
  type OpenWaitlistRequest,
  type OpenWaitlistResult,
  REFUSAL_REASONS,
  type ReleaseBatchResult,
  type SoldAllocation,
  type SoldPage,
  type WaitlistSupply,
  WISH_RESULTS,
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
      // with `revive`: the price at which it is sold, instead of today's
      unit_price_minor: z.int().min(0).max(MAX_INT32).optional(),
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
    set_aside: z.int(),
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

/** Allocations of one event or several, for one transaction. `keep` has the tickets of each that stay; default is none. */
export const AllocationBatchesBody = z.object({
  batches: z.array(
    z.object({
      event_id: EventId,
      allocation_ids: AllocationIds,
      keep: z.array(z.int().min(0).max(MAX_INT32)).max(MAX_SEAT_BATCH).optional(),
    }).refine(
      ({ allocation_ids, keep }) => !keep || keep.length === allocation_ids.length,
      { path: ["keep"], message: "keep must have a number for each of allocation_ids" },
    ),
  ).min(1)
    .refine((batches) => areFew(batches.map(({ allocation_ids }) => allocation_ids)), TOO_MANY),
}).openapi("AllocationBatches");

export const CommitResponse = z.object({ batches: z.array(batchOf(Committed)) })
  .openapi("CommitResponse");
export const ReleaseResponse = z.object({
  batches: z.array(batchOf(Released).extend({ set_aside: z.int() })),
}).openapi("ReleaseResponse");

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

const SeatsAside = z.object({
  available_seats: z.int(),
  set_aside: z.int(),
  seq: z.int(),
});

/** What people who join the waitlist of an event want, in their order. */
export const OpenWaitlistBody = z.object({
  wanted: z.array(z.object({
    ticket_type_ids: z.array(requiredId("ticket_type_id")).min(1).max(MAX_TYPES_OF_WISH),
    min_quantity: z.int().min(1).max(MAX_INT32),
  })).min(1).max(MAX_WISHES),
}).openapi("OpenWaitlistRequest");

/** `results` are in the order of the request. */
export const OpenWaitlistResponse = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("unknown_event") }),
  z.object({ outcome: z.literal("not_on_sale") }),
  SeatsAside.extend({
    outcome: z.literal("opened"),
    results: z.array(z.enum(WISH_RESULTS)),
  }),
]).openapi("OpenWaitlistResponse");

/** Lists of ticket types to close, if they are of these generations. */
export const CloseWaitlistBody = z.object({
  types: z.array(z.object({
    ticket_type_id: requiredId("ticket_type_id"),
    generation: z.int().min(0).max(MAX_INT32),
  })).min(1).max(MAX_SEAT_BATCH),
}).openapi("CloseWaitlistRequest");

export const CloseWaitlistResponse = SeatsAside.extend({ closed: z.array(z.string()) })
  .openapi("CloseWaitlistResponse");

export const WaitlistSupplyBody = z.object({
  event_ids: z.array(EventId).min(1).max(MAX_SUPPLY_EVENTS),
}).openapi("WaitlistSupplyRequest");

/** Unknown events are left out. `set_aside` has the seats by the number of their pool. */
export const WaitlistSupplyResponse = z.object({
  events: z.array(z.object({
    event_id: z.string(),
    on_sale: z.boolean(),
    start_datetime: z.string(),
    set_aside: z.record(z.string(), z.int()),
    types: z.array(z.object({
      ticket_type_id: z.string(),
      pools: z.array(z.int()),
      units: z.array(z.int()),
      generation: z.int(),
      open: z.boolean(),
      status: z.enum(["active", "paused", "archived"]),
      sales_start: z.string().optional(),
      sales_end: z.string().optional(),
      min_per_order: z.int(),
      largest_order: z.int(),
    })),
    seq: z.int(),
  })),
}).openapi("WaitlistSupply");

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
export type OpenWaitlistResponse = z.infer<typeof OpenWaitlistResponse>;
export type CloseWaitlistResponse = z.infer<typeof CloseWaitlistResponse>;
export type WaitlistSupplyResponse = z.infer<typeof WaitlistSupplyResponse>;
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
        unitPriceMinor: item.unit_price_minor,
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
  return batches.map(({ event_id, allocation_ids, keep }) => ({
    eventId: event_id,
    allocationIds: allocation_ids,
    keep,
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
  const { event, availableSeats, setAside, seq, results } = batch;
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
    set_aside: setAside,
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

export function toReleaseBatch(batch: ReleaseBatchResult): ReleaseResponse["batches"][number] {
  return { ...toBatch(batch), set_aside: batch.setAside };
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

export function fromOpenWaitlistBody(
  eventId: string,
  { wanted }: z.infer<typeof OpenWaitlistBody>,
): OpenWaitlistRequest {
  return {
    eventId,
    wanted: wanted.map(({ ticket_type_ids, min_quantity }) => ({
      ticketTypeIds: ticket_type_ids,
      minQuantity: min_quantity,
    })),
  };
}

export function toOpenWaitlistResponse(result: OpenWaitlistResult): OpenWaitlistResponse {
  if (result.outcome !== "opened") return { outcome: result.outcome };
  const { outcome, results, availableSeats, setAside, seq } = result;
  return { outcome, results, available_seats: availableSeats, set_aside: setAside, seq };
}

export function fromCloseWaitlistBody(
  eventId: string,
  { types }: z.infer<typeof CloseWaitlistBody>,
): CloseWaitlistRequest {
  return {
    eventId,
    types: types.map(({ ticket_type_id, generation }) => ({
      ticketTypeId: ticket_type_id,
      generation,
    })),
  };
}

export function toCloseWaitlistResponse(
  { closed, availableSeats, setAside, seq }: CloseWaitlistResult,
): CloseWaitlistResponse {
  return { closed, available_seats: availableSeats, set_aside: setAside, seq };
}

export function toWaitlistSupplyResponse(
  events: readonly WaitlistSupply[],
): WaitlistSupplyResponse {
  return {
    events: events.map(({ eventId, isOnSale, startsAt, setAside, types, seq }) => ({
      event_id: eventId,
      on_sale: isOnSale,
      start_datetime: startsAt.toISOString(),
      set_aside: { ...setAside },
      types: types.map((type) => ({
        ticket_type_id: type.ticketTypeId,
        pools: [...type.pools],
        units: [...type.units],
        generation: type.generation,
        open: type.isOpen,
        status: type.status,
        ...(type.salesStart ? { sales_start: type.salesStart.toISOString() } : {}),
        ...(type.salesEnd ? { sales_end: type.salesEnd.toISOString() } : {}),
        min_per_order: type.minPerOrder,
        largest_order: type.largestOrder,
      })),
      seq,
    })),
  };
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
