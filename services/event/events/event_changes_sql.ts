import { exactlyOne, one, type Tx } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import { daysOf, DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import type { RefundPolicy } from "./refund_policy.ts";

/** An event's own columns, which its organiser sets. */
export interface EventColumns {
  name: string;
  description: string | null;
  venue_id: string;
  event_type: string;
  start_at: Date;
  end_at: Date;
  base_price_minor: number;
  currency: string;
  max_tickets_per_booking: number;
  refund_policy: RefundPolicy | null;
  timezone: string | null;
  image_url: string | null;
  public_counts: boolean;
}

/** When an event takes place. */
export type Schedule = Pick<EventColumns, "start_at" | "end_at" | "timezone">;

/** What of an event decides which changes are legal. */
export interface LockedEvent {
  status: "draft" | "published" | "cancelled";
  version: number;
  start_at: Date;
  end_at: Date;
  currency: string;
}

/** Whose events may be changed: one admin's, or with `undefined` everybody's. */
export interface EventScope {
  eventId: string;
  owner: string | undefined;
}

/** Adds a draft and its seats. */
export async function insertDraft(
  tx: Tx,
  { eventId, columns, capacity, createdBy, now }: {
    eventId: string;
    columns: EventColumns;
    capacity: number;
    createdBy: string;
    now: Date;
  },
): Promise<void> {
  const row = {
    ...withFilterColumns(columns, columns),
    refund_policy: columns.refund_policy && tx.json(columns.refund_policy),
    event_id: eventId,
    status: "draft",
    created_by: createdBy,
    created_at: now,
    updated_at: now,
  };
  await tx`INSERT INTO events ${tx(row)}`;
  await tx`INSERT INTO seat_inventory (event_id, capacity) VALUES (${eventId}, ${capacity})`;
}

/** Locks the seats of an event in scope; answers how many are held or sold, `undefined` out of scope. */
export function lockInventory(
  tx: Tx,
  { eventId, owner }: EventScope,
): Promise<number | undefined> {
  return one(
    tx<{ taken: number }[]>`
    SELECT i.held + i.sold AS taken
      FROM seat_inventory i
      JOIN events e USING (event_id)
     WHERE e.event_id = ${eventId} ${inScope(tx, owner)}
       FOR UPDATE OF i`,
    ({ taken }) => taken,
  );
}

/** Locks an event in scope. WARNING: where its seats are needed too, these are locked first. */
export function lockEvent(
  tx: Tx,
  { eventId, owner }: EventScope,
): Promise<LockedEvent | undefined> {
  return one(
    tx<LockedEvent[]>`
    SELECT e.status, e.version, e.start_at, e.end_at, e.currency
      FROM events e
     WHERE e.event_id = ${eventId} ${inScope(tx, owner)}
       FOR UPDATE`,
    (row) => row,
  );
}

/** Changes the event from `version` to the next. */
export function updateEventRow(
  tx: Tx,
  { eventId, version, schedule, changes, now }: {
    eventId: string;
    version: number;
    /** As it is before the changes. */
    schedule: Schedule;
    changes: Partial<EventColumns> & { status?: LockedEvent["status"] };
    now: Date;
  },
): Promise<number> {
  const { refund_policy, ...plain } = changes;
  const row = {
    ...withFilterColumns(plain, { ...schedule, ...plain }),
    ...(refund_policy === undefined
      ? {}
      : { refund_policy: refund_policy && tx.json(refund_policy) }),
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

/** Whether there are seats enough for all that are held and sold; the inventory is locked. */
export function callResizeInventory(
  tx: Tx,
  { eventId, capacity }: { eventId: string; capacity: number },
): Promise<boolean> {
  return exactlyOne(
    tx<{ resized: boolean }[]>`SELECT resized FROM resize_inventory(${eventId}, ${capacity})`,
    ({ resized }) => resized,
  );
}

/** Adds what lists filter by: the folded type, and the days of the event's schedule. */
export function withFilterColumns<Columns extends Partial<EventColumns>>(
  columns: Columns,
  { start_at: startsAt, end_at: endsAt, timezone }: Schedule,
) {
  const { event_type } = columns;
  const timeZone = timezone ?? DEFAULT_TIME_ZONE;
  const { firstDay, lastDay } = daysOf({ startsAt, endsAt, timeZone });
  return {
    ...columns,
    ...(event_type === undefined ? {} : { event_type_key: fold(event_type) }),
    first_day: firstDay,
    last_day: lastDay,
  };
}

function inScope(tx: Tx, owner: string | undefined) {
  return owner === undefined ? tx`` : tx`AND e.created_by = ${owner}`;
}
