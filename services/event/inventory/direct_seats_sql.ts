import { exactlyOne, one, type Tx } from "@evently/shared/postgres";

/** Locks an event's seats, for a transaction that then locks the event and changes allocations. */
export async function lockSeats(tx: Tx, eventId: string): Promise<void> {
  await tx`SELECT FROM lock_inventory(${eventId})`;
}

/** Takes (negative) or returns seats without a booking; the inventory must be locked. */
export function callAdjustDirectSeats(
  tx: Tx,
  { eventId, returned, now }: { eventId: string; returned: number; now: Date },
): Promise<{ adjusted: boolean; available: number | null; setAside: number; seq: number }> {
  return exactlyOne(
    tx<{ adjusted: boolean; available: number | null; setAside: number; seq: number }[]>`
    SELECT adjusted, available, set_aside AS "setAside", seq
      FROM adjust_direct_seats(${eventId}, ${returned}, ${now})`,
    (row) => row,
  );
}

/** Increments the version of a published event; `undefined` if `version` is not the current one. */
export function stepVersion(
  tx: Tx,
  { eventId, version, now }: { eventId: string; version: number; now: Date },
): Promise<number | undefined> {
  return one(
    tx<{ version: number }[]>`
    UPDATE events
       SET version = version + 1, updated_at = ${now}
     WHERE event_id = ${eventId} AND status = 'published' AND version = ${version}
    RETURNING version`,
    (row) => row.version,
  );
}

/** Whether the event is published, sold out or not. */
export async function isPublished(tx: Tx, eventId: string): Promise<boolean> {
  const found = await tx`
    SELECT FROM events WHERE event_id = ${eventId} AND status = 'published'`;
  return found.length > 0;
}
