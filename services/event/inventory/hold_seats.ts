import type { SeatDeps } from "./deps.ts";
import { callHoldSeats, type HeldSeats } from "./seats_sql.ts";
import type { HoldBatchResult, HoldItem, HoldRequest, HoldResult, HoldTerms } from "./types.ts";

/**
 * Holds seats for batches of allocations, one batch per event, in one transaction. Items are served in their order,
 * each whole or not at all; the results are in the order of the batches.
 *
 * Idempotent by allocation id: an allocation that exists already takes nothing and is reported as `existing`, also
 * when it occurs twice in a batch. An unknown event refuses everything.
 */
export async function holdSeats(
  { seatSql, clock, search }: Pick<SeatDeps, "seatSql" | "clock" | "search">,
  { batches, ...options }: HoldRequest,
): Promise<HoldBatchResult[]> {
  const held = await callHoldSeats(seatSql, {
    ...options,
    batches: batches.map(({ eventId, items }) => ({ eventId, items: [...firstsOf(items)] })),
    now: clock.now(),
  });
  return held.map((seats, i) => {
    const { eventId, items } = batches[i]!;
    if (seats.granted.length > 0 && seats.available === 0) void search.eventChanged(eventId);
    return resultOf(items, seats);
  });
}

/** The first item of each allocation. */
function firstsOf(items: readonly HoldItem[]): Iterable<HoldItem> {
  const firsts = new Map<string, HoldItem>();
  for (const item of items) {
    if (!firsts.has(item.allocationId)) firsts.set(item.allocationId, item);
  }
  return firsts.values();
}

function resultOf(items: readonly HoldItem[], held: HeldSeats): HoldBatchResult {
  const event = termsOf(held);
  const granted = new Map<string, HoldItem | undefined>(held.granted.map((id) => [id, undefined]));
  const existing = new Map(held.existing.map((met) => [met.allocationId, met]));
  const results = items.map((item): HoldResult => {
    const { allocationId } = item;
    if (event && granted.has(allocationId)) {
      const first = granted.get(allocationId);
      if (!first) {
        granted.set(allocationId, item);
        return { allocationId, outcome: "held" };
      }
      const { quantity, expiresAt } = first;
      const { unitPriceMinor } = event;
      const outcome = "existing";
      return { allocationId, outcome, quantity, state: "held", unitPriceMinor, expiresAt };
    }
    const met = existing.get(allocationId);
    if (!met) return { allocationId, outcome: "refused" };
    const expiresAt = met.expiresAt === null ? null : new Date(met.expiresAt);
    return { ...met, outcome: "existing", expiresAt };
  });
  return { event, availableSeats: held.available, seq: held.seq, results };
}

function termsOf(held: HeldSeats): HoldTerms | undefined {
  const { unitPriceMinor, currency, maxTicketsPerBooking, startsAt } = held;
  if (
    unitPriceMinor === null || currency === null || maxTicketsPerBooking === null ||
    startsAt === null
  ) return undefined;
  const { isOnSale, isWaitlistOpen, refundPolicy } = held;
  return {
    isOnSale,
    unitPriceMinor,
    currency,
    maxTicketsPerBooking,
    startsAt,
    refundPolicy,
    isWaitlistOpen,
  };
}
