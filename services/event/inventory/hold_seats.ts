import type { HoldBatch, HoldRequest, HoldResponse, HoldResult } from "./wire.ts";
import { callHoldSeats, type HeldSeats } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Holds seats for batches of allocations, of one event each, in one transaction: those of a batch in their order,
 * each whole or not at all. Answers by batch.
 *
 * Idempotent by allocation id: one that is there already is answered as `existing` and takes nothing,
 * also when it is there because it came twice in this batch. An unknown event refuses all.
 */
export async function holdSeats(
  { seatSql, clock, search }: SeatDeps,
  { batches, ...options }: HoldRequest,
): Promise<HoldResponse[]> {
  const held = await callHoldSeats(seatSql, {
    ...options,
    batches: batches.map(({ event_id, items }) => ({ event_id, items: [...firstsOf(items)] })),
    now: clock.now(),
  });
  return batches.map(({ event_id, items }, i) => {
    const { granted, available } = held[i]!;
    if (granted.length > 0 && available === 0) void search.eventChanged(event_id);
    return answerTo(items, held[i]!);
  });
}

type Item = HoldBatch["items"][number];

/** The first item of each allocation. */
function firstsOf(items: readonly Item[]): Iterable<Item> {
  const firsts = new Map<string, Item>();
  for (const item of items) {
    if (!firsts.has(item.allocation_id)) firsts.set(item.allocation_id, item);
  }
  return firsts.values();
}

function answerTo(items: readonly Item[], held: HeldSeats): HoldResponse {
  const granted = new Map<string, Item | undefined>(held.granted.map((id) => [id, undefined]));
  const existing = new Map(held.existing.map((met) => [met.allocation_id, met]));
  const results = items.map((item): HoldResult => {
    const { allocation_id } = item;
    if (granted.has(allocation_id)) {
      const first = granted.get(allocation_id);
      if (!first) {
        granted.set(allocation_id, item);
        return { allocation_id, outcome: "held" };
      }
      const { quantity, expires_at } = first;
      const unitPriceMinor = held.unit_price_minor!;
      const outcome = "existing";
      return {
        allocation_id,
        outcome,
        quantity,
        state: "held",
        unit_price_minor: unitPriceMinor,
        expires_at,
      };
    }
    const met = existing.get(allocation_id);
    if (!met) return { allocation_id, outcome: "refused" };
    const expiresAt = met.expires_at && new Date(met.expires_at).toISOString();
    return { ...met, outcome: "existing", expires_at: expiresAt };
  });

  return {
    event: {
      on_sale: held.on_sale,
      unit_price_minor: held.unit_price_minor,
      currency: held.currency,
      max_tickets_per_booking: held.max_tickets_per_booking,
      start_datetime: held.start_at && held.start_at.toISOString(),
      refund_policy: held.refund_policy,
      waitlist_open: held.waitlist_open,
    },
    available_seats: held.available,
    seq: held.seq,
    results,
  };
}
