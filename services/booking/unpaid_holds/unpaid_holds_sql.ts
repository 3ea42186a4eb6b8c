import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { Booking } from "../orders/booking.ts";
import {
  type BookingRow,
  isStill,
  releasePayload,
  storedColumns,
  toBooking,
} from "../orders/rows.ts";
import type { HoldCount, HoldOutcomes, UnpaidHolds, UnpaidHoldStore } from "./store.ts";

type Input<Method extends keyof UnpaidHoldStore> = Parameters<UnpaidHoldStore[Method]>[0];

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** The most reservations that are counted, the latest. */
const MAX_COUNTED = 50_000;
/** The most accounts that are named. */
const MAX_ACCOUNTS = 10;
/** Who let one reservation lapse is no pattern. */
const MIN_UNPAID = 2;

/** What is counted of many reservations: `…_b` bookings, `…_t` tickets. */
interface CountsRow {
  held_b: number;
  held_t: number;
  paying_b: number;
  paying_t: number;
  hour_paid_b: number;
  hour_paid_t: number;
  hour_lapsed_b: number;
  hour_lapsed_t: number;
  day_paid_b: number;
  day_paid_t: number;
  day_lapsed_b: number;
  day_lapsed_t: number;
}

const COUNTED = [
  "held",
  "paying",
  "hour_paid",
  "hour_lapsed",
  "day_paid",
  "day_lapsed",
] as const;

/** Counts each user's reservations in one pass, then adds them up. */
export function countHolds(sql: Sql, { eventId, now }: Input<"count">): Promise<UnpaidHolds> {
  const dayAgo = new Date(now.getTime() - DAY_MS);
  const hourAgo = new Date(now.getTime() - HOUR_MS);
  return exactlyOne(
    sql<(CountsRow & { accounts: number; people: (CountsRow & { user_id: string })[] })[]>`
      WITH recent AS (
        SELECT user_id, quantity, booked_at > ${hourAgo} AS is_latest,
               CASE WHEN confirmed_at IS NOT NULL THEN 'paid'
                    WHEN status = 'confirming' THEN 'paying'
                    WHEN status <> 'pending' THEN 'lapsed'
                    WHEN payment_status IN ('requires_action', 'processing') THEN 'paying'
                    WHEN expires_at > ${now} THEN 'held'
                    ELSE 'lapsed' END AS state
          FROM bookings
         WHERE event_id = ${eventId} AND booked_at > ${dayAgo} AND entry_id IS NULL
         ORDER BY booked_at DESC
         LIMIT ${MAX_COUNTED}
      ), people AS MATERIALIZED (
        SELECT user_id,
               ${sumsOf(sql, "held", sql`state = 'held'`)},
               ${sumsOf(sql, "paying", sql`state = 'paying'`)},
               ${sumsOf(sql, "hour_paid", sql`state = 'paid' AND is_latest`)},
               ${sumsOf(sql, "hour_lapsed", sql`state = 'lapsed' AND is_latest`)},
               ${sumsOf(sql, "day_paid", sql`state = 'paid'`)},
               ${sumsOf(sql, "day_lapsed", sql`state = 'lapsed'`)}
          FROM recent
         GROUP BY user_id
      ), most AS (
        SELECT * FROM people
         WHERE held_b + day_lapsed_b >= ${MIN_UNPAID}
         ORDER BY held_t + hour_lapsed_t DESC, day_lapsed_t DESC, user_id
         LIMIT ${MAX_ACCOUNTS}
      )
      SELECT ${totalsOf(sql)}, count(*) FILTER (WHERE held_b > 0)::integer AS accounts,
             coalesce((SELECT jsonb_agg(to_jsonb(most)) FROM most), '[]') AS people
        FROM people`,
    ({ accounts, people, ...all }) => ({
      held: { ...countOf(all, "held"), accounts },
      paying: countOf(all, "paying"),
      ...outcomesOf(all),
      accounts: people.map(({ user_id, ...counts }) => ({
        userId: user_id,
        held: countOf(counts, "held"),
        ...outcomesOf(counts),
      })),
    }),
  );
}

function sumsOf(sql: Sql, name: typeof COUNTED[number], condition: ReturnType<Sql>) {
  return sql`
    count(*) FILTER (WHERE ${condition})::integer AS ${sql(`${name}_b`)},
    coalesce(sum(quantity) FILTER (WHERE ${condition}), 0)::integer AS ${sql(`${name}_t`)}`;
}

function totalsOf(sql: Sql) {
  const columns = COUNTED.flatMap((name) => [`${name}_b`, `${name}_t`]).map((name) =>
    sql`coalesce(sum(${sql(name)}), 0)::integer AS ${sql(name)}`
  );
  return columns.reduce((list, column) => sql`${list}, ${column}`);
}

function countOf(row: CountsRow, name: typeof COUNTED[number]): HoldCount {
  return { bookings: row[`${name}_b`], tickets: row[`${name}_t`] };
}

function outcomesOf(row: CountsRow): { lastHour: HoldOutcomes; lastDay: HoldOutcomes } {
  return {
    lastHour: { paid: countOf(row, "hour_paid"), lapsed: countOf(row, "hour_lapsed") },
    lastDay: { paid: countOf(row, "day_paid"), lapsed: countOf(row, "day_lapsed") },
  };
}

/**
 * A booking that is being paid, or becomes so meanwhile, is left alone: the statement waits for changes under way and then
 * looks again. Bookings are locked in the order of their ids, as by every statement that changes several.
 */
export function releaseHolds(
  sql: Sql,
  { eventId, userIds, now, limit }: Input<"release">,
): Promise<Booking[]> {
  return many(
    sql<BookingRow[]>`
      WITH picked AS MATERIALIZED (
        SELECT booking_id FROM bookings
         WHERE event_id = ${eventId} AND user_id = ANY (${[...userIds]}::uuid[])
           AND ${isStill(sql, "pending")}
           AND payment_status NOT IN ('requires_action', 'processing')
           AND entry_id IS NULL
         ORDER BY booking_id
         LIMIT ${limit}
           FOR UPDATE
      ), b AS (
        UPDATE bookings o
           SET status = 'expired', expired_at = ${now}
          FROM picked
         WHERE o.event_id = ${eventId} AND o.booking_id = picked.booking_id
           AND o.status || '' = 'pending'
        RETURNING o.*
      ), messages AS (
        INSERT INTO outbox (message_id, subject_id, event_id, topic, payload, created_at, due_at)
        SELECT gen_random_uuid(), b.booking_id, b.event_id, 'seats.release', ${
      releasePayload(sql)
    }, ${now}, ${now}
          FROM b
      )
      SELECT ${storedColumns(sql)} FROM b`,
    toBooking,
  );
}
