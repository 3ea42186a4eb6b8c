import type { HoldRequest, HoldResponse, HoldResult } from "../schemas/seats.ts";
import { callHoldSeats } from "../store/seats.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Holds seats for a batch of allocations of one event, in their order, each whole or not at all.
 *
 * Idempotent by allocation id: one that is there already is answered as `existing` and takes nothing,
 * also when it is there because it came twice in this batch. An unknown event refuses all.
 */
export async function holdSeats(
  { seatSql, clock, search }: SeatDeps,
  { eventId, items, ...options }: HoldRequest & { eventId: string },
): Promise<HoldResponse> {
  const firsts = new Map<string, HoldRequest["items"][number]>();
  for (const item of items) {
    if (!firsts.has(item.allocation_id)) firsts.set(item.allocation_id, item);
  }
  const held = await callHoldSeats(seatSql, {
    ...options,
    eventId,
    items: [...firsts.values()],
    now: clock.now(),
  });
  if (held.granted.length > 0 && held.available === 0) void search.eventChanged(eventId);

  const granted = new Set(held.granted);
  const existing = new Map(held.existing.map((met) => [met.allocation_id, met]));
  const results = items.map((item): HoldResult => {
    const { allocation_id } = item;
    const first = firsts.get(allocation_id)!;
    if (granted.has(allocation_id)) {
      if (item === first) return { allocation_id, outcome: "held" };
      const { quantity, expires_at } = first;
      const unit_price_minor = held.unit_price_minor!;
      const outcome = "existing";
      return { allocation_id, outcome, quantity, state: "held", unit_price_minor, expires_at };
    }
    const met = existing.get(allocation_id);
    if (!met) return { allocation_id, outcome: "refused" };
    const expires_at = met.expires_at && new Date(met.expires_at).toISOString();
    return { ...met, outcome: "existing", expires_at };
  });

  return {
    event: {
      on_sale: held.on_sale,
      unit_price_minor: held.unit_price_minor,
      currency: held.currency,
      max_tickets_per_booking: held.max_tickets_per_booking,
      waitlist_open: held.waitlist_open,
    },
    available_seats: held.available,
    seq: held.seq,
    results,
  };
}
