import { isOnSale } from "@evently/shared/on_sale";
import type {
  HoldBatch,
  HoldBatchResult,
  HoldRequest,
  HoldResult,
} from "../../../services/event/inventory/types.ts";
import {
  freeSeats,
  type ModelAllocation,
  type ModelEvent,
  type ModelInventory,
  releaseRows,
  seatsOf,
  type SeatTables,
  transfer,
} from "./tables.ts";

type Item = HoldBatch["items"][number];

/** One batch of a hold, whose request says the rest. */
export type HoldOfEvent =
  & Omit<HoldRequest, "batches">
  & Omit<HoldBatch, "event_id">
  & { eventId: string; now: Date };

/** The verb `holdSeats` and its function `hold_seats`. */
export function holdSeats(
  tables: SeatTables,
  { eventId, items, source, revive, now }: HoldOfEvent,
): HoldBatchResult {
  const event = tables.events.get(eventId);
  let inv = tables.inventories.get(eventId);
  const onSale = event !== undefined &&
    isOnSale({ status: event.status, startsAt: event.start_at }, now);
  const answer = (results: HoldResult[]): HoldBatchResult => ({
    event: inv && event && {
      isOnSale: onSale,
      unitPriceMinor: event.unit_price_minor,
      currency: event.currency,
      maxTicketsPerBooking: event.max_tickets_per_booking,
      startsAt: event.start_at,
      refundPolicy: event.refund_policy ?? null,
      isWaitlistOpen: inv.waitlist_open,
    },
    availableSeats: inv ? freeSeats(inv) : 0,
    seq: inv?.seq ?? 0,
    results,
  });
  if (!inv || !event) {
    return answer(items.map(({ allocationId }) => ({ allocationId, outcome: "refused" })));
  }

  const firsts = new Map<string, Item>();
  for (const item of items) {
    if (!firsts.has(item.allocationId)) firsts.set(item.allocationId, item);
  }
  if (revive) inv = dropEnded(tables, inv, { allocationIds: firsts.keys(), now });
  const granted = onSale ? grant(tables, { event, inv, source, items: [...firsts.values()] }) : [];
  if (granted.length > 0) {
    const debit = source === "waitlist" ? "set_aside" : "available";
    inv = transfer(tables, inv, { operation: "hold", debit, credit: "held", moved: granted });
  }
  const grantedIds = new Set(granted.map(({ allocation_id }) => allocation_id));
  return answer(items.map((item): HoldResult => {
    const { allocationId: allocation_id } = item;
    if (grantedIds.has(allocation_id) && item === firsts.get(allocation_id)) {
      return { allocationId: allocation_id, outcome: "held" };
    }
    const met = tables.allocation(eventId, allocation_id);
    return met ? asExisting(met) : { allocationId: allocation_id, outcome: "refused" };
  }));
}

/** What has expired is released; what is released is taken away, so that it can be held again. */
function dropEnded(
  tables: SeatTables,
  inv: ModelInventory,
  { allocationIds, now }: { allocationIds: Iterable<string>; now: Date },
): ModelInventory {
  const met = [...allocationIds].flatMap((id) => tables.allocation(inv.event_id, id) ?? []);
  const expired = met.filter(({ state, expires_at_ms }) =>
    state === "held" && expires_at_ms <= now.getTime()
  );
  const released = releaseRows(tables, inv, expired);
  for (const row of met) {
    if (row.state === "released" || expired.includes(row)) tables.deleteAllocation(row);
  }
  return released;
}

/**
 * In their order, each whole or not at all. A replay seems to take room until it is met; then that goes to those
 * behind it, as in `hold_seats`: which of them get it depends on these turns.
 */
function grant(
  tables: SeatTables,
  { event, inv, source, items }: {
    event: ModelEvent;
    inv: ModelInventory;
    source: HoldRequest["source"];
    items: Item[];
  },
): ModelAllocation[] {
  const granted: ModelAllocation[] = [];
  let untried = items;
  // Each turn but the last meets a replay.
  for (;;) {
    let room = roomFor(inv, source) - seatsOf(granted);
    const picked = untried.filter(({ quantity }) => {
      const fits = quantity <= Math.min(room, event.max_tickets_per_booking);
      if (fits) room -= quantity;
      return fits;
    });
    untried = untried.filter((item) => !picked.includes(item));
    const fresh = picked.filter((item) => !tables.allocation(event.event_id, item.allocationId));
    for (const { allocationId, quantity, expiresAt } of fresh) {
      const row: ModelAllocation = {
        event_id: event.event_id,
        allocation_id: allocationId,
        quantity,
        state: "held",
        source,
        unit_price_minor: event.unit_price_minor,
        expires_at_ms: expiresAt.getTime(),
      };
      tables.putAllocation(row);
      granted.push(row);
    }
    if (fresh.length === picked.length) return granted;
  }
}

function roomFor(inv: ModelInventory, source: HoldRequest["source"]): number {
  if (source === "waitlist") return inv.set_aside;
  return inv.waitlist_open ? 0 : freeSeats(inv);
}

function asExisting(
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
