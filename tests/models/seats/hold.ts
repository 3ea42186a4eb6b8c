import { isOnSale } from "@evently/shared/on_sale";
import type {
  HoldBatch,
  HoldBatchResult,
  HoldItem,
  HoldRequest,
  HoldResult,
} from "../../../services/event/inventory/types.ts";
import { DEFAULT_TICKET_NAME } from "../../../services/event/inventory/types.ts";
import { countBuyers } from "./limits.ts";
import { holdOrders, type OrdersHeld, ordersOf } from "./orders.ts";
import { releaseRows } from "./release.ts";
import {
  freeSeats,
  type ModelAllocation,
  type ModelEvent,
  type ModelInventory,
  type SeatTables,
} from "./tables.ts";
import { transferAllocations } from "./transfer.ts";
import { settleIfOpen } from "./waitlists.ts";

/** One batch of a hold request, together with the fields that its request shares. */
export type HoldOfEvent = Omit<HoldRequest, "batches"> & HoldBatch & { now: Date };

/** Whose seats a batch asks for, and of what event. */
export interface HoldBatchOfEvent {
  event: ModelEvent;
  isOnSale: boolean;
  source: HoldRequest["source"];
  now: Date;
}

/** Model of the verb `holdSeats` and its SQL functions `hold_seats` and `hold_orders`. */
export function holdSeats(
  tables: SeatTables,
  { eventId, items, source, revive, now }: HoldOfEvent,
): HoldBatchResult {
  const event = tables.events.get(eventId);
  const onSale = event !== undefined &&
    isOnSale({ status: event.status, startsAt: event.start_at }, now);
  const answer = (
    results: HoldResult[],
    types?: OrdersHeld["types"],
  ): HoldBatchResult => {
    const house = tables.house(eventId);
    return {
      event: house && event && {
        isOnSale: onSale,
        unitPriceMinor: event.unit_price_minor,
        ticketName: event.base_ticket_name ?? DEFAULT_TICKET_NAME,
        currency: event.currency,
        maxTicketsPerBooking: event.max_tickets_per_booking,
        startsAt: event.start_at,
        refundPolicy: event.refund_policy ?? null,
        isWaitlistOpen: house.waitlist_open,
        ...(types ? { types } : {}),
      },
      availableSeats: house ? freeSeats(house) : 0,
      setAside: house?.set_aside ?? 0,
      seq: house?.seq ?? 0,
      results,
    };
  };
  if (!event) {
    return answer(items.map(({ allocationId }) => ({ allocationId, outcome: "refused" })));
  }

  const firsts = firstsOf(items);
  if (revive) deleteEnded(tables, eventId, { items: firsts, now });
  const house = tables.house(eventId)!;
  const batch = { event, isOnSale: onSale, source, now };
  const isPlain = house.plain && source === "public" && firsts.every((item) => {
    return item.order === undefined && (item.ticketTypeId ?? eventId) === eventId;
  });
  const { granted: atTodaysPrice, refusals, types } = isPlain
    ? { ...holdPlain(tables, { ...batch, house }, firsts), types: undefined }
    : holdOrders(tables, batch, items);
  const granted = revive ? atTodaysPrice.map((row) => atPriceOf(firsts, row)) : atTodaysPrice;
  const asked = new Set(firsts.map(({ allocationId }) => allocationId));
  const existing = new Set([...asked].filter((id) => tables.allocation(eventId, id)));
  for (const row of granted) tables.putAllocation(row);
  if (granted.length > 0) {
    const debit = source === "waitlist" ? "set_aside" : "available";
    const accounts = { operation: "hold", debit, credit: "held" } as const;
    transferAllocations(tables, eventId, { ...accounts, rows: granted });
    countBuyers(tables, { after: granted });
    if (source === "waitlist") settleIfOpen(tables, eventId);
  }
  const held = new Map<string, HoldItem>();
  const isGranted = new Set(granted.map(({ allocation_id }) => allocation_id));
  const results = items.map((item): HoldResult => {
    const { allocationId } = item;
    const row = asked.has(allocationId) ? tables.allocation(eventId, allocationId) : undefined;
    if (!row) return { allocationId, outcome: "refused", ...refusalOf(refusals, item) };
    const first = held.get(allocationId);
    held.set(allocationId, first ?? item);
    if (isGranted.has(allocationId) && !first) return { allocationId, outcome: "held" };
    const typeId = isPlain ? undefined : tables.type(eventId, row.type)!.ticket_type_id;
    const ticketTypeId = existing.has(allocationId) ? typeId : first?.ticketTypeId;
    return { ...toExistingResult(row), ...(ticketTypeId === undefined ? {} : { ticketTypeId }) };
  });
  return answer(results, types);
}

function refusalOf(refusals: OrdersHeld["refusals"], { allocationId }: HoldItem) {
  const refusal = refusals.get(allocationId);
  return refusal ? { refusal } : {};
}

/** The lines of orders that share no allocation with an order before them. */
function firstsOf(items: readonly HoldItem[]): HoldItem[] {
  const met = new Set<string>();
  return ordersOf(items).filter((order) => {
    const isFirst = order.every(({ allocationId }) => !met.has(allocationId));
    for (const { allocationId } of order) met.add(allocationId);
    return isFirst;
  }).flat();
}

/** An allocation at the price that its request names, if it names one. */
function atPriceOf(items: readonly HoldItem[], row: ModelAllocation): ModelAllocation {
  const item = items.find(({ allocationId }) => allocationId === row.allocation_id);
  return { ...row, unit_price_minor: item?.unitPriceMinor ?? row.unit_price_minor };
}

/** Releases expired holds and deletes released allocations, so that their ids can be held again. */
function deleteEnded(
  tables: SeatTables,
  eventId: string,
  { items, now }: { items: readonly HoldItem[]; now: Date },
): void {
  const existing = items.flatMap((item) => tables.allocation(eventId, item.allocationId) ?? []);
  const expired = existing.filter(({ state, expires_at_ms }) =>
    state === "held" && expires_at_ms <= now.getTime()
  );
  if (expired.length > 0) releaseRows(tables, eventId, expired);
  for (const row of existing) {
    if (row.state === "released" || expired.includes(row)) tables.deleteAllocation(row);
  }
}

/**
 * Grants items of a plain event in order, each whole or not at all. A replay reserves room in its pass and frees it
 * for the next pass, as in `hold_seats`; the passes decide which later items fit.
 */
function holdPlain(
  tables: SeatTables,
  { event, isOnSale, source, house }: HoldBatchOfEvent & { house: ModelInventory },
  items: readonly HoldItem[],
): Omit<OrdersHeld, "types"> {
  const granted: ModelAllocation[] = [];
  const free = freeSeats(house);
  let remaining = isOnSale ? items : [];
  // Every pass but the last finds a replay, so the loop ends.
  for (;;) {
    let room = free - granted.reduce((sum, { quantity }) => sum + quantity, 0);
    const picked = remaining.filter(({ quantity }) => {
      const fits = quantity <= Math.min(room, event.max_tickets_per_booking);
      if (fits) room -= quantity;
      return fits;
    });
    remaining = remaining.filter((item) => !picked.includes(item));
    const fresh = picked.filter((item) => !tables.allocation(event.event_id, item.allocationId));
    for (const { allocationId, quantity, expiresAt, buyerId } of fresh) {
      granted.push({
        event_id: event.event_id,
        allocation_id: allocationId,
        quantity,
        state: "held",
        source,
        type: 0,
        buyer_id: buyerId ?? null,
        unit_price_minor: event.unit_price_minor,
        pools: null,
        units: null,
        expires_at_ms: expiresAt.getTime(),
      });
    }
    if (fresh.length === picked.length) return { granted, refusals: new Map() };
  }
}

function toExistingResult(
  { allocation_id, quantity, units, state, unit_price_minor, expires_at_ms }: ModelAllocation,
): HoldResult {
  const expiresAt = new Date(expires_at_ms);
  return {
    allocationId: allocation_id,
    outcome: "existing",
    quantity,
    gives: units?.[0] ?? 1,
    state,
    unitPriceMinor: unit_price_minor,
    expiresAt,
  };
}
