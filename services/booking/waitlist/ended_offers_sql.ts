/** What becomes of an entry when the booking of its offer ends. */
import type { Sql } from "@evently/shared/postgres";
import { factOf } from "./facts_sql.ts";
import { GATHER_PART, MAX_GATHER_MS, MIN_GATHER_MS } from "./gathering.ts";
import { isStill } from "./rows.ts";

/**
 * How the booking of an offer ended. declined: by its user, before its time. lapsed: its time was over, or its seats are
 * lost. by_the_time: declined or lapsed, as the hold's end says. event_over: nothing more is sold.
 */
export type OfferEnd = "declined" | "lapsed" | "by_the_time" | "event_over";

/**
 * Moves the entries of ended offers, with their facts; moves the version of a queue if an entry comes back to it. CTEs for
 * a statement whose CTE of changed bookings is called `b`.
 *
 * A last offer brings its entry back, standing back as long as seats would be gathered for it; a declined offer of fewer
 * than wanted does, wanting all from now on. Any other ends it.
 */
export function endedOffers(sql: Sql, { end, now }: { end: OfferEnd; now: Date }) {
  if (end === "event_over") {
    return sql`
      ended_entries AS (
        UPDATE waitlist_entries w
           SET status = 'closed', closed_reason = 'event_over'
          FROM b
         WHERE ${isOfferOf(sql)}
      )`;
  }
  const isDeclined = end === "by_the_time"
    ? sql`b.expires_at > ${now}`
    : end === "declined"
    ? sql`true`
    : sql`false`;
  const isBackForAll =
    sql`(${isDeclined} AND NOT w.offer_is_last AND w.offer_quantity < w.quantity)`;
  const isBack = sql`(w.offer_is_last OR ${isBackForAll})`;
  return sql`
    offers_over AS MATERIALIZED (
      SELECT b.booking_id, b.event_id, b.entry_id, b.status, b.expires_at,
             ${standsBackUntil(sql, now)} AS stands_back_until
        FROM b
       WHERE b.entry_id IS NOT NULL
    ), back AS MATERIALIZED (
      SELECT DISTINCT w.event_id
        FROM offers_over b JOIN waitlist_entries w ON ${isOfferOf(sql)} AND ${isBack}
       ORDER BY w.event_id
    ), queue AS (
      UPDATE waitlist_queues q SET version = q.version + 1
        FROM back
       WHERE q.event_id = back.event_id
      RETURNING q.event_id, q.version
    ), w AS (
      UPDATE waitlist_entries w
         SET status = CASE WHEN ${isBack} THEN 'waiting' ELSE 'expired' END,
             min_quantity = CASE WHEN ${isBackForAll} THEN w.quantity ELSE w.min_quantity END,
             passed = CASE WHEN ${isBack} THEN 0 ELSE w.passed END,
             gathering_since = CASE WHEN ${isBack} THEN NULL ELSE w.gathering_since END,
             stands_back_until = CASE WHEN w.offer_is_last THEN b.stands_back_until
                                      ELSE w.stands_back_until END
        FROM offers_over b LEFT JOIN queue ON queue.event_id = b.event_id
       WHERE ${isOfferOf(sql)}
         AND coalesce(queue.version, 0) >= 0 -- the queue is locked before the entry
      RETURNING w.*, ${isDeclined} AS is_declined
    ), facts AS (${
    factOf(sql, { topic: "waitlist.offer_lapsed", now, where: sql`NOT w.is_declined` })
  })`;
}

/** The condition that an entry `w` is offered the booking `b`, which has ended. */
function isOfferOf(sql: Sql) {
  return sql`
    w.entry_id = b.entry_id AND w.event_id = b.event_id AND ${
    isStill(sql, "offered")
  } AND w.offer_id = b.booking_id
    AND b.status IN ('cancelled', 'expired')`;
}

/** As `gatherMsOf()` computes it, from the start that the booking was made with. */
function standsBackUntil(sql: Sql, now: Date) {
  return sql`
    ${now}::timestamptz + interval '1 millisecond' * least(${MAX_GATHER_MS}, greatest(${MIN_GATHER_MS},
      floor(extract(epoch FROM b.sold_with_start - ${now}::timestamptz) * 1000 * ${GATHER_PART}::numeric)))`;
}
