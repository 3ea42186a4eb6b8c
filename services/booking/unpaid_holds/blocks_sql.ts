import { exactlyOne, many, type Sql } from "@evently/shared/postgres";
import type { HoldBlock, UnpaidHoldStore } from "./store.ts";

type Input<Method extends keyof UnpaidHoldStore> = Parameters<UnpaidHoldStore[Method]>[0];

function columns(sql: Sql) {
  return sql`
    event_id AS "eventId", user_id AS "userId", blocked_at AS "blockedAt", blocked_until AS "blockedUntil"`;
}

/** Two that come at once may be one more than the limit, which is there to bound a list. */
export async function block(
  sql: Sql,
  { eventId, userId, blockedAt, blockedUntil, limit }: Input<"block">,
): Promise<boolean> {
  const others = await exactlyOne(
    sql<{ blocks: number }[]>`
      SELECT count(*)::integer AS blocks FROM hold_blocks
       WHERE event_id = ${eventId} AND user_id <> ${userId} AND blocked_until > ${blockedAt}`,
    ({ blocks }) => blocks,
  );
  if (others >= limit) return false;
  await sql`
    INSERT INTO hold_blocks (event_id, user_id, blocked_at, blocked_until)
    VALUES (${eventId}, ${userId}, ${blockedAt}, ${blockedUntil})
    ON CONFLICT (event_id, user_id)
    DO UPDATE SET blocked_at = excluded.blocked_at, blocked_until = excluded.blocked_until`;
  return true;
}

export async function unblock(
  sql: Sql,
  { eventId, userId }: Input<"unblock">,
): Promise<boolean> {
  const rows = await sql`
    DELETE FROM hold_blocks WHERE event_id = ${eventId} AND user_id = ${userId} RETURNING user_id`;
  return rows.length > 0;
}

export function listOfEvent(
  sql: Sql,
  { eventId, now, limit }: Input<"listOfEvent">,
): Promise<HoldBlock[]> {
  return many(
    sql<HoldBlock[]>`
      SELECT ${columns(sql)} FROM hold_blocks
       WHERE event_id = ${eventId} AND blocked_until > ${now}
       ORDER BY blocked_at DESC, user_id
       LIMIT ${limit}`,
    (row) => row,
  );
}

export function list(sql: Sql, { limit }: Input<"list">): Promise<HoldBlock[]> {
  return many(
    sql<HoldBlock[]>`
      SELECT ${columns(sql)} FROM hold_blocks
       ORDER BY blocked_at DESC, user_id
       LIMIT ${limit}`,
    (row) => row,
  );
}

export async function deleteEnded(sql: Sql, now: Date): Promise<void> {
  await sql`DELETE FROM hold_blocks WHERE blocked_until <= ${now}`;
}
