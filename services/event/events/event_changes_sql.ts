import { exactlyOne, many, one, type Sql, type Tx } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import { daysOf } from "@evently/shared/time_zone";
import { isOf, organisationOf } from "../organisations/scope_sql.ts";
import { HOUSE } from "../inventory/ledger/chain.ts";
import type { EventScope } from "./events_sql.ts";
import type { RefundPolicy } from "./refund_policy.ts";
import { withoutUndefined } from "./values.ts";

/** The columns of an event that its organiser sets. */
export interface EventColumns {
  name: string;
  description: string | null;
  venueId: string;
  eventType: string;
  startsAt: Date;
  endsAt: Date;
  basePriceMinor: number;
  currency: string;
  maxTicketsPerBooking: number;
  /** Tickets that a buyer can hold at once, not yet paid; `null`: no limit. */
  maxHeldPerUser: number | null;
  refundPolicy: RefundPolicy | null;
  timezone: string;
  imageUrl: string | null;
  accessNotes: string | null;
  publicCounts: boolean;
}

/** The columns of an event as they are asked for: without a time zone it has that of its venue. */
export type WishedColumns = Omit<EventColumns, "timezone"> & { timezone: string | null };

/** When an event takes place. */
export type Schedule = Pick<EventColumns, "startsAt" | "endsAt" | "timezone">;

/** The state of a locked event that decides which changes are legal. */
export interface LockedEvent {
  organisationId: string;
  name: string;
  status: "draft" | "published" | "cancelled";
  version: number;
  startsAt: Date;
  endsAt: Date;
  currency: string;
}

/** Adds a draft and its seats. */
export async function insertDraft(
  tx: Tx,
  { eventId, columns, capacity, createdBy, organisationId, now }: {
    eventId: string;
    columns: EventColumns;
    capacity: number;
    createdBy: string;
    organisationId: string;
    now: Date;
  },
): Promise<void> {
  const row = {
    ...toEventRow(tx, columns, columns),
    event_id: eventId,
    status: "draft",
    created_by: createdBy,
    organisation_id: organisationId,
    created_at: now,
    updated_at: now,
  };
  await tx`INSERT INTO events ${tx(row)}`;
  await tx`SELECT make_inventory(${eventId}, ${capacity}, ${now})`;
  if (columns.maxHeldPerUser !== null) await callRefreshPlain(tx, eventId);
}

/** The house of a locked event. */
export interface LockedInventory {
  /** Seats held and sold. */
  taken: number;
  isWaitlistOpen: boolean;
}

/** Locks the seats of an event in scope; `undefined` if there is none. */
export function lockInventory(
  tx: Tx,
  { eventId, organisations }: EventScope,
): Promise<LockedInventory | undefined> {
  return one(
    tx<LockedInventory[]>`
    SELECT i.held + i.sold AS taken, i.waitlist_open AS "isWaitlistOpen"
      FROM seat_inventory i
      JOIN events e USING (event_id)
     WHERE e.event_id = ${eventId} AND i.pool = 0 AND ${isOf(tx, organisationOf(tx), organisations)}
       FOR UPDATE OF i`,
    (row) => row,
  );
}

/** Locks an event in scope. WARNING: lock its seats first, if they are needed too. */
export function lockEvent(
  tx: Tx,
  { eventId, organisations }: EventScope,
): Promise<LockedEvent | undefined> {
  return one(
    tx<LockedEvent[]>`
    SELECT ${
      organisationOf(tx)
    } AS "organisationId", e.name, e.status, e.version, e.start_at AS "startsAt", e.end_at AS "endsAt", e.currency
      FROM events e
     WHERE e.event_id = ${eventId} AND ${isOf(tx, organisationOf(tx), organisations)}
       FOR UPDATE`,
    (row) => row,
  );
}

/** Whether the event ever sold a seat, given back or not. */
export function hasSold(tx: Tx, eventId: string): Promise<boolean> {
  return exactlyOne(
    tx<{ sold: boolean }[]>`
    SELECT EXISTS (
      SELECT FROM seat_ledger WHERE event_id = ${eventId} AND credit = 'sold' AND seats > 0
    ) AS sold`,
    ({ sold }) => sold,
  );
}

/** The price of a ticket type other than the default one. */
export interface TypePrice {
  type: number;
  priceMinor: number;
}

export function listTypePrices(tx: Tx, eventId: string): Promise<TypePrice[]> {
  return many(
    tx<TypePrice[]>`
    SELECT type, price_minor AS "priceMinor" FROM ticket_types
     WHERE event_id = ${eventId} AND price_minor IS NOT NULL`,
    (row) => row,
  );
}

/** Changes prices of ticket types, and increments the types' versions. */
export async function updateTypePrices(
  tx: Tx,
  { eventId, prices, now }: { eventId: string; prices: readonly TypePrice[]; now: Date },
): Promise<void> {
  if (prices.length === 0) return;
  await tx`
    UPDATE ticket_types t SET price_minor = p.price_minor, version = t.version + 1, updated_at = ${now}
      FROM unnest(
        ${prices.map(({ type }) => type)}::integer[],
        ${prices.map(({ priceMinor }) => priceMinor)}::integer[]
      ) AS p (type, price_minor)
     WHERE t.event_id = ${eventId} AND t.type = p.type`;
}

/** Changes the event from `version` to the next one, which it returns. */
export function updateEventRow(
  tx: Tx,
  { eventId, version, schedule, changes, now }: {
    eventId: string;
    version: number;
    /** Before the changes. */
    schedule: Schedule;
    changes: Partial<EventColumns> & { status?: LockedEvent["status"] };
    now: Date;
  },
): Promise<number> {
  const { status, ...columns } = changes;
  const row = {
    ...toEventRow(tx, columns, { ...schedule, ...columns }),
    ...(status === undefined ? {} : { status }),
    version: version + 1,
    updated_at: now,
  };
  return exactlyOne(
    tx<{ version: number }[]>`
    UPDATE events SET ${tx(row)}
     WHERE event_id = ${eventId} AND version = ${version}
    RETURNING version`,
    (updated) => updated.version,
  );
}

/** Changes the capacity of a locked inventory; `false` if more seats are held and sold. */
export function callResizeInventory(
  tx: Tx,
  { eventId, capacity }: { eventId: string; capacity: number },
): Promise<boolean> {
  return exactlyOne(
    tx<{ resized: boolean }[]>`SELECT resized FROM resize_pool(${eventId}, ${HOUSE}, ${capacity})`,
    ({ resized }) => resized,
  );
}

/** The type number under which `seat_buyers` counts what buyers hold of an event. */
export const HOLDS_OF_EVENT = -1;

/** Recounts what each buyer has of a type, or holds of the event; after a limit of a locked event was changed. */
export async function callRecountBuyers(
  tx: Tx,
  { eventId, type }: { eventId: string; type: number },
): Promise<void> {
  await tx`SELECT FROM recount_buyers(${eventId}, ${type}::smallint)`;
}

/** Decides anew by which path an event is sold; after its types, pools or limits were changed under the lock. */
export async function callRefreshPlain(tx: Tx, eventId: string): Promise<void> {
  await tx`SELECT FROM refresh_plain(${eventId})`;
}

/**
 * Sets as many seats aside as those who wait could use; after types were changed under the lock, while a waitlist is open.
 * Changes of pools do so themselves.
 */
export async function callSettleSetAside(tx: Tx, eventId: string): Promise<void> {
  await tx`SELECT FROM settle_set_aside(${eventId})`;
}

/** Changes name and price of the default ticket type, which are the event's, and increments the event's version. */
export async function updateDefaultTicket(
  tx: Tx,
  { eventId, name, priceMinor, now }: {
    eventId: string;
    name: string | undefined;
    priceMinor: number | undefined;
    now: Date;
  },
): Promise<void> {
  const row = withoutUndefined({ base_ticket_name: name, base_price_minor: priceMinor });
  await tx`
    UPDATE events SET ${tx(row)}, version = version + 1, updated_at = ${now}
     WHERE event_id = ${eventId}`;
}

/** Gives the default type of a new event the name that it has in another event. */
export async function copyDefaultName(
  tx: Tx,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx`
    UPDATE events e SET base_ticket_name = s.base_ticket_name
      FROM events s
     WHERE s.event_id = ${from} AND e.event_id = ${to}`;
}

/** Increments the version of a ticket type of which something changed that is not in its row. */
export async function stepTypeVersion(
  tx: Tx,
  { eventId, ticketTypeId, now }: { eventId: string; ticketTypeId: string; now: Date },
): Promise<void> {
  await tx`
    UPDATE ticket_types SET version = version + 1, updated_at = ${now}
     WHERE event_id = ${eventId} AND ticket_type_id = ${ticketTypeId}`;
}

/** The columns given, and those that lists filter by: the folded name and type, and the first and last day of the schedule. */
export function toEventRow(sql: Sql, columns: Partial<EventColumns>, schedule: Schedule) {
  const { startsAt, endsAt } = schedule;
  const { firstDay, lastDay } = daysOf({ startsAt, endsAt, timeZone: schedule.timezone });
  const { name, eventType, refundPolicy } = columns;
  return {
    ...withoutUndefined({
      name,
      name_key: name === undefined ? undefined : fold(name),
      description: columns.description,
      venue_id: columns.venueId,
      event_type: eventType,
      event_type_key: eventType === undefined ? undefined : fold(eventType),
      start_at: columns.startsAt,
      end_at: columns.endsAt,
      base_price_minor: columns.basePriceMinor,
      currency: columns.currency,
      max_tickets_per_booking: columns.maxTicketsPerBooking,
      max_held_per_user: columns.maxHeldPerUser,
      refund_policy: refundPolicy && sql.json(refundPolicy),
      timezone: columns.timezone,
      image_url: columns.imageUrl,
      access_notes: columns.accessNotes,
      public_counts: columns.publicCounts,
    }),
    first_day: firstDay,
    last_day: lastDay,
  };
}
