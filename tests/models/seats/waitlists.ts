import { isOnSale } from "@evently/shared/on_sale";
import type {
  CloseWaitlistRequest,
  CloseWaitlistResult,
  OpenWaitlistRequest,
  OpenWaitlistResult,
  SuppliedType,
  WaitlistSupply,
  WaitlistWish,
  WishResult,
} from "../../../services/event/inventory/types.ts";
import { sellsAt } from "./orders.ts";
import {
  freeSeats,
  HOUSE,
  type ModelEvent,
  type ModelTicketType,
  type SeatTables,
} from "./tables.ts";
import { setAsideTargets, ticketsIn } from "./set_aside.ts";
import { houseOf, type Move, transfer } from "./transfer.ts";

/** How many tickets of a type the public can have. */
function left(tables: SeatTables, type: ModelTicketType): number {
  const rows = tables.inventoriesOf(type.event_id);
  return ticketsIn(type, new Map(rows.map((row) => [row.pool, freeSeats(row)])));
}

/** `settle_set_aside`: brings what is set aside in line with what is free. */
export function settleSetAside(tables: SeatTables, eventId: string): void {
  const house = houseOf(tables, eventId);
  const types = tables.typesOf(eventId);
  const isOpen = types.some((type) => type.waitlist_open);
  if (house.waitlist_open !== isOpen) tables.putInventory({ ...house, waitlist_open: isOpen });
  const pools = tables.inventoriesOf(eventId);
  const targets = setAsideTargets({ pools, types });
  const moves = pools.flatMap(({ pool, set_aside }): Move[] => {
    const more = targets.get(pool)! - set_aside;
    if (more === 0) return [];
    const [debit, credit] = more > 0
      ? ["available", "set_aside"] as const
      : ["set_aside", "available"] as const;
    return [{ operation: "waitlist", debit, credit, pool, seats: Math.abs(more) }];
  });
  if (moves.length > 0) transfer(tables, eventId, moves);
}

/** Settles what is set aside if somebody waits, as each operation does that frees seats or changes types. */
export function settleIfOpen(tables: SeatTables, eventId: string): void {
  if (houseOf(tables, eventId).waitlist_open) settleSetAside(tables, eventId);
}

/** `open_waitlists` with its verb. */
export function openWaitlists(
  tables: SeatTables,
  { eventId, wanted, now }: OpenWaitlistRequest & { now: Date },
): OpenWaitlistResult {
  const event = tables.events.get(eventId);
  if (!event) return { outcome: "unknown_event" };
  if (!isOnSale({ status: event.status, startsAt: event.start_at }, now)) {
    return { outcome: "not_on_sale" };
  }
  const opened = new Set<number>();
  const results = wanted.map((wish): WishResult => {
    const types = wish.ticketTypeIds.map((id) => tables.typeById(eventId, id));
    const result = resultOf(tables, { event, wish, types, now });
    if (result !== "waits") return result;
    for (const type of types as ModelTicketType[]) {
      opened.add(type.type);
      tables.putType({ ...tables.type(eventId, type.type)!, waitlist_open: true });
    }
    settleSetAside(tables, eventId);
    return result;
  });
  for (const number of opened) {
    const type = tables.type(eventId, number)!;
    tables.putType({ ...type, waitlist_generation: type.waitlist_generation + 1 });
  }
  return { outcome: "opened", results, ...seatsOf(tables, eventId) };
}

function resultOf(
  tables: SeatTables,
  { event, wish, types, now }: {
    event: ModelEvent;
    wish: WaitlistWish;
    types: readonly (ModelTicketType | undefined)[];
    now: Date;
  },
): WishResult {
  const known = types.filter((type) => type !== undefined)
    .filter(({ status }) => status !== "archived");
  if (known.length < types.length) return "no_such_type";
  const sold = known.filter((type) => sellsAt(type, now));
  if (sold.length === 0) return "not_on_sale";
  const smallest = (type: ModelTicketType) => Math.max(wish.minQuantity, type.min_per_order);
  const canOrder = (type: ModelTicketType) => smallest(type) <= largestOrderOf(event, type);
  if (!known.some(canOrder)) return "too_many";
  const isAvailable = sold.some((type) => {
    return canOrder(type) && left(tables, type) >= smallest(type);
  });
  return isAvailable ? "available" : "waits";
}

/** `close_waitlists` with its verb. */
export function closeWaitlists(
  tables: SeatTables,
  { eventId, types }: CloseWaitlistRequest,
): CloseWaitlistResult {
  const closing = types.flatMap(({ ticketTypeId, generation }) => {
    const type = tables.typeById(eventId, ticketTypeId);
    return type?.waitlist_generation === generation ? [type] : [];
  });
  for (const type of closing) {
    tables.putType({ ...tables.type(eventId, type.type)!, waitlist_open: false });
  }
  if (closing.some((type) => type.waitlist_open)) settleSetAside(tables, eventId);
  return {
    closed: closing.map(({ ticket_type_id }) => ticket_type_id),
    ...seatsOf(tables, eventId),
  };
}

/** `readWaitlistSupply`, by event. */
export function supplyOf(
  tables: SeatTables,
  { eventIds, now }: { eventIds: readonly string[]; now: Date },
): WaitlistSupply[] {
  return [...new Set(eventIds)].sort().flatMap((eventId) => {
    const event = tables.events.get(eventId);
    if (!event) return [];
    return [{
      eventId,
      isOnSale: isOnSale({ status: event.status, startsAt: event.start_at }, now),
      startsAt: event.start_at,
      setAside: Object.fromEntries(
        tables.inventoriesOf(eventId).map(({ pool, set_aside }) => [pool, set_aside]),
      ),
      types: tables.typesOf(eventId).toSorted((a, b) => a.type - b.type)
        .map((type) => suppliedType(event, type)),
      seq: houseOf(tables, eventId).seq,
    }];
  });
}

function suppliedType(event: ModelEvent, type: ModelTicketType): SuppliedType {
  return {
    ticketTypeId: type.ticket_type_id,
    pools: type.pools,
    units: type.units,
    generation: type.waitlist_generation,
    isOpen: type.waitlist_open,
    status: type.status,
    ...(type.sales_start === null ? {} : { salesStart: type.sales_start }),
    ...(type.sales_end === null ? {} : { salesEnd: type.sales_end }),
    minPerOrder: type.min_per_order,
    largestOrder: largestOrderOf(event, type),
  };
}

/** The most tickets of a type that one order can have. */
function largestOrderOf(event: ModelEvent, type: ModelTicketType): number {
  const tickets = Math.min(
    event.max_tickets_per_booking,
    event.max_held_per_user ?? Infinity,
  );
  return Math.min(
    Math.floor(tickets / type.units[0]!),
    type.max_per_order ?? Infinity,
    type.max_per_buyer ?? Infinity,
  );
}

function seatsOf(tables: SeatTables, eventId: string) {
  const house = tables.inventory(eventId, HOUSE);
  return {
    availableSeats: house ? freeSeats(house) : 0,
    setAside: house?.set_aside ?? 0,
    seq: house?.seq ?? 0,
  };
}
