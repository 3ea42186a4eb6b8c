import { runByServer } from "@evently/shared/postgres";
import type { SeatDeps } from "./deps.ts";
import { callHoldSeats, callHoldSeatsAtPrices, type HeldSeats } from "./seats_sql.ts";
import {
  DEFAULT_TICKET_NAME,
  type HoldBatch,
  type HoldBatchResult,
  type HoldItem,
  type HoldRequest,
  type HoldResult,
  type HoldTerms,
  type Refusal,
} from "./types.ts";

/**
 * Holds seats for batches of orders, one batch per event, in one transaction (of each server, or of each event if it
 * holds again at prices of sales, where the database is distributed). Orders are served in their order, each
 * whole or not at all; the results are in the order of the batches, one for each line.
 *
 * Idempotent by allocation id: an allocation that exists already takes nothing and is reported as `existing`, also
 * when it occurs twice in a batch. An unknown event refuses everything.
 */
export async function holdSeats(
  { seatSql, clock, search }: Pick<SeatDeps, "seatSql" | "clock" | "search">,
  { batches, ...options }: HoldRequest,
): Promise<HoldBatchResult[]> {
  const request = {
    ...options,
    batches: batches.map(({ eventId, items }) => ({ eventId, items: firstsOf(items) })),
    now: clock.now(),
  };
  const call = options.revive && batches.some(namesPrices) ? callHoldSeatsAtPrices : callHoldSeats;
  const held = await runByServer(
    seatSql,
    request.batches,
    (part, together) => call(seatSql, { ...request, batches: part, together }),
  );
  return held.map((seats, i) => {
    const { eventId, items } = batches[i]!;
    if (seats.granted.length > 0 && seats.available === 0) void search.eventChanged(eventId);
    return resultOf(items, seats);
  });
}

function namesPrices({ items }: HoldBatch): boolean {
  return items.some(({ unitPriceMinor }) => unitPriceMinor !== undefined);
}

/** The lines of orders that share no allocation with an order before them. */
function firstsOf(items: readonly HoldItem[]): readonly HoldItem[] {
  const ids = new Set(items.map(({ allocationId }) => allocationId));
  if (ids.size === items.length) return items;
  ids.clear();
  return ordersOf(items).filter((order) => {
    const isFirst = !order.some(({ allocationId }) => ids.has(allocationId));
    for (const { allocationId } of order) ids.add(allocationId);
    return isFirst;
  }).flat();
}

/** The orders of a batch, each with its lines. */
function ordersOf(items: readonly HoldItem[]): HoldItem[][] {
  const orders: HoldItem[][] = [];
  let last: HoldItem | undefined;
  for (const item of items) {
    if (last && item.order !== undefined && item.order === last.order) orders.at(-1)!.push(item);
    else orders.push([item]);
    last = item;
  }
  return orders;
}

function resultOf(items: readonly HoldItem[], held: HeldSeats): HoldBatchResult {
  const event = termsOf(held);
  const granted = new Map<string, HoldItem | undefined>(held.granted.map((id) => [id, undefined]));
  const existing = new Map(held.existing.map((met) => [met.allocationId, met]));
  const refusals = held.refused && refusalsByAllocation(items, held.refused);
  const results = items.map((item): HoldResult => {
    const { allocationId } = item;
    if (event && granted.has(allocationId)) {
      const first = granted.get(allocationId);
      if (!first) {
        granted.set(allocationId, item);
        return { allocationId, outcome: "held" };
      }
      return heldBefore(first, event);
    }
    const met = existing.get(allocationId);
    if (!met) {
      const refusal = refusals?.get(allocationId);
      return { allocationId, outcome: "refused", ...(refusal ? { refusal } : {}) };
    }
    const expiresAt = met.expiresAt === null ? null : new Date(met.expiresAt);
    return { ...met, outcome: "existing", expiresAt };
  });
  return {
    event,
    availableSeats: held.available,
    setAside: held.setAside,
    seq: held.seq,
    results,
  };
}

/** The result for an item that occurs again in the batch that held it. */
function heldBefore(
  { allocationId, quantity, expiresAt, ticketTypeId }: HoldItem,
  { unitPriceMinor, types }: HoldTerms,
): HoldResult {
  const type = ticketTypeId === undefined
    ? Object.values(types ?? {}).find(({ isDefault }) => isDefault)
    : types?.[ticketTypeId];
  return {
    allocationId,
    outcome: "existing",
    quantity,
    gives: type?.gives ?? 1,
    ...(ticketTypeId === undefined ? {} : { ticketTypeId }),
    state: "held",
    unitPriceMinor: type?.unitPriceMinor ?? unitPriceMinor,
    expiresAt,
  };
}

/** The refusal of a line that an order has beyond those that it shares with an order before it. */
const KEY_REUSED: Refusal = { reason: "key_reused", ticketTypeId: undefined };

/** The refusal of each line; the database names the first line of each order that it refused. */
function refusalsByAllocation(
  items: readonly HoldItem[],
  refused: NonNullable<HeldSeats["refused"]>,
): Map<string, Refusal> {
  const byFirst = new Map(refused.map(({ allocationId, reason, ticketTypeId }) => [
    allocationId,
    { reason, ticketTypeId: ticketTypeId ?? undefined },
  ]));
  const refusals = new Map<string, Refusal>();
  const met = new Set<string>();
  for (const order of ordersOf(items)) {
    const repeats = order.some(({ allocationId }) => met.has(allocationId));
    const refusal = repeats ? KEY_REUSED : byFirst.get(order[0]!.allocationId);
    for (const { allocationId } of order) {
      if (refusal && !met.has(allocationId)) refusals.set(allocationId, refusal);
      met.add(allocationId);
    }
  }
  return refusals;
}

function termsOf(held: HeldSeats): HoldTerms | undefined {
  const { unitPriceMinor, currency, maxTicketsPerBooking, startsAt } = held;
  if (
    unitPriceMinor === null || currency === null || maxTicketsPerBooking === null ||
    startsAt === null
  ) return undefined;
  const { isOnSale, isWaitlistOpen, refundPolicy, ticketName, types } = held;
  return {
    isOnSale,
    unitPriceMinor,
    ticketName: ticketName ?? DEFAULT_TICKET_NAME,
    currency,
    maxTicketsPerBooking,
    startsAt,
    refundPolicy,
    isWaitlistOpen,
    ...(types ? { types: namedTypes(types) } : {}),
  };
}

function namedTypes(types: NonNullable<HeldSeats["types"]>): NonNullable<HoldTerms["types"]> {
  return Object.fromEntries(
    Object.entries(types).map((
      [id, terms],
    ) => [id, { ...terms, name: terms.name ?? DEFAULT_TICKET_NAME }]),
  );
}
