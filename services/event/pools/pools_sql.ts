import { exactlyOne, many, type Sql, type Tx } from "@evently/shared/postgres";
import { availableSeats } from "../inventory/availability_sql.ts";
import { HOUSE } from "../inventory/ledger/chain.ts";
import { DEFAULT_TICKET_NAME } from "../inventory/types.ts";

/** What people call the house; it cannot be renamed. */
export const HOUSE_NAME = "House";

/** A pool of an event with its counters; the house's id is the event's. */
export interface PoolRecord {
  pool: number;
  poolId: string;
  name: string;
  capacity: number;
  available: number;
  held: number;
  sold: number;
  setAside: number;
}

/** The result of a change of capacity. */
export interface Resized {
  /** `false`: more seats than that are taken. */
  isResized: boolean;
  /** Seats held and sold. */
  taken: number;
}

/** The pools of an event, the house first; empty for an unknown event. */
export function listPools(sql: Sql, eventId: string): Promise<PoolRecord[]> {
  return many(
    sql<PoolRecord[]>`
    SELECT i.pool, coalesce(p.pool_id, i.event_id) AS "poolId", coalesce(p.name, ${HOUSE_NAME}) AS name,
           i.capacity, ${
      availableSeats(sql)
    } AS available, i.held, i.sold, i.set_aside AS "setAside"
      FROM seat_inventory i
      LEFT JOIN event_pools p ON p.event_id = i.event_id AND p.pool = i.pool
     WHERE i.event_id = ${eventId} AND (i.pool = ${HOUSE} OR p.pool_id IS NOT NULL)
     ORDER BY i.pool`,
    (row) => row,
  );
}

/** Adds a pool to a locked event; returns its number. */
export function callMakePool(
  tx: Tx,
  { eventId, poolId, name, capacity }: {
    eventId: string;
    poolId: string;
    name: string;
    capacity: number;
  },
): Promise<number> {
  return exactlyOne(
    tx<{ pool: number }[]>`
    SELECT make_pool(${eventId}, ${poolId}, ${name}, ${capacity}) AS pool`,
    ({ pool }) => pool,
  );
}

/** Changes the capacity of a pool of a locked event. */
export function callResizePool(
  tx: Tx,
  { eventId, pool, capacity }: { eventId: string; pool: number; capacity: number },
): Promise<Resized> {
  return exactlyOne(
    tx<Resized[]>`
    SELECT r.resized AS "isResized", r.taken
      FROM resize_pool(${eventId}, ${pool}::smallint, ${capacity}) AS r`,
    (row) => row,
  );
}

/** Takes a pool from a locked event; `false` if seats of it are held or sold, or a type draws on it. */
export function callRetirePool(
  tx: Tx,
  { eventId, pool }: { eventId: string; pool: number },
): Promise<boolean> {
  return exactlyOne(
    tx<{ retired: boolean }[]>`
    SELECT r.retired FROM retire_pool(${eventId}, ${pool}::smallint) AS r`,
    ({ retired }) => retired,
  );
}

/** Changes the name of a further pool of a locked event. */
export async function renamePool(
  tx: Tx,
  { eventId, pool, name }: { eventId: string; pool: number; name: string },
): Promise<void> {
  await tx`UPDATE event_pools SET name = ${name} WHERE event_id = ${eventId} AND pool = ${pool}`;
}

/** A ticket type that draws on a pool. */
export interface DrawingType {
  ticketTypeId: string;
  name: string;
  isArchived: boolean;
}

/** The ticket types that draw on a pool, by position. */
export function typesDrawingOn(
  sql: Sql,
  { eventId, pool }: { eventId: string; pool: number },
): Promise<DrawingType[]> {
  return many(
    sql<DrawingType[]>`
    SELECT t.ticket_type_id AS "ticketTypeId", coalesce(t.name, e.base_ticket_name, ${DEFAULT_TICKET_NAME}) AS name,
           t.status = 'archived' AS "isArchived"
      FROM ticket_types t
      JOIN events e USING (event_id)
     WHERE t.event_id = ${eventId} AND ${pool} = ANY (t.pools)
     ORDER BY t.position`,
    (row) => row,
  );
}

/** Takes a pool from the draws of all types of a locked event; a new version of those that drew on it. */
export async function dropDraws(
  tx: Tx,
  { eventId, pool, now }: { eventId: string; pool: number; now: Date },
): Promise<void> {
  await tx`
    UPDATE ticket_types t
       SET pools = array_remove(t.pools, ${pool}::smallint),
           units = ARRAY(SELECT d.units
                           FROM unnest(t.pools, t.units) WITH ORDINALITY AS d (pool, units, place)
                          WHERE d.pool <> ${pool}
                          ORDER BY d.place),
           version = t.version + 1,
           updated_at = ${now}
     WHERE t.event_id = ${eventId} AND ${pool} = ANY (t.pools)`;
}
