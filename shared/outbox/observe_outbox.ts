import { OUTBOX_AGE, OUTBOX_DEAD, OUTBOX_DUE } from "../metrics/mod.ts";
import { many, type Sql } from "../postgres/mod.ts";

/** The most messages that are looked at. */
const MAX_LOOKED_AT = 10_000;

/**
 * Reads how many messages of each topic wait, for how long, and how many were given up. A message that waits for its time
 * and was never tried is not counted.
 */
export async function observeOutbox(
  sql: Sql,
  { service, topics, now }: { service: string; topics: readonly string[]; now: Date },
): Promise<void> {
  const found = await many(
    sql<{ topic: string; due: number; dead: number; oldestAt: Date | null }[]>`
      SELECT topic, count(*) FILTER (WHERE NOT is_dead AND was_due) AS due,
             count(*) FILTER (WHERE is_dead) AS dead,
             min(created_at) FILTER (WHERE NOT is_dead AND was_due) AS "oldestAt"
        FROM (SELECT topic, created_at, due_at = 'infinity' AS is_dead,
                     due_at <= ${now} OR attempts > 0 AS was_due
                FROM outbox
               WHERE delivered_at IS NULL
               LIMIT ${MAX_LOOKED_AT}) AS undelivered
       GROUP BY topic`,
    (row) => row,
  );
  for (const topic of topics) {
    const { due = 0, dead = 0, oldestAt } = found.find((row) => row.topic === topic) ?? {};
    OUTBOX_DUE.set(due, { service, topic });
    OUTBOX_DEAD.set(dead, { service, topic });
    const ageMs = oldestAt ? Math.max(0, now.getTime() - oldestAt.getTime()) : 0;
    OUTBOX_AGE.set(ageMs / 1_000, { service, topic });
  }
}
