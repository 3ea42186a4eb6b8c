import { arrayLiteral, many, type Sql, type Tx } from "@evently/shared/postgres";
import { withoutUndefined } from "../events/values.ts";
import { typeTerms } from "../inventory/availability_sql.ts";

/** The number of the default type of every event; its id is the event's. */
export const DEFAULT_TYPE = 0;

export type TicketKind = "paid" | "free";
export type TicketTypeStatus = "active" | "paused" | "archived";

/** A ticket type as stored; name and price of the default type are the event's. */
export interface TicketTypeRecord {
  type: number;
  ticketTypeId: string;
  name: string;
  description: string | null;
  kind: TicketKind;
  priceMinor: number;
  /** The pools that one ticket takes seats of, ascending; the first is the house. */
  pools: number[];
  /** Seats that one ticket takes of each of `pools`. */
  units: number[];
  minPerOrder: number;
  maxPerOrder: number | null;
  maxPerBuyer: number | null;
  salesStart: Date | null;
  salesEnd: Date | null;
  status: TicketTypeStatus;
  /** Whether people wait for it. */
  isWaitlistOpen: boolean;
  position: number;
  version: number;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns that an organiser sets. */
export type TicketTypeColumns = Omit<
  TicketTypeRecord,
  "type" | "ticketTypeId" | "isWaitlistOpen" | "position" | "version" | "createdAt" | "updatedAt"
>;

/** Tickets of a type that buyers have; a family ticket is one. */
export interface TicketsTaken {
  held: number;
  sold: number;
}

/** The ticket types of an event by position, archived ones, too; empty for an unknown event. */
export function listTicketTypes(sql: Sql, eventId: string): Promise<TicketTypeRecord[]> {
  const { name, kind, priceMinor } = typeTerms(sql);
  return many(
    sql<TicketTypeRecord[]>`
    SELECT y.type, y.ticket_type_id AS "ticketTypeId",
           ${name} AS name, y.description, ${kind} AS kind, ${priceMinor} AS "priceMinor",
           y.pools::integer[] AS pools, y.units, y.min_per_order AS "minPerOrder",
           y.max_per_order AS "maxPerOrder", y.max_per_buyer AS "maxPerBuyer", y.sales_start AS "salesStart",
           y.sales_end AS "salesEnd", y.status, y.waitlist_open AS "isWaitlistOpen", y.position, y.version, y.created_at AS "createdAt",
           y.updated_at AS "updatedAt"
      FROM ticket_types y
      JOIN events e USING (event_id)
     WHERE y.event_id = ${eventId}
     ORDER BY y.position, y.type`,
    (row) => row,
  );
}

/** Tickets held and sold by type; a type without any is absent. Reads all allocations of the event. */
export async function countTickets(
  sql: Sql,
  eventId: string,
): Promise<ReadonlyMap<number, TicketsTaken>> {
  const rows = await sql<({ type: number } & TicketsTaken)[]>`
    SELECT a.type, coalesce(sum(a.quantity) FILTER (WHERE a.state = 'held'), 0) AS held,
           coalesce(sum(a.quantity) FILTER (WHERE a.state = 'sold'), 0) AS sold
      FROM seat_allocations a
     WHERE a.event_id = ${eventId} AND a.state IN ('held', 'sold')
     GROUP BY a.type`;
  return new Map(rows.map(({ type, held, sold }) => [type, { held, sold }]));
}

/** Whether a ticket of the type was ever held, in a locked event. */
export async function wasEverHeld(
  tx: Tx,
  { eventId, type }: { eventId: string; type: number },
): Promise<boolean> {
  const found = await tx`
    SELECT FROM seat_allocations a WHERE a.event_id = ${eventId} AND a.type = ${type} LIMIT 1`;
  return found.length > 0;
}

/** Adds a type other than the default one to a locked event. */
export async function insertTicketType(
  tx: Tx,
  { eventId, type, ticketTypeId, position, columns, now }: {
    eventId: string;
    type: number;
    ticketTypeId: string;
    position: number;
    columns: TicketTypeColumns;
    now: Date;
  },
): Promise<void> {
  const row = {
    ...toTicketTypeRow(columns),
    event_id: eventId,
    type,
    ticket_type_id: ticketTypeId,
    position,
    created_at: now,
    updated_at: now,
  };
  await tx`INSERT INTO ticket_types ${tx(row)}`;
}

/** Changes a type of a locked event and increments its version; name and price of the default type stay. */
export async function updateTicketTypeRow(
  tx: Tx,
  { eventId, type, changes, now }: {
    eventId: string;
    type: number;
    changes: Partial<TicketTypeColumns>;
    now: Date;
  },
): Promise<void> {
  const { name: _name, priceMinor: _price, kind: _kind, ...ofDefault } = changes;
  const row = {
    ...toTicketTypeRow(type === DEFAULT_TYPE ? ofDefault : changes),
    updated_at: now,
  };
  await tx`
    UPDATE ticket_types SET ${tx(row)}, version = version + 1
     WHERE event_id = ${eventId} AND type = ${type}`;
}

/** Moves types of a locked event to the positions that they have in `order`. */
export async function writePositions(
  tx: Tx,
  { eventId, order }: { eventId: string; order: readonly number[] },
): Promise<void> {
  await tx`
    UPDATE ticket_types t
       SET position = o.place - 1
      FROM unnest(${[...order]}::integer[]) WITH ORDINALITY AS o (type, place)
     WHERE t.event_id = ${eventId} AND t.type = o.type AND t.position <> o.place - 1`;
}

/** Removes a type that was never held from a locked event. */
export async function deleteTicketTypeRow(
  tx: Tx,
  { eventId, type }: { eventId: string; type: number },
): Promise<void> {
  await tx`DELETE FROM ticket_types WHERE event_id = ${eventId} AND type = ${type}`;
}

function toTicketTypeRow(columns: Partial<TicketTypeColumns>) {
  const { pools, units } = columns;
  return withoutUndefined({
    name: columns.name,
    description: columns.description,
    kind: columns.kind,
    price_minor: columns.priceMinor,
    pools: pools && arrayLiteral(pools),
    units: units && arrayLiteral(units),
    min_per_order: columns.minPerOrder,
    max_per_order: columns.maxPerOrder,
    max_per_buyer: columns.maxPerBuyer,
    sales_start: columns.salesStart,
    sales_end: columns.salesEnd,
    status: columns.status,
  });
}
