import type {
  AllocationState,
  CloseWaitlistRequest,
  CloseWaitlistResult,
  OpenWaitlistRequest,
  OpenWaitlistResult,
  SeatsAside,
  SoldAllocation,
  SoldPage,
  WaitlistSupply,
} from "../../../services/event/inventory/types.ts";
import type {
  CommitBatchResult,
  ExtendItem,
  ExtendResult,
  HoldBatchResult,
  ReleaseBatchResult,
} from "../../../services/event/inventory/types.ts";
import { type HoldOfEvent, holdSeats } from "./hold.ts";
import { countBuyers, recountBuyers, refreshPlain } from "./limits.ts";
import { addPool, type PoolChange, resizePool, retirePool } from "./pools.ts";
import { releaseRows } from "./release.ts";
import {
  DEFAULT_TYPE,
  freeSeats,
  HELD_OF_EVENT,
  HOUSE,
  type ModelAllocation,
  type ModelEvent,
  type ModelInventory,
  type ModelTicketType,
  SeatTables,
} from "./tables.ts";
import { transfer, transferAllocations } from "./transfer.ts";
import {
  closeWaitlists,
  openWaitlists,
  settleIfOpen,
  settleSetAside,
  supplyOf,
} from "./waitlists.ts";

/** The page size of `GET /internal/allocations/sold`. */
const SOLD_PAGE = 500;

/** Event and time of an operation. */
interface At {
  eventId: string;
  now: Date;
}

/** What an organiser sets of a ticket type; the rest is as of a type that was just created. */
export type TypeSettings =
  & Pick<ModelTicketType, "event_id" | "type" | "ticket_type_id">
  & Partial<ModelTicketType>;

/**
 * In-memory model of the seat inventory: returns the same answers and writes the same ledger entries as the event
 * service on events_db. Each call is one transaction. `tests/conformance/seats` compares the two.
 */
export class SeatModel {
  readonly tables = new SeatTables();

  /** Adds an event with its house and its default type; the first ledger entry creates its seats. */
  addEvent(event: ModelEvent, capacity: number): void {
    const { event_id } = event;
    this.tables.events.put(event_id, event);
    this.tables.putInventory({
      event_id,
      pool: HOUSE,
      capacity: 0,
      held: 0,
      sold: 0,
      set_aside: 0,
      waitlist_open: false,
      plain: true,
      seq: -1,
    });
    this.tables.putType(typeRow({ event_id, type: DEFAULT_TYPE, ticket_type_id: event_id }));
    const made = { operation: "make", debit: "outside", credit: "available" } as const;
    transfer(this.tables, event_id, [{ ...made, pool: HOUSE, seats: capacity }]);
  }

  hold(input: HoldOfEvent): HoldBatchResult {
    return holdSeats(this.tables, input);
  }

  /** @param orders numbers the orders of the allocations; absent if each is an order of its own */
  commit(
    { eventId, allocationIds, orders, now }: At & {
      allocationIds: readonly string[];
      orders?: readonly number[] | undefined;
    },
  ): CommitBatchResult {
    const event = this.tables.events.get(eventId);
    const sells = event?.status === "published" && event.end_at > now;
    const isLive = ({ state, expires_at_ms }: ModelAllocation) =>
      state === "held" && sells && expires_at_ms > now.getTime();
    const broken = new Set(
      orders?.filter((_, i) => {
        const row = this.tables.allocation(eventId, allocationIds[i]!);
        return !row || !(row.state === "sold" || isLive(row));
      }),
    );
    const whole = allocationIds.filter((_, i) => !broken.has(orders?.[i] ?? -1));
    const rows = this.#distinct(eventId, whole).filter(isLive);
    const sold = rows.map((row): ModelAllocation => ({ ...row, state: "sold" }));
    for (const row of sold) this.tables.putAllocation(row);
    if (sold.length > 0) {
      const accounts = { operation: "commit", debit: "held", credit: "sold" } as const;
      transferAllocations(this.tables, eventId, { ...accounts, rows: sold });
      countBuyers(this.tables, { before: rows, after: sold });
    }
    const committed = new Set(
      whole.filter((id) => this.tables.allocation(eventId, id)?.state === "sold"),
    );
    return {
      ...counted(this.tables.house(eventId)),
      results: allocationIds.map((allocationId) => ({
        allocationId,
        outcome: committed.has(allocationId) ? "committed" : "refused",
      })),
    };
  }

  /** @param keep tickets of each allocation that stay; by default none */
  release(
    { eventId, allocationIds, keep }: Omit<At, "now"> & {
      allocationIds: readonly string[];
      keep?: readonly number[] | undefined;
    },
  ): ReleaseBatchResult {
    const kept = new Map<string, number>();
    allocationIds.forEach((id, i) =>
      kept.set(id, Math.min(kept.get(id) ?? Infinity, keep?.[i] ?? 0))
    );
    const rows = this.#distinct(eventId, allocationIds).filter((row) =>
      row.state !== "released" && row.quantity > kept.get(row.allocation_id)!
    );
    const released = new Set(rows.map(({ allocation_id }) => allocation_id));
    if (rows.length > 0) releaseRows(this.tables, eventId, rows, kept);
    return {
      ...asideOf(this.tables.house(eventId)),
      results: allocationIds.map((allocationId) => ({
        allocationId,
        outcome: released.delete(allocationId) ? "released" : "unchanged",
      })),
    };
  }

  extend({ eventId, items, now }: At & { items: readonly ExtendItem[] }): ExtendResult {
    const extended = new Set<string>();
    for (const { allocationId, expiresAt } of items) {
      const row = this.tables.allocation(eventId, allocationId);
      if (row?.state !== "held" || row.expires_at_ms <= now.getTime()) continue;
      extended.add(allocationId);
      const expiresAtMs = Math.max(row.expires_at_ms, expiresAt.getTime());
      this.tables.putAllocation({ ...row, expires_at_ms: expiresAtMs });
    }
    return {
      seq: this.tables.house(eventId)?.seq ?? 0,
      results: items.map(({ allocationId }) => ({
        allocationId,
        outcome: extended.has(allocationId) ? "extended" : "refused",
      })),
    };
  }

  lookUp(
    { eventId, allocationIds }: { eventId: string; allocationIds: string[] },
  ): AllocationState[] {
    return allocationIds.map((allocationId) => {
      const row = this.tables.allocation(eventId, allocationId);
      return { allocationId, state: row?.state ?? "unknown", quantity: row?.quantity ?? 0 };
    });
  }

  listSold(after: SoldAllocation | undefined, limit = SOLD_PAGE): SoldPage {
    const seen = this.tables.allocations.where((row) => !after || isAfter(row, after))
      .sort((a, b) => compare(a.event_id, b.event_id) || compare(a.allocation_id, b.allocation_id))
      .slice(0, limit);
    const last = seen.at(-1);
    return {
      allocations: seen.filter(({ state }) => state === "sold")
        .map(soldOf),
      ...(last && seen.length === limit ? { next: soldOf(last) } : {}),
    };
  }

  openWaitlist(request: OpenWaitlistRequest & { now: Date }): OpenWaitlistResult {
    return openWaitlists(this.tables, request);
  }

  closeWaitlist(request: CloseWaitlistRequest): CloseWaitlistResult {
    return closeWaitlists(this.tables, request);
  }

  waitlistSupply(question: { eventIds: readonly string[]; now: Date }): WaitlistSupply[] {
    return supplyOf(this.tables, question);
  }

  /**
   * Opens or closes the list of a type, whatever is free: as if somebody had begun to wait earlier. Returns `undefined`
   * for an unknown event.
   */
  setWaitlistOpen(eventId: string, open: boolean, number = DEFAULT_TYPE): SeatsAside | undefined {
    const type = this.tables.type(eventId, number);
    if (!type) return undefined;
    if (type.waitlist_open !== open) {
      this.tables.putType({ ...type, waitlist_open: open });
      settleSetAside(this.tables, eventId);
    }
    return asideOf(this.tables.house(eventId));
  }

  /** Changes `total_capacity`; returns whether the rules allow it. */
  resize(eventId: string, capacity: number): boolean {
    return !this.#isFinal(eventId) && resizePool(this.tables, { eventId, pool: HOUSE, capacity });
  }

  /** Makes a further pool; returns its number. */
  makePool(
    { eventId, poolId, name, capacity }: {
      eventId: string;
      poolId: string;
      name: string;
      capacity: number;
    },
  ): number {
    return addPool(this.tables, { event_id: eventId, pool_id: poolId, name }, capacity);
  }

  /** Changes the capacity of a pool; returns whether its taken seats allow it. */
  resizePool(change: PoolChange): boolean {
    return resizePool(this.tables, change);
  }

  /** Removes a further pool of which no seat is held or sold and that no type draws on. */
  retirePool(eventId: string, pool: number): boolean {
    return retirePool(this.tables, eventId, pool);
  }

  /** Creates a ticket type or changes it; what is held or sold of it stays as it is. */
  setType(settings: TypeSettings): void {
    const { event_id, type } = settings;
    const before = this.tables.type(event_id, type);
    const after = before ? { ...before, ...settings } : typeRow(settings);
    this.tables.putType(after);
    if (before?.max_per_buyer !== after.max_per_buyer) recountBuyers(this.tables, event_id, type);
    refreshPlain(this.tables, event_id);
    settleIfOpen(this.tables, event_id);
  }

  /** Changes the price of the default type. */
  setPrice(eventId: string, unitPriceMinor: number): void {
    const event = this.tables.events.get(eventId);
    if (!event) return;
    this.tables.events.put(eventId, { ...event, unit_price_minor: unitPriceMinor });
  }

  /** Sets how many tickets of the event one buyer can hold; `null`: any number. */
  setMaxHeld(eventId: string, maxHeld: number | null): void {
    const event = this.tables.events.get(eventId);
    if (!event) return;
    this.tables.events.put(eventId, { ...event, max_held_per_user: maxHeld });
    recountBuyers(this.tables, eventId, HELD_OF_EVENT);
    refreshPlain(this.tables, eventId);
  }

  /** Cancels the event, which is final. */
  cancelEvent(eventId: string): void {
    const event = this.tables.events.get(eventId);
    if (event) this.tables.events.put(eventId, { ...event, status: "cancelled" });
  }

  /** Ids of the events with holds that expired by `cutoff`. */
  eventsWithExpiredHolds(cutoff: Date): string[] {
    const due = this.tables.allocations.where((row) => isDue(row, cutoff));
    return [...new Set(due.map(({ event_id }) => event_id))];
  }

  /** Releases up to `limit` holds that expired by `cutoff`; returns their ids. */
  releaseExpired(
    { eventId, cutoff, limit }: { eventId: string; cutoff: Date; limit: number },
  ): string[] {
    const due = this.tables.allocations.where((row) =>
      row.event_id === eventId && isDue(row, cutoff)
    );
    const allocationIds = due.slice(0, limit).map(({ allocation_id }) => allocation_id);
    this.release({ eventId, allocationIds });
    return allocationIds;
  }

  #isFinal(eventId: string): boolean {
    return this.tables.events.get(eventId)?.status === "cancelled";
  }

  #distinct(eventId: string, allocationIds: readonly string[]): ModelAllocation[] {
    return [...new Set(allocationIds)].flatMap((id) => this.tables.allocation(eventId, id) ?? []);
  }
}

function typeRow(settings: TypeSettings): ModelTicketType {
  return {
    name: null,
    price_minor: null,
    pools: [HOUSE],
    units: [1],
    min_per_order: 1,
    max_per_order: null,
    max_per_buyer: null,
    sales_start: null,
    sales_end: null,
    status: "active",
    waitlist_open: false,
    waitlist_generation: 0,
    ...settings,
  };
}

function counted(inv: ModelInventory | undefined): { availableSeats: number; seq: number } {
  return { availableSeats: inv ? freeSeats(inv) : 0, seq: inv?.seq ?? 0 };
}

function asideOf(inv: ModelInventory | undefined): SeatsAside {
  return { ...counted(inv), setAside: inv?.set_aside ?? 0 };
}

function isDue({ state, expires_at_ms }: ModelAllocation, cutoff: Date): boolean {
  return state === "held" && expires_at_ms <= cutoff.getTime();
}

function isAfter(
  { event_id, allocation_id }: ModelAllocation,
  { eventId, allocationId }: SoldAllocation,
): boolean {
  return event_id > eventId || (event_id === eventId && allocation_id > allocationId);
}

function soldOf({ event_id, allocation_id }: ModelAllocation): SoldAllocation {
  return { eventId: event_id, allocationId: allocation_id };
}

/** Compares ids byte by byte, as PostgreSQL compares UUIDs. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
