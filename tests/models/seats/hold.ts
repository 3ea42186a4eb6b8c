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

/** One batch of a hold request, together with the fields that its request shares. */
export type HoldOfEvent =
  & Omit<HoldRequest, "batches">
  & Omit<HoldBatch, "event_id">
  & { eventId: string; now: Date };

/** Model of the verb `holdSeats` and its SQL function `hold_seats`. */
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

  const firstById = new Map<string, Item>();
  for (const item of items) {
    if (!firstById.has(item.allocationId)) firstById.set(item.allocationId, item);
  }
  if (revive) inv = deleteEnded(tables, inv, { allocationIds: firstById.keys(), now });
  const granted = onSale
    ? grant(tables, { event, inv, source, items: [...firstById.values()] })
    : [];
  if (granted.length > 0) {
    const debit = source === "waitlist" ? "set_aside" : "available";
    inv = transfer(tables, inv, { operation: "hold", debit, credit: "held", moved: granted });
  }
  const grantedIds = new Set(granted.map(({ allocation_id }) => allocation_id));
  return answer(items.map((item): HoldResult => {
    const { allocationId: allocation_id } = item;
    if (grantedIds.has(allocation_id) && item === firstById.get(allocation_id)) {
      return { allocationId: allocation_id, outcome: "held" };
    }
    const existing = tables.allocation(eventId, allocation_id);
    return existing
      ? toExistingResult(existing)
      : { allocationId: allocation_id, outcome: "refused" };
  }));
}

/** Releases expired holds and deletes released allocations, so that their ids can be held again. */
function deleteEnded(
  tables: SeatTables,
  inv: ModelInventory,
  { allocationIds, now }: { allocationIds: Iterable<string>; now: Date },
): ModelInventory {
  const existing = [...allocationIds].flatMap((id) => tables.allocation(inv.event_id, id) ?? []);
  const expired = existing.filter(({ state, expires_at_ms }) =>
    state === "held" && expires_at_ms <= now.getTime()
  );
  const released = releaseRows(tables, inv, expired);
  for (const row of existing) {
    if (row.state === "released" || expired.includes(row)) tables.deleteAllocation(row);
  }
  return released;
}

/**
 * Grants items in order, each whole or not at all. A replay reserves room in its pass and frees it for the next
 * pass, as in `hold_seats`; the passes decide which later items fit.
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
  let remaining = items;
  // Every pass but the last finds a replay, so the loop ends.
  for (;;) {
    let room = roomFor(inv, source) - seatsOf(granted);
    const picked = remaining.filter(({ quantity }) => {
      const fits = quantity <= Math.min(room, event.max_tickets_per_booking);
      if (fits) room -= quantity;
      return fits;
    });
    remaining = remaining.filter((item) => !picked.includes(item));
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
