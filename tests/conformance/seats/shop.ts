import { ManualClock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import { commitSeats } from "../../../services/event/inventory/commit_seats.ts";
import { closeWaitlist } from "../../../services/event/inventory/close_waitlist.ts";
import { extendSeats } from "../../../services/event/inventory/extend_seats.ts";
import { holdSeats } from "../../../services/event/inventory/hold_seats.ts";
import { lookUpAllocations } from "../../../services/event/inventory/allocations_sql.ts";
import { openWaitlist } from "../../../services/event/inventory/open_waitlist.ts";
import { releaseSeats } from "../../../services/event/inventory/release_seats.ts";
import { runSeatSweep, SWEEP_GRACE_MS } from "../../../services/event/inventory/run_seat_sweep.ts";
import type {
  AllocationState,
  CloseWaitlistResult,
  CommitBatchResult,
  ExtendItem,
  ExtendResult,
  HoldBatchResult,
  HoldItem,
  ListedType,
  OpenWaitlistResult,
  ReleaseBatchResult,
  WaitlistSupply,
  WaitlistWish,
} from "../../../services/event/inventory/types.ts";
import { readWaitlistSupply } from "../../../services/event/inventory/waitlists_sql.ts";
import type { EventWorld } from "../../../services/event/testing/world.ts";
import { SeatModel } from "../../models/seats/seat_model.ts";
import { type Organiser, organiserOf } from "./organiser.ts";

export interface HoldOptions {
  source?: "public" | "waitlist";
  revive?: boolean;
}

/** An event with pools, ticket types and limits, of the real service or of a model. */
export interface Shop extends Organiser {
  hold(items: readonly HoldItem[], options?: HoldOptions): Promise<HoldBatchResult>;
  commit(allocationIds: readonly string[], orders?: readonly number[]): Promise<CommitBatchResult>;
  release(allocationIds: readonly string[], keep?: readonly number[]): Promise<ReleaseBatchResult>;
  extend(items: readonly ExtendItem[]): Promise<ExtendResult>;
  lookUp(allocationIds: string[]): Promise<AllocationState[]>;
  openWaitlist(wanted: readonly WaitlistWish[]): Promise<OpenWaitlistResult>;
  closeWaitlist(types: readonly ListedType[]): Promise<CloseWaitlistResult>;
  supply(): Promise<WaitlistSupply>;
  /** Releases holds that expired at least the grace period ago. */
  sweep(): Promise<void>;
  cancelEvent(): Promise<void>;
  advance(byMs: number): void;
}

/** Most tickets of one booking, in every shop. */
export const MAX_TICKETS = 10;
const MAX_RELEASED = 512;
const DAY_MS = 24 * 3_600_000;
const PRICE_MINOR = 149_950;

/** Opens a shop on a new event of the real service; its verbs run on events_db. */
export async function realShop(
  world: EventWorld,
  capacity: number,
): Promise<Shop & { eventId: string }> {
  const { sql, clock, context: { seatNews } } = world;
  const organiser = await world.actor();
  const fields = { total_capacity: capacity, max_tickets_per_booking: MAX_TICKETS };
  const { event_id: eventId } = await world.event({ organiser, fields });
  const search = { eventChanged: () => Promise.resolve() };
  const deps = { seatSql: sql, clock, search, seatNews };
  return {
    ...organiserOf(sql, eventId, () => clock.now()),
    eventId,
    async hold(items, { source = "public", revive = false } = {}) {
      const [answer] = await holdSeats(deps, { batches: [{ eventId, items }], source, revive });
      return answer!;
    },
    async commit(allocationIds, orders) {
      const [answer] = await commitSeats(deps, [{ eventId, allocationIds, orders }]);
      return answer!;
    },
    async release(allocationIds, keep) {
      const [answer] = await releaseSeats(deps, [{ eventId, allocationIds, keep }]);
      return answer!;
    },
    openWaitlist: (wanted) => openWaitlist(deps, { eventId, wanted }),
    closeWaitlist: (types) => closeWaitlist(deps, { eventId, types }),
    async supply() {
      const [supply] = await readWaitlistSupply(sql, { eventIds: [eventId], now: clock.now() });
      return supply!;
    },
    extend: (items) => extendSeats(deps, { eventId, items }),
    lookUp: (allocationIds) => lookUpAllocations(sql, { eventId, allocationIds }),
    async sweep() {
      await runSeatSweep(deps);
    },
    async cancelEvent() {
      await world.send("DELETE", `/admin/events/${eventId}`, { token: organiser.token });
    },
    advance: (byMs) => clock.advance(byMs),
  };
}

/** Opens a shop of a model. */
export function modelShop(
  { now, eventId, capacity }: { now: Date; eventId: string; capacity: number },
): Shop & { model: SeatModel } {
  const clock = new ManualClock(now);
  const model = new SeatModel();
  model.addEvent({
    event_id: eventId,
    status: "published",
    start_at: new Date(now.getTime() + 30 * DAY_MS),
    end_at: new Date(now.getTime() + 31 * DAY_MS),
    unit_price_minor: PRICE_MINOR,
    currency: "INR",
    max_tickets_per_booking: MAX_TICKETS,
  }, capacity);
  const at = () => ({ eventId, now: clock.now() });
  return {
    model,
    hold: (items, { source = "public", revive = false } = {}) =>
      answer(model.hold({ ...at(), items, source, revive })),
    commit: (allocationIds, orders) => answer(model.commit({ ...at(), allocationIds, orders })),
    release: (allocationIds, keep) => answer(model.release({ eventId, allocationIds, keep })),
    openWaitlist: (wanted) => answer(model.openWaitlist({ ...at(), wanted })),
    closeWaitlist: (types) => answer(model.closeWaitlist({ eventId, types })),
    supply: () => answer(model.waitlistSupply({ eventIds: [eventId], now: clock.now() })[0]!),
    extend: (items) => answer(model.extend({ ...at(), items })),
    lookUp: (allocationIds) => answer(model.lookUp({ eventId, allocationIds })),
    sweep() {
      const cutoff = new Date(clock.now().getTime() - SWEEP_GRACE_MS);
      for (const due of model.eventsWithExpiredHolds(cutoff)) {
        model.releaseExpired({ eventId: due, cutoff, limit: MAX_RELEASED });
      }
      return Promise.resolve();
    },
    cancelEvent: () => answer(model.cancelEvent(eventId)),
    ...modelOrganiser(model, eventId),
    advance: (byMs) => clock.advance(byMs),
  };
}

/** Changes pools, types and limits of an event of a model. */
export function modelOrganiser(model: SeatModel, eventId: string): Organiser {
  return {
    makePool: (pool) => answer(model.makePool({ eventId, ...pool })),
    resizePool: (pool, capacity) => answer(model.resizePool({ eventId, pool, capacity })),
    retirePool: (pool) => answer(model.retirePool(eventId, pool)),
    setType: (settings) => answer(model.setType(settings)),
    setMaxHeld: (maxHeld) => answer(model.setMaxHeld(eventId, maxHeld)),
    setWaitlistOpen: (open, type) => answer(void model.setWaitlistOpen(eventId, open, type)),
  };
}

/** The answer of a call that was made at once, so that calls happen in the order in which they are made. */
function answer<Result>(result: Result): Promise<Result> {
  return Promise.resolve(result);
}

/** All rows of an event in events_db, in the form of {@link rowsOfModel}. */
export async function rowsOfPostgres(sql: Sql, eventId: string) {
  const inventories = await sql`
    SELECT pool, capacity, held, sold, set_aside, waitlist_open, plain, seq
      FROM seat_inventory WHERE event_id = ${eventId} ORDER BY pool`;
  const pools = await sql`
    SELECT pool, pool_id, name FROM event_pools WHERE event_id = ${eventId} ORDER BY pool`;
  const types = await sql`
    SELECT type, ticket_type_id, name, price_minor, pools::integer[], units, min_per_order, max_per_order, max_per_buyer,
           sales_start, sales_end, status, waitlist_open, waitlist_generation
      FROM ticket_types WHERE event_id = ${eventId} ORDER BY type`;
  const allocations = await sql`
    SELECT allocation_id, quantity, state, source, type, buyer_id, unit_price_minor, pools::integer[], units, expires_at
      FROM seat_allocations WHERE event_id = ${eventId} ORDER BY allocation_id`;
  const buyers = await sql`
    SELECT buyer_id, type, taken
      FROM seat_buyers WHERE event_id = ${eventId} AND taken > 0 ORDER BY buyer_id, type`;
  const ledger = await sql`
    SELECT seq, pool, operation, debit, credit, seats, available, held, sold, set_aside,
           ARRAY(SELECT id || ' ' || quantity FROM unnest(allocation_ids, quantities) AS m (id, quantity)
                  ORDER BY id) AS moved
      FROM seat_ledger WHERE event_id = ${eventId} ORDER BY seq`;
  const values = (rows: Iterable<object>) => [...rows].map((row) => Object.values(row));
  return {
    inventories: values(inventories),
    pools: values(pools),
    types: values(types),
    allocations: values(allocations),
    buyers: values(buyers),
    ledger: values(ledger),
  };
}

/** All rows of an event in a model; the allocations that a ledger entry moved are compared as a set. */
export function rowsOfModel({ tables }: SeatModel, eventId: string) {
  const byKey = <Row>(rows: Iterable<Row>, keyOf: (row: Row) => string) =>
    [...rows].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
  return {
    inventories: tables.inventoriesOf(eventId).map((row) => [
      row.pool,
      row.capacity,
      row.held,
      row.sold,
      row.set_aside,
      row.waitlist_open,
      row.plain,
      row.seq,
    ]),
    pools: [...tables.pools.rows()].sort((a, b) => a.pool - b.pool)
      .map(({ pool, pool_id, name }) => [pool, pool_id, name]),
    types: tables.typesOf(eventId).sort((a, b) => a.type - b.type).map((row) => [
      row.type,
      row.ticket_type_id,
      row.name,
      row.price_minor,
      row.pools,
      row.units,
      row.min_per_order,
      row.max_per_order,
      row.max_per_buyer,
      row.sales_start,
      row.sales_end,
      row.status,
      row.waitlist_open,
      row.waitlist_generation,
    ]),
    allocations: byKey(tables.allocations.rows(), ({ allocation_id }) => allocation_id)
      .map((row) => [
        row.allocation_id,
        row.quantity,
        row.state,
        row.source,
        row.type,
        row.buyer_id,
        row.unit_price_minor,
        row.pools,
        row.units,
        new Date(row.expires_at_ms),
      ]),
    buyers: byKey(tables.buyers.rows(), ({ buyer_id, type }) => `${buyer_id} ${type}`)
      .filter(({ taken }) => taken > 0)
      .map(({ buyer_id, type, taken }) => [buyer_id, type, taken]),
    ledger: [...tables.ledger.rows()].map((entry) => [
      entry.seq,
      entry.pool,
      entry.operation,
      entry.debit,
      entry.credit,
      entry.seats,
      entry.available,
      entry.held,
      entry.sold,
      entry.setAside,
      entry.allocation_ids.map((id, i) => `${id} ${entry.quantities[i]}`).sort(),
    ]),
  };
}
