import type {
  AllocationState,
  SoldAllocation,
  SoldPage,
} from "../../../services/event/inventory/types.ts";
import type {
  CommitBatchResult,
  ExtendItem,
  ExtendResult,
  HoldBatchResult,
  ReleaseBatchResult,
  WaitlistResult,
} from "../../../services/event/inventory/types.ts";
import { type HoldOfEvent, holdSeats } from "./hold.ts";
import {
  freeSeats,
  type ModelAllocation,
  type ModelEvent,
  type ModelInventory,
  recordEntry,
  releaseRows,
  SeatTables,
  transfer,
} from "./tables.ts";

/** The page size of `GET /internal/allocations/sold`. */
const SOLD_PAGE = 500;

/** Event and time of an operation. */
interface At {
  eventId: string;
  now: Date;
}

/**
 * In-memory model of the seat inventory: returns the same answers and writes the same ledger entries as the event
 * service on events_db. Each call is one transaction. `tests/conformance/seats` compares the two.
 */
export class SeatModel {
  readonly tables = new SeatTables();

  /** Adds an event and its inventory; the first ledger entry creates its seats. */
  addEvent(event: ModelEvent, capacity: number): void {
    this.tables.events.put(event.event_id, event);
    const inventory: ModelInventory = {
      event_id: event.event_id,
      capacity,
      held: 0,
      sold: 0,
      set_aside: 0,
      waitlist_open: false,
      seq: 0,
    };
    this.tables.inventories.put(event.event_id, inventory);
    const [debit, credit] = ["outside", "available"] as const;
    const entry = { operation: "make", debit, credit, seats: capacity, moved: [] } as const;
    recordEntry(this.tables, inventory, entry);
  }

  hold(input: HoldOfEvent): HoldBatchResult {
    return holdSeats(this.tables, input);
  }

  commit(
    { eventId, allocationIds, now }: At & { allocationIds: readonly string[] },
  ): CommitBatchResult {
    let inv = this.tables.inventories.get(eventId);
    const event = this.tables.events.get(eventId);
    const sells = event?.status === "published" && event.end_at > now;
    const sold = this.#held(eventId, allocationIds)
      .filter(({ expires_at_ms }) => sells && expires_at_ms > now.getTime());
    for (const row of sold) this.tables.putAllocation({ ...row, state: "sold" });
    if (inv && sold.length > 0) {
      const transferred = { operation: "commit", debit: "held", credit: "sold" } as const;
      inv = transfer(this.tables, inv, { ...transferred, moved: sold });
    }
    return {
      ...counted(inv),
      results: allocationIds.map((allocationId) => ({
        allocationId,
        outcome: this.tables.allocation(eventId, allocationId)?.state === "sold"
          ? "committed"
          : "refused",
      })),
    };
  }

  release(
    { eventId, allocationIds }: Omit<At, "now"> & { allocationIds: readonly string[] },
  ): ReleaseBatchResult {
    const rows = this.#distinct(eventId, allocationIds).filter(({ state }) => state !== "released");
    const inv = this.tables.inventories.get(eventId);
    const released = new Set(rows.map(({ allocation_id }) => allocation_id));
    return {
      ...counted(inv && releaseRows(this.tables, inv, rows)),
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
      seq: this.tables.inventories.get(eventId)?.seq ?? 0,
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

  /** Opens or closes the waitlist; returns `undefined` for an unknown event. */
  setWaitlistOpen(eventId: string, open: boolean): WaitlistResult | undefined {
    let inv = this.tables.inventories.get(eventId);
    if (!inv) return undefined;
    if (inv.waitlist_open !== open) {
      const [debit, credit] = open
        ? ["available", "set_aside"] as const
        : ["set_aside", "available"] as const;
      const seats = inv.capacity - inv.held - inv.sold;
      const opened = { ...inv, waitlist_open: open };
      inv = transfer(this.tables, opened, { operation: "waitlist", debit, credit, seats });
    }
    return { ...counted(inv), setAside: inv.set_aside };
  }

  /** Changes `total_capacity`; returns whether the rules allow it. */
  resize(eventId: string, capacity: number): boolean {
    const inv = this.tables.inventories.get(eventId);
    const final = this.tables.events.get(eventId)?.status === "cancelled";
    if (!inv || final || capacity < inv.held + inv.sold) return false;
    const free = inv.waitlist_open ? "set_aside" : "available";
    const [debit, credit] = capacity > inv.capacity
      ? ["outside", free] as const
      : [free, "outside"] as const;
    const seats = Math.abs(capacity - inv.capacity);
    if (seats > 0) transfer(this.tables, inv, { operation: "resize", debit, credit, seats });
    return true;
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

  #held(eventId: string, allocationIds: readonly string[]): ModelAllocation[] {
    return this.#distinct(eventId, allocationIds).filter(({ state }) => state === "held");
  }

  #distinct(eventId: string, allocationIds: readonly string[]): ModelAllocation[] {
    return [...new Set(allocationIds)].flatMap((id) => this.tables.allocation(eventId, id) ?? []);
  }
}

function counted(inv: ModelInventory | undefined): { availableSeats: number; seq: number } {
  return { availableSeats: inv ? freeSeats(inv) : 0, seq: inv?.seq ?? 0 };
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
