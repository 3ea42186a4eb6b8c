/** The wire shapes of ticket types as organisers see them, and their mapping. */
import { z } from "@hono/zod-openapi";
import {
  amount,
  clearableText,
  idParam,
  MAX_INT32,
  optionalText,
  requiredId,
  requiredText,
  wholeNumberQuery,
} from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import { instant, positive } from "../events/fields.ts";
import { withoutNulls } from "../events/values.ts";
import { Version } from "../events/wire.ts";
import type { NewTicketType } from "./create_ticket_type.ts";
import type { TicketTypeUpdate } from "./update_ticket_type.ts";
import type { TicketTypeView } from "./view_ticket_types.ts";

const MAX_NAME_CHARS = 100;
const MAX_DESCRIPTION_CHARS = 2_000;
const MAX_GIVES = 100;
const MAX_UNITS = 100;
/** Besides the house. */
const MAX_POOLS = 7;

const Name = requiredText("name", { max: MAX_NAME_CHARS });
const Price = amount("price");
const Kind = z.enum(["paid", "free"], { error: "kind must be paid or free" });
const Gives = upTo("gives", MAX_GIVES);
const Capacity = positive("capacity");
const Pools = z.array(
  z.object({ pool_id: requiredId("pool_id"), units: upTo("units", MAX_UNITS).optional() }),
).max(MAX_POOLS, `pools must have at most ${MAX_POOLS} items`);
const MinPerOrder = positive("min_per_order");
const MaxPerOrder = positive("max_per_order");
const MaxPerBuyer = positive("max_per_buyer");
const SalesStart = instant("sales_start");
const SalesEnd = instant("sales_end");
const Status = z.enum(["active", "paused", "archived"], {
  error: "status must be active, paused or archived",
});
const Position = z.int("position must be a whole number").min(0, "position must be at least 0")
  .max(MAX_INT32, `position must be at most ${MAX_INT32}`);

/** A whole number from 1 on. */
function upTo(field: string, max: number) {
  return z.int(`${field} must be a whole number`).min(1, `${field} must be at least 1`)
    .max(max, `${field} must be at most ${max}`);
}

export const TicketTypeParams = z.object({
  id: idParam("Invalid event ID"),
  ticket_type_id: idParam("Invalid ticket type ID"),
});

export const CreateTicketTypeRequest = z.object({
  name: Name,
  description: optionalText("description", { max: MAX_DESCRIPTION_CHARS }),
  /** In the event's currency; may be absent where `kind` is `free`. */
  price: Price.optional(),
  /** Default is `free` for a price of 0, else `paid`. */
  kind: Kind.optional(),
  /** Seats of the house that one ticket takes, and people whom it admits. */
  gives: Gives.default(1),
  /** Tickets in a pool of the type's own. */
  capacity: Capacity.nullish(),
  /** Further pools; `units` is how many seats of the pool one ticket takes, by default as many as `gives`. */
  pools: Pools.default([]),
  min_per_order: MinPerOrder.default(1),
  max_per_order: MaxPerOrder.nullish(),
  /** Tickets that one buyer can have of the type, over all bookings. */
  max_per_buyer: MaxPerBuyer.nullish(),
  sales_start: SalesStart.nullish(),
  sales_end: SalesEnd.nullish(),
  status: Status.default("active"),
  /** From 0; default is the last one. */
  position: Position.optional(),
}).superRefine(({ price, kind }, context) => {
  if (price !== undefined || kind === "free") return;
  context.addIssue({ code: "custom", path: ["price"], message: "price is required" });
}).openapi("CreateTicketTypeRequest");

/** Absent fields and stored values stay as they are; null removes an optional value. */
export const UpdateTicketTypeRequest = z.object({
  name: Name.optional(),
  description: clearableText("description", { max: MAX_DESCRIPTION_CHARS }),
  price: Price.optional(),
  kind: Kind.optional(),
  gives: Gives.optional(),
  capacity: Capacity.nullable().optional(),
  pools: Pools.optional(),
  min_per_order: MinPerOrder.optional(),
  max_per_order: MaxPerOrder.nullable().optional(),
  max_per_buyer: MaxPerBuyer.nullable().optional(),
  sales_start: SalesStart.nullable().optional(),
  sales_end: SalesEnd.nullable().optional(),
  status: Status.optional(),
  position: Position.optional(),
  version: Version.nullish(),
}).openapi("UpdateTicketTypeRequest");

export const DeleteTicketTypeQuery = z.object({
  version: wholeNumberQuery("version", { min: 1, tooSmall: "Version must be positive" }).optional(),
});

export const ManagedTicketTypeResponse = z.object({
  /** Of the default type: the event's id. */
  ticket_type_id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  kind: Kind,
  price: z.number(),
  currency: z.string(),
  gives: z.int(),
  /** Tickets that can be bought now; 0 unless `state` is `on_sale`. */
  available: z.int(),
  state: z.enum(["on_sale", "soon", "ended", "sold_out", "waitlist", "paused", "archived"]),
  sales_start: z.string().optional(),
  sales_end: z.string().optional(),
  min_per_order: z.int(),
  max_per_order: z.int().optional(),
  max_per_buyer: z.int().optional(),
  /** Tickets in the type's own pool. */
  capacity: z.int().optional(),
  /** Pools besides the house and the type's own. */
  pools: z.array(z.object({ pool_id: z.string(), units: z.int() })),
  /** Tickets held, not seats. */
  held: z.int(),
  /** Tickets sold, not seats. */
  sold: z.int(),
  status: Status,
  position: z.int(),
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
}).openapi("ManagedTicketType");

export const ManagedTicketTypeListResponse = z.object({
  ticket_types: z.array(ManagedTicketTypeResponse),
}).openapi("ManagedTicketTypeList");

export const RemovedTicketTypeResponse = z.object({
  message: z.string(),
  /** `false`: the type is gone, as none of it was ever held. */
  archived: z.boolean(),
}).openapi("RemovedTicketType");

export type ManagedTicketTypeResponse = z.infer<typeof ManagedTicketTypeResponse>;
type CreateTicketTypeRequest = z.infer<typeof CreateTicketTypeRequest>;
type UpdateTicketTypeRequest = z.infer<typeof UpdateTicketTypeRequest>;

export function toNewTicketType(request: CreateTicketTypeRequest): NewTicketType {
  const { price = 0, kind = price === 0 ? "free" : "paid" } = request;
  return {
    name: request.name,
    description: request.description || null,
    kind,
    price,
    gives: request.gives,
    capacity: request.capacity ?? null,
    pools: request.pools.map(toDraw),
    minPerOrder: request.min_per_order,
    maxPerOrder: request.max_per_order ?? null,
    maxPerBuyer: request.max_per_buyer ?? null,
    salesStart: toDate(request.sales_start) ?? null,
    salesEnd: toDate(request.sales_end) ?? null,
    status: request.status,
    position: request.position,
  };
}

export function toTicketTypeUpdate(
  request: UpdateTicketTypeRequest,
): Omit<TicketTypeUpdate, "ticketTypeId"> {
  return {
    version: request.version,
    requested: {
      name: request.name,
      description: request.description,
      kind: request.kind,
      price: request.price,
      gives: request.gives,
      capacity: request.capacity,
      pools: request.pools?.map(toDraw),
      minPerOrder: request.min_per_order,
      maxPerOrder: request.max_per_order,
      maxPerBuyer: request.max_per_buyer,
      salesStart: toDate(request.sales_start),
      salesEnd: toDate(request.sales_end),
      status: request.status,
      position: request.position,
    },
  };
}

export function toManagedTicketType(
  { record, settings, currency, state, available, held, sold }: TicketTypeView,
): ManagedTicketTypeResponse {
  return withoutNulls({
    ticket_type_id: record.ticketTypeId,
    name: settings.name,
    description: settings.description,
    kind: settings.kind,
    price: toMajor(settings.priceMinor, currency),
    currency,
    gives: settings.gives,
    available,
    state,
    sales_start: settings.salesStart?.toISOString() ?? null,
    sales_end: settings.salesEnd?.toISOString() ?? null,
    min_per_order: settings.minPerOrder,
    max_per_order: settings.maxPerOrder,
    max_per_buyer: settings.maxPerBuyer,
    capacity: settings.capacity,
    pools: settings.pools.map(({ poolId, units }) => ({ pool_id: poolId, units })),
    held,
    sold,
    status: settings.status,
    position: settings.position,
    version: record.version,
    created_at: record.createdAt.toISOString(),
    updated_at: record.updatedAt.toISOString(),
  });
}

function toDraw({ pool_id, units }: z.infer<typeof Pools>[number]) {
  return { poolId: pool_id, units };
}

/** `null` and `undefined` stay as they are. */
function toDate<Absent extends null | undefined>(text: string | Absent): Date | Absent {
  return typeof text === "string" ? new Date(text) : text;
}
