import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import { DEFAULT_TICKET_NAME } from "@evently/shared/ticket_name";
import { isActive } from "../waitlist/rows.ts";
import type {
  CancellationCounts,
  SalesReads,
  StepBounds,
  StepSales,
  TypeSales,
  WaitingCounts,
} from "./store.ts";

type Input<Method extends keyof SalesReads> = Parameters<SalesReads[Method]>[0];

/** A step without sales has no row. Refunds of what was never confirmed, such as late money, are no returned sales. */
export function salesOverTime(
  sql: Sql,
  { eventIds, bounds }: Input<"salesOverTime">,
): Promise<StepSales[]> {
  const ids = sql`${[...eventIds]}::uuid[]`;
  return many(
    sql<StepSales[]>`
    SELECT s.step - 1 AS step, s.currency, sum(s.bookings)::integer AS bookings, sum(s.tickets)::integer AS tickets,
           sum(s.gross)::bigint AS "grossMinor", sum(s.refunded)::bigint AS "refundedMinor"
      FROM (
        SELECT ${
      stepOf(sql, sql`b.confirmed_at`, bounds)
    } AS step, b.currency, count(*) AS bookings,
               sum(b.quantity) AS tickets, sum(b.total_minor) AS gross, 0 AS refunded
          FROM bookings b
         WHERE b.event_id = ANY (${ids}) AND ${isWithin(sql, sql`b.confirmed_at`, bounds)}
         GROUP BY 1, 2
        UNION ALL
        SELECT ${stepOf(sql, sql`r.created_at`, bounds)}, b.currency, 0, 0, 0, sum(r.amount_minor)
          FROM refunds r
          JOIN bookings b ON b.booking_id = r.booking_id AND b.event_id = r.event_id
           AND b.confirmed_at IS NOT NULL
         WHERE r.event_id = ANY (${ids}) AND ${isWithin(sql, sql`r.created_at`, bounds)}
         GROUP BY 1, 2
      ) AS s
     GROUP BY s.step, s.currency
     ORDER BY s.step, s.currency`,
    (row) => row,
  );
}

export function salesByType(
  sql: Sql,
  { eventId, bounds }: Input<"salesByType">,
): Promise<TypeSales[]> {
  return many(
    sql<TypeSales[]>`
    SELECT ${stepOf(sql, sql`b.confirmed_at`, bounds)} - 1 AS step,
           coalesce((l.line ->> 'ticket_type_id')::uuid, b.event_id) AS "ticketTypeId", b.currency,
           (array_agg(coalesce(l.line ->> 'name', ${DEFAULT_TICKET_NAME}) ORDER BY b.confirmed_at DESC))[1] AS name,
           sum(coalesce((l.line ->> 'quantity')::integer * (l.line ->> 'gives')::integer, b.quantity))::integer AS tickets,
           sum(coalesce((l.line ->> 'quantity')::bigint * (l.line ->> 'unit_price_minor')::bigint, b.total_minor)
           )::bigint AS "grossMinor"
      FROM bookings b
      LEFT JOIN LATERAL jsonb_array_elements(b.lines) AS l (line) ON true
     WHERE b.event_id = ${eventId} AND ${isWithin(sql, sql`b.confirmed_at`, bounds)}
     GROUP BY 1, 2, 3
     ORDER BY 1, 2, 3`,
    (row) => row,
  );
}

function stepOf(sql: Sql, time: ReturnType<Sql>, bounds: StepBounds) {
  return sql`width_bucket(${time}, ${bounds.map((at) => at.toISOString())}::timestamptz[])`;
}

function isWithin(sql: Sql, time: ReturnType<Sql>, bounds: StepBounds) {
  return sql`${time} >= ${bounds[0]!} AND ${time} < ${bounds.at(-1)!}`;
}

/** What is paid and not refunded goes back; open holds end. */
export function countCancellation(
  sql: Sql,
  { eventId, now }: Input<"countCancellation">,
): Promise<CancellationCounts> {
  return exactlyOne(
    sql<CancellationCounts[]>`
    WITH active AS (
      SELECT b.user_id, b.quantity, b.currency,
             CASE b.status WHEN 'confirmed' THEN b.total_minor - coalesce(b.refund_minor, 0) ELSE 0 END AS paid_minor
        FROM bookings b
       WHERE b.event_id = ${eventId}
         AND (b.status IN ('confirmed', 'confirming') OR (b.status = 'pending' AND b.expires_at > ${now}))
    ), sums AS (
      SELECT a.currency, sum(a.paid_minor)::bigint AS paid_minor FROM active a
       GROUP BY a.currency HAVING sum(a.paid_minor) > 0
    )
    SELECT count(*)::integer AS bookings, coalesce(sum(a.quantity), 0)::integer AS tickets,
           count(DISTINCT a.user_id)::integer AS buyers,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('currency', s.currency, 'amountMinor', s.paid_minor)
                                      ORDER BY s.currency), '[]')
              FROM sums s) AS refunds
      FROM active a`,
    (row) => row,
  );
}

export function countWaiting(
  sql: Sql,
  { eventIds }: Input<"countWaiting">,
): Promise<WaitingCounts[]> {
  return many(
    sql<WaitingCounts[]>`
    SELECT w.event_id AS "eventId", count(*)::integer AS entries, sum(w.quantity)::integer AS tickets
      FROM waitlist_entries w
     WHERE w.event_id = ANY (${[...eventIds]}::uuid[]) AND ${isActive(sql)}
     GROUP BY w.event_id`,
    (row) => row,
  );
}
