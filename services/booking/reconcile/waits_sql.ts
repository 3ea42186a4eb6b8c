import { exactlyOne, type Sql } from "@evently/shared/postgres";

/** The most entries of a kind that are looked at. */
const MAX_LOOKED_AT = 10_000;

/** What waits for background work; times are `null` where nothing does. */
export interface Waits {
  /** Of the pending booking whose hold ended first. */
  oldestEndAt: Date | null;
  /** Of the open offer that ended first. */
  oldestOfferEndAt: Date | null;
  oldestJoinedAt: Date | null;
  waiting: number;
  offered: number;
}

/** Reads what waits for background work, of at most {@link MAX_LOOKED_AT} rows each. */
export function readWaits(sql: Sql, { now }: { now: Date }): Promise<Waits> {
  return exactlyOne(
    sql<Waits[]>`
      SELECT (SELECT min(expires_at)
                FROM (SELECT expires_at FROM bookings
                       WHERE status = 'pending' AND expires_at <= ${now}
                         AND lane_of(event_id) >= 0
                       LIMIT ${MAX_LOOKED_AT}) AS ended) AS "oldestEndAt",
             w.waiting, w."oldestJoinedAt", o.offered, o."oldestOfferEndAt"
        FROM (SELECT count(*) AS waiting, min(joined_at) AS "oldestJoinedAt"
                FROM (SELECT joined_at FROM waitlist_entries WHERE status = 'waiting'
                       LIMIT ${MAX_LOOKED_AT}) AS waiting) AS w,
             (SELECT count(*) AS offered,
                     min(offer_expires_at) FILTER (WHERE offer_expires_at <= ${now}) AS "oldestOfferEndAt"
                FROM (SELECT offer_expires_at FROM waitlist_entries WHERE status = 'offered'
                       LIMIT ${MAX_LOOKED_AT}) AS offered) AS o`,
    (row) => row,
  );
}
