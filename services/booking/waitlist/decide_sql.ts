/** The steps of an offer: decided, made, or taken back. */
import { many, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import { MAX_REFERENCE_ATTEMPTS, toPending } from "../orders/insert_sql.ts";
import { type BookingRow, storedColumns, toBooking, toLineRow } from "../orders/rows.ts";
import { factOf } from "./facts_sql.ts";
import { isStill } from "./rows.ts";
import type { Decision, Pass, WaitlistStore } from "./store.ts";

type Input<Method extends keyof WaitlistStore> = Parameters<WaitlistStore[Method]>[0];

/**
 * Changes all or nothing: the queue is locked if it has the decision's version, then the entries that still wait; only
 * if these are all that are offered anything does any row change.
 */
export async function decide(sql: Sql, decision: Decision): Promise<boolean> {
  const { eventId, version, now, offers, passes } = decision;
  const offerOf = new Map(offers.map((offer) => [offer.entryId, offer]));
  const changes = changesOf(decision);
  const [row] = await sql<{ decided: boolean }[]>`
    WITH queue AS MATERIALIZED (
      SELECT q.event_id FROM waitlist_queues q
       WHERE q.event_id = ${eventId} AND q.version = ${version} AND q.paused_at IS NULL
         FOR UPDATE
    ), locked AS MATERIALIZED (
      SELECT w.entry_id FROM waitlist_entries w
       WHERE EXISTS (SELECT FROM queue) AND w.event_id = ${eventId} AND ${isStill(sql, "waiting")}
         AND w.entry_id = ANY (${changes.map(({ entryId }) => entryId)}::uuid[])
       ORDER BY w.entry_id
         FOR UPDATE
    ), agreed AS MATERIALIZED (
      SELECT count(*) AS offers
        FROM locked JOIN unnest(${
    offers.map(({ entryId }) => entryId)
  }::uuid[]) AS o (entry_id) USING (entry_id)
    ), decided AS (
      UPDATE waitlist_queues q SET version = q.version + 1
        FROM queue CROSS JOIN agreed
       WHERE q.event_id = ${eventId} AND agreed.offers = ${offers.length}
      RETURNING q.event_id
    ), changed AS (
      UPDATE waitlist_entries w
         SET passed = w.passed + c.passes,
             gathering_since = CASE c.gathers WHEN true THEN ${now} WHEN false THEN NULL ELSE w.gathering_since END,
             status = CASE WHEN c.offer_id IS NULL THEN w.status ELSE 'offering' END,
             round = CASE WHEN c.offer_id IS NULL THEN w.round ELSE w.round + 1 END,
             offer_id = coalesce(c.offer_id, w.offer_id),
             offer_type_id = coalesce(c.offer_type_id, w.offer_type_id),
             offer_quantity = coalesce(c.offer_quantity, w.offer_quantity),
             offer_expires_at = coalesce(c.offer_expires_at, w.offer_expires_at),
             offer_is_last = coalesce(c.offer_is_last, w.offer_is_last),
             offered_at = CASE WHEN c.offer_id IS NULL THEN w.offered_at ELSE ${now} END
        FROM unnest(
               ${changes.map(({ entryId }) => entryId)}::uuid[],
               ${changes.map(({ passes }) => passes)}::integer[],
               ${changes.map(({ gathers }) => gathers?.toString() ?? null)}::boolean[],
               ${changes.map(({ entryId }) => offerOf.get(entryId)?.offerId ?? null)}::uuid[],
               ${changes.map(({ entryId }) => offerOf.get(entryId)?.ticketTypeId ?? null)}::uuid[],
               ${changes.map(({ entryId }) => offerOf.get(entryId)?.quantity ?? null)}::integer[],
               ${
    changes.map(({ entryId }) => offerOf.get(entryId)?.expiresAt.toISOString() ?? null)
  }::timestamptz[],
               ${
    changes.map(({ entryId }) => offerOf.get(entryId)?.isLast.toString() ?? null)
  }::boolean[]
             ) AS c (entry_id, passes, gathers, offer_id, offer_type_id, offer_quantity, offer_expires_at, offer_is_last)
        JOIN locked USING (entry_id)
       CROSS JOIN decided
       WHERE w.entry_id = c.entry_id AND w.event_id = ${eventId} AND ${isStill(sql, "waiting")}
    ), passed AS (
      INSERT INTO waitlist_passes
        (entry_id, event_id, offer_id, by_entry_id, by_place, seats, kept, passed_at)
      SELECT p.entry_id, ${eventId}, p.offer_id, p.by_entry_id, p.by_place, p.seats, p.kept, ${now}
        FROM unnest(
               ${passes.map(({ entryId }) => entryId)}::uuid[],
               ${passes.map(({ byEntryId }) => offerIdBy(offerOf, byEntryId))}::uuid[],
               ${passes.map(({ byEntryId }) => byEntryId)}::uuid[],
               ${passes.map(({ byPlace }) => byPlace)}::bigint[],
               ${passes.map(({ seats }) => seats)}::integer[],
               ${passes.map(({ kept }) => kept)}::integer[]
             ) AS p (entry_id, offer_id, by_entry_id, by_place, seats, kept)
        JOIN locked USING (entry_id)
       CROSS JOIN decided
    )
    SELECT EXISTS (SELECT FROM decided) AS decided`;
  return row?.decided === true;
}

/** What a decision changes of an entry. */
interface EntryDecision {
  entryId: string;
  /** Seats that go past it. */
  passes: number;
  /** Whether seats are kept back for it from now on; `undefined`: as before. */
  gathers: boolean | undefined;
}

/** One change for each entry, as a statement can update a row only once. */
function changesOf({ offers, passes, gathering, notGathering }: Decision): EntryDecision[] {
  const changes = new Map<string, EntryDecision>();
  const change = (entryId: string): EntryDecision => {
    const known = changes.get(entryId) ?? { entryId, passes: 0, gathers: undefined };
    changes.set(entryId, known);
    return known;
  };
  for (const { entryId } of offers) change(entryId);
  for (const { entryId, seats } of passes) change(entryId).passes += seats;
  for (const entryId of gathering) change(entryId).gathers = true;
  for (const entryId of notGathering) change(entryId).gathers = false;
  return [...changes.values()];
}

function offerIdBy(
  offers: ReadonlyMap<string, Decision["offers"][number]>,
  byEntryId: Pass["byEntryId"],
): string {
  const offer = offers.get(byEntryId);
  if (!offer) throw new Error(`seats went past an entry to ${byEntryId}, which is offered nothing`);
  return offer.offerId;
}

/**
 * Inserts the bookings of entries that still have the offer, by as many statements as references are taken. A booking
 * counts as extended: an offer lasts as long as every other.
 */
export async function makeOffers(
  sql: Sql,
  { offers, now }: Input<"makeOffers">,
): Promise<Booking[]> {
  const made: Booking[] = [];
  let open = offers;
  for (let attempt = 0; open.length > 0; attempt++) {
    if (attempt === MAX_REFERENCE_ATTEMPTS) throw new Error("no free booking reference was found");
    const rows = await insertOffers(sql, { offers: open, attempt, now });
    const refused = new Set<string>();
    for (const { row, offerId } of rows) {
      if (row) made.push(row);
      else refused.add(offerId);
    }
    open = open.filter(({ booking }) => refused.has(booking.bookingId));
  }
  const turnOf = new Map(offers.map(({ booking }, i) => [booking.bookingId, i]));
  return made.sort((a, b) => turnOf.get(a.bookingId)! - turnOf.get(b.bookingId)!);
}

/** Returns the offers that were open, each with its booking unless its reference is taken. */
function insertOffers(
  sql: Sql,
  { offers, attempt, now }: Input<"makeOffers"> & { attempt: number },
): Promise<{ offerId: string; row: Booking | undefined }[]> {
  const rows = offers.map(({ booking }) => toPending(booking, attempt));
  return many(
    sql<(BookingRow & { offer_id: string })[]>`
      WITH given AS MATERIALIZED (
        SELECT * FROM unnest(
          ${rows.map((b) => b.bookingId)}::uuid[],
          ${rows.map((b) => b.eventId)}::uuid[],
          ${rows.map((b) => b.reference)}::text[],
          ${rows.map((b) => b.quantity)}::integer[],
          ${rows.map((b) => b.unitPriceMinor)}::integer[],
          ${rows.map((b) => b.totalMinor)}::bigint[],
          ${rows.map((b) => b.currency)}::text[],
          ${rows.map((b) => b.bookedAt.toISOString())}::timestamptz[],
          ${rows.map((b) => b.expiresAt.toISOString())}::timestamptz[],
          ${rows.map((b) => b.terms.startsAt.toISOString())}::timestamptz[],
          ${rows.map((b) => JSON.stringify(b.terms.refundPolicy))}::text[],
          ${rows.map((b) => b.lines ? JSON.stringify(b.lines.map(toLineRow)) : null)}::text[]
        ) AS g (booking_id, event_id, reference, quantity, unit_price_minor, total_minor, currency, booked_at,
                expires_at, starts_at, refund_policy, lines)
      ), open AS MATERIALIZED (
        SELECT w.entry_id, w.event_id, w.user_id, w.offer_id
          FROM waitlist_entries w
         WHERE w.event_id = ANY (${rows.map((b) => b.eventId)}::uuid[]) AND ${
      isStill(sql, "offering")
    }
           AND w.entry_id = ANY (${offers.map(({ entry }) => entry.entryId)}::uuid[])
           AND w.offer_id = ANY (${rows.map((b) => b.bookingId)}::uuid[])
         ORDER BY w.entry_id
           FOR UPDATE OF w
      ), b AS (
        INSERT INTO bookings AS b
          (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
           booked_at, expires_at, extended_at, sold_with_start, refund_policy, lines, status, payment_status, entry_id)
        SELECT g.booking_id, open.user_id, g.event_id, g.reference, g.quantity, g.unit_price_minor, g.total_minor,
               g.currency, g.booked_at, g.expires_at, g.booked_at, g.starts_at, g.refund_policy::jsonb, g.lines::jsonb,
               'pending', 'pending', open.entry_id
          FROM given g JOIN open ON open.offer_id = g.booking_id AND open.event_id = g.event_id
        ON CONFLICT DO NOTHING
        RETURNING b.*
      ), w AS (
        UPDATE waitlist_entries w
           SET status = 'offered', offered_at = ${now}, offer_expires_at = b.expires_at
          FROM b
         WHERE w.entry_id = b.entry_id AND w.event_id = b.event_id
           AND ${isStill(sql, "offering")} AND w.offer_id = b.booking_id
        RETURNING w.*
      ), facts AS (${factOf(sql, { topic: "waitlist.offered", now })})
      SELECT open.offer_id, ${storedColumns(sql)}
        FROM open LEFT JOIN b ON b.booking_id = open.offer_id AND b.event_id = open.event_id`,
    (row) => ({ offerId: row.offer_id, row: row.booking_id ? toBooking(row) : undefined }),
  );
}

/** Seats that went past other entries for an offer count no longer, as nobody got them. */
export async function takeBack(
  sql: Sql,
  { eventId, offers, now }: Input<"takeBack">,
): Promise<void> {
  await sql`
    WITH given AS MATERIALIZED (
      SELECT w.entry_id, w.offer_id
        FROM unnest(
               ${offers.map(({ entryId }) => entryId)}::uuid[],
               ${offers.map(({ offerId }) => offerId)}::uuid[]
             ) AS g (entry_id, offer_id)
        JOIN waitlist_entries w ON w.entry_id = g.entry_id AND w.event_id = ${eventId}
         AND ${isStill(sql, "offering")} AND w.offer_id = g.offer_id
    ), queue AS (
      UPDATE waitlist_queues q SET version = q.version + 1
       WHERE q.event_id = ${eventId} AND EXISTS (SELECT FROM given)
      RETURNING q.event_id
    ), open AS MATERIALIZED (
      SELECT w.entry_id, w.offer_id
        FROM waitlist_entries w
       WHERE EXISTS (SELECT FROM queue) AND w.event_id = ${eventId} AND ${isStill(sql, "offering")}
         AND w.entry_id = ANY (ARRAY(SELECT entry_id FROM given))
         AND w.offer_id = ANY (ARRAY(SELECT offer_id FROM given))
       ORDER BY w.entry_id
         FOR UPDATE
    ), passes AS MATERIALIZED (
      SELECT p.entry_id, p.offer_id, p.by_entry_id, p.by_place, p.seats, p.kept
        FROM waitlist_passes p JOIN open ON open.offer_id = p.offer_id
       WHERE p.event_id = ${eventId} AND NOT p.taken_back
    ), changes AS MATERIALIZED (
      SELECT c.entry_id, bool_or(c.is_back) AS is_back, sum(c.seats) AS seats
        FROM (SELECT open.entry_id, true AS is_back, 0 AS seats FROM open
               UNION ALL
              SELECT passes.entry_id, false, passes.seats FROM passes) AS c
       GROUP BY c.entry_id
    ), locked AS MATERIALIZED (
      SELECT w.entry_id FROM waitlist_entries w JOIN changes USING (entry_id)
       WHERE w.event_id = ${eventId} AND ${isStill(sql, "waiting", "offering")}
       ORDER BY w.entry_id
         FOR UPDATE OF w
    ), changed AS (
      UPDATE waitlist_entries w
         SET passed = greatest(0, w.passed - c.seats),
             status = CASE WHEN c.is_back THEN 'waiting' ELSE w.status END,
             offer_id = CASE WHEN c.is_back THEN NULL ELSE w.offer_id END,
             offer_type_id = CASE WHEN c.is_back THEN NULL ELSE w.offer_type_id END,
             offer_quantity = CASE WHEN c.is_back THEN NULL ELSE w.offer_quantity END,
             offer_expires_at = CASE WHEN c.is_back THEN NULL ELSE w.offer_expires_at END,
             offer_is_last = CASE WHEN c.is_back THEN NULL ELSE w.offer_is_last END,
             offered_at = CASE WHEN c.is_back THEN NULL ELSE w.offered_at END
        FROM changes c JOIN locked USING (entry_id)
       WHERE w.entry_id = c.entry_id AND w.event_id = ${eventId} AND ${
    isStill(sql, "waiting", "offering")
  }
    )
    INSERT INTO waitlist_passes
      (entry_id, event_id, offer_id, by_entry_id, by_place, seats, kept, passed_at)
    SELECT p.entry_id, ${eventId}, p.offer_id, p.by_entry_id, p.by_place, -p.seats, p.kept + p.seats, ${now}
      FROM passes p`;
}
