/** The rows to compare, as positional values, since column names differ. */
import type { Pool } from "@evently/shared/postgres";
import type { BookingTables } from "../../simulation/model/tables.ts";

/** Rows by table, each as a sorted list. */
type Rows = Record<string, unknown[][]>;

export async function rowsOfPostgres(sql: Pool, eventIds: readonly string[]): Promise<Rows> {
  const of = sql`event_id = ANY (${eventIds}::uuid[])`;
  const tables = {
    queues: await sql`
      SELECT event_id, last_place, joined_at, version, is_open, paused_at, claimed_at FROM waitlist_queues WHERE ${of}`,
    entries: await sql`
      SELECT entry_id, status, place, quantity, min_quantity, passed, round, gathering_since, stands_back_until,
             offer_id, offer_type_id, offer_quantity, offer_expires_at, offer_is_last, offered_at, closed_reason
        FROM waitlist_entries WHERE ${of}`,
    passes: await sql`
      SELECT entry_id, offer_id, seats, by_entry_id, by_place, kept, passed_at FROM waitlist_passes WHERE ${of}`,
    claims: await sql`SELECT claim_id, offer_id FROM waitlist_claims WHERE ${of}`,
    bookings: await sql`
      SELECT booking_id, entry_id, status, payment_status, quantity, total_minor, extended_at, cancelled_at, expired_at
        FROM bookings WHERE ${of}`,
    outbox: await sql`SELECT subject_id, topic, due_at, payload FROM outbox WHERE ${of}`,
  };
  return sorted(tables);
}

export function rowsOfModel(tables: BookingTables): Rows {
  const orNull = <T>(value: T | undefined) => value ?? null;
  return sorted({
    queues: [...tables.queues.rows()].map((row) => [
      row.eventId,
      row.lastPlace,
      orNull(row.joinedAt),
      row.version,
      row.isOpen,
      orNull(row.pausedAt),
      orNull(row.claimedAt),
    ]),
    entries: [...tables.entries.rows()].map(({ lastOffer, ...row }) => [
      row.entryId,
      row.status,
      row.place,
      row.quantity,
      row.minQuantity,
      row.passed,
      row.round,
      orNull(row.gatheringSince),
      orNull(row.standsBackUntil),
      orNull(lastOffer?.offerId),
      orNull(lastOffer?.ticketTypeId),
      orNull(lastOffer?.quantity),
      orNull(lastOffer?.expiresAt),
      orNull(lastOffer?.isLast),
      orNull(lastOffer?.offeredAt),
      orNull(row.closedReason),
    ]),
    passes: tables.passes.map((row) => [
      row.entryId,
      row.offerId,
      row.seats,
      row.byEntryId,
      row.byPlace,
      row.kept,
      row.passedAt,
    ]),
    claims: [...tables.claims.rows()].map(({ claimId, offerId }) => [claimId, offerId]),
    bookings: [...tables.bookings.rows()].map((row) => [
      row.bookingId,
      orNull(row.entryId),
      row.status,
      row.paymentStatus,
      row.quantity,
      row.totalMinor,
      orNull(row.extendedAt),
      orNull(row.cancelledAt),
      orNull(row.expiredAt),
    ]),
    outbox: [...tables.outbox.rows()].map(({ message, dueAt }) => [
      message.subjectId,
      message.topic,
      dueAt,
      message.payload,
    ]),
  });
}

function sorted(tables: Record<string, readonly object[]>): Rows {
  return Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [
      name,
      rows.map((row) => Object.values(row)).toSorted((a, b) =>
        JSON.stringify(a) < JSON.stringify(b) ? -1 : 1
      ),
    ]),
  );
}
