import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type {
  CloseWaitlistRequest,
  OpenWaitlistRequest,
  SuppliedType,
  WaitlistSupply,
  WishResult,
} from "./types.ts";

/** The house before and after an operation; nulls for an unknown event. */
interface SeatsMoved<Absent = never> {
  availableBefore: number | Absent;
  available: number | Absent;
  setAside: number | Absent;
  seq: number | Absent;
}

/** A row of `open_waitlists`. */
export interface OpenedWaitlists extends SeatsMoved<null> {
  /** Null for an unknown event. */
  isOnSale: boolean | null;
  results: WishResult[];
}

/** A row of `close_waitlists`. */
export interface ClosedWaitlists extends SeatsMoved {
  closed: string[];
}

/** Opens the lists of each wish that nobody could buy now, in their order. */
export function callOpenWaitlists(
  sql: Sql,
  { eventId, wanted, now }: OpenWaitlistRequest & { now: Date },
): Promise<OpenedWaitlists> {
  const types = wanted.flatMap(({ ticketTypeIds }, i) =>
    ticketTypeIds.map((id) => ({ id, wish: i + 1 }))
  );
  return exactlyOne(
    sql<OpenedWaitlists[]>`
    SELECT w.on_sale AS "isOnSale", w.results, w.available_before AS "availableBefore", w.available,
           w.set_aside AS "setAside", w.seq
      FROM open_waitlists(
        ${eventId}, ${types.map(({ id }) => id)}::uuid[], ${
      types.map(({ wish }) => wish)
    }::integer[],
        ${wanted.map(({ minQuantity }) => minQuantity)}::integer[], ${now}) AS w`,
    (row) => row,
  );
}

/** Closes lists that are still of the generations given. */
export function callCloseWaitlists(
  sql: Sql,
  { eventId, types }: CloseWaitlistRequest,
): Promise<ClosedWaitlists> {
  return exactlyOne(
    sql<ClosedWaitlists[]>`
    SELECT w.closed, w.available_before AS "availableBefore", w.available, w.set_aside AS "setAside", w.seq
      FROM close_waitlists(
        ${eventId}, ${types.map(({ ticketTypeId }) => ticketTypeId)}::uuid[],
        ${types.map(({ generation }) => generation)}::integer[]) AS w`,
    (row) => row,
  );
}

/** What can be offered of events, each as it is at one moment; by event. */
export function readWaitlistSupply(
  sql: Sql,
  { eventIds, now }: { eventIds: readonly string[]; now: Date },
): Promise<WaitlistSupply[]> {
  type Row = Omit<WaitlistSupply, "types"> & { types: TypeRow[] };
  return many(
    sql<Row[]>`
    SELECT e.event_id AS "eventId", e.start_at AS "startsAt", i.seq,
           e.status = 'published' AND e.start_at > ${now} AS "isOnSale",
           (SELECT jsonb_object_agg(p.pool, p.set_aside) FROM seat_inventory p WHERE p.event_id = e.event_id)
             AS "setAside",
           (SELECT jsonb_agg(jsonb_build_object(
                     'ticketTypeId', y.ticket_type_id, 'pools', y.pools, 'units', y.units,
                     'generation', y.waitlist_generation, 'isOpen', y.waitlist_open, 'status', y.status,
                     'salesStart', y.sales_start, 'salesEnd', y.sales_end, 'minPerOrder', y.min_per_order,
                     'largestOrder', least(
                       least(e.max_tickets_per_booking, e.max_held_per_user) / y.units[1],
                       y.max_per_order, y.max_per_buyer)
                   ) ORDER BY y.position, y.type)
              FROM ticket_types y WHERE y.event_id = e.event_id) AS types
      FROM events e
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0
     WHERE e.event_id = ANY (${[...eventIds]}::uuid[])
     ORDER BY e.event_id`,
    ({ types, ...event }) => ({ ...event, types: types.map(toSuppliedType) }),
  );
}

type TypeRow = Omit<SuppliedType, "salesStart" | "salesEnd"> & {
  salesStart: string | null;
  salesEnd: string | null;
};

function toSuppliedType({ salesStart, salesEnd, ...type }: TypeRow): SuppliedType {
  return {
    ...type,
    ...(salesStart === null ? {} : { salesStart: new Date(salesStart) }),
    ...(salesEnd === null ? {} : { salesEnd: new Date(salesEnd) }),
  };
}
