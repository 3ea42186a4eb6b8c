import { isOnSale } from "@evently/shared/on_sale";
import type {
  HoldBatch,
  HoldBatchResult,
  HoldRequest,
  HoldResult,
} from "../../../services/event/inventory/types.ts";
import { countBuyers } from "./limits.ts";
import { holdOrders, type OrderItem, type OrdersHeld } from "./orders.ts";
import { releaseRows } from "./release.ts";
import {
  freeSeats,
  type ModelAllocation,
  type ModelEvent,
  type ModelInventory,
  type SeatTables,
} from "./tables.ts";
import { transferAllocations } from "./transfer.ts";

/** One batch of a hold request, together with the fields that its request shares. */
export type HoldOfEvent = Omit<HoldRequest, "batches"> & Omit<HoldBatch, "items"> & {
  items: readonly OrderItem[];
  now: Date;
};

/** Whose seats a batch asks for, and of what event. */
export interface HoldBatchOfEvent {
  event: ModelEvent;
  isOnSale: boolean;
  /** Whether a waitlist keeps the public from the seats. */
  isClosed: boolean;
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
  const answer = (results: HoldResult[]): HoldBatchResult => {
    const house = tables.house(eventId);
    return {
      event: house && event && {
        isOnSale: onSale,
        unitPriceMinor: event.unit_price_minor,
        currency: event.currency,
        maxTicketsPerBooking: event.max_tickets_per_booking,
        startsAt: event.start_at,
        refundPolicy: event.refund_policy ?? null,
        isWaitlistOpen: house.waitlist_open,
      },
      availableSeats: house ? freeSeats(house) : 0,
      seq: house?.seq ?? 0,
      results,
    };
  };
  if (!event) {
    return answer(items.map(({ allocationId }) => ({ allocationId, outcome: "refused" })));
  }

  const firsts = [...firstsOf(items).values()];
  if (revive) deleteEnded(tables, eventId, { items: firsts, now });
  const house = tables.house(eventId)!;
  const isClosed = source !== "waitlist" && house.waitlist_open;
  const batch = { event, isOnSale: onSale, isClosed, source, now };
  const isPlain = house.plain && firsts.every((item) => {
    return item.order === undefined && item.ticketTypeId === undefined;
  });
  const { granted, refusals } = isPlain
    ? holdPlain(tables, { ...batch, house }, firsts)
    : holdOrders(tables, batch, firsts);
  for (const row of granted) tables.putAllocation(row);
  if (granted.length > 0) {
    const debit = source === "waitlist" ? "set_aside" : "available";
    const accounts = { operation: "hold", debit, credit: "held" } as const;
    transferAllocations(tables, eventId, { ...accounts, rows: granted });
    countBuyers(tables, { after: granted });
  }
  return answer(resultsOf(tables, eventId, { items, granted, refusals }));
}

/** The results of a batch, in the order of its items; of an allocation that occurs twice the first is held. */
function resultsOf(
  tables: SeatTables,
  eventId: string,
  { items, granted, refusals }: OrdersHeld & { items: readonly OrderItem[] },
): HoldResult[] {
  const unanswered = new Set(granted.map(({ allocation_id }) => allocation_id));
  return items.map((item): HoldResult => {
    const { allocationId } = item;
    if (unanswered.delete(allocationId)) return { allocationId, outcome: "held" };
    const existing = tables.allocation(eventId, allocationId);
    if (existing) return toExistingResult(existing);
    const refusal = refusals.get(item);
    return { allocationId, outcome: "refused", ...refusal };
  });
}

function firstsOf(items: readonly OrderItem[]): Map<string, OrderItem> {
  const firsts = new Map<string, OrderItem>();
  for (const item of items) {
    if (!firsts.has(item.allocationId)) firsts.set(item.allocationId, item);
  }
  return firsts;
}

/** Releases expired holds and deletes released allocations, so that their ids can be held again. */
function deleteEnded(
  tables: SeatTables,
  eventId: string,
  { items, now }: { items: readonly OrderItem[]; now: Date },
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
  { event, isOnSale, isClosed, source, house }: HoldBatchOfEvent & { house: ModelInventory },
  items: readonly OrderItem[],
): OrdersHeld {
  const granted: ModelAllocation[] = [];
  const free = source === "waitlist" ? house.set_aside : isClosed ? 0 : freeSeats(house);
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
  { allocation_id, quantity, state, unit_price_minor, expires_at_ms }: ModelAllocation,
): HoldResult {
  const expiresAt = new Date(expires_at_ms);
  return {
    allocationId: allocation_id,
    outcome: "existing",
    quantity,
    state,
    unitPriceMinor: unit_price_minor,
    expiresAt,
  };
}
