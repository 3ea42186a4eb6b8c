/**
 * `deno task mail:dead`: lists the messages that were given up, most of them mails; `--retry` makes all of them due again.
 */
import { withSecretFiles } from "@evently/shared/config";
import { many, openPostgres, type Pool, provideDatabase } from "@evently/shared/postgres";
import { runCommand, say } from "@evently/shared/output";

/** Databases that have an outbox. */
const DATABASES_WITH_OUTBOX = ["bookings_db", "events_db", "users_db"] as const;
/** The most that are listed of a database. */
const MAX_LISTED = 1_000;

/** A message that was given up. */
export interface DeadLetter {
  messageId: string;
  topic: string;
  subjectId: string;
  createdAt: Date;
  attempts: number;
  lastError: string | null;
}

/** Dead letters of an outbox, oldest first. */
export function listDeadLetters(sql: Pool): Promise<DeadLetter[]> {
  return many(
    sql<DeadLetter[]>`
      SELECT message_id AS "messageId", topic, subject_id AS "subjectId", created_at AS "createdAt", attempts,
             last_error AS "lastError"
        FROM outbox
       WHERE delivered_at IS NULL AND due_at = 'infinity'
       ORDER BY created_at LIMIT ${MAX_LISTED}`,
    (row) => row,
  );
}

/** Makes all dead letters due again, with all their attempts. Returns how many. */
export async function retryDeadLetters(sql: Pool, { now }: { now: Date }): Promise<number> {
  const { count } = await sql`
    UPDATE outbox SET due_at = ${now}, attempts = 0
     WHERE delivered_at IS NULL AND due_at = 'infinity'`;
  return count;
}

async function main(): Promise<void> {
  const retries = Deno.args.includes("--retry");
  for (const database of DATABASES_WITH_OUTBOX) {
    const url = await provideDatabase(withSecretFiles(Deno.env.toObject()), database);
    const sql = openPostgres(url, { max: 1, name: "evently-dead-mails" });
    try {
      const [{ exists }] = await sql<[{ exists: boolean }]>`
        SELECT to_regclass('outbox') IS NOT NULL AS exists`;
      if (exists) await listOrRetry(sql, { database, retries });
    } finally {
      await sql.end();
    }
  }
}

async function listOrRetry(
  sql: Pool,
  { database, retries }: { database: string; retries: boolean },
): Promise<void> {
  const dead = await listDeadLetters(sql);
  for (const { messageId, topic, subjectId, createdAt, attempts, lastError } of dead) {
    const error = JSON.stringify(lastError ?? "");
    say(
      `${messageId} ${topic} of ${subjectId}, ${createdAt.toISOString()}, ${attempts} attempts: ${error}`,
    );
  }
  say(`${database}: ${dead.length} dead letters`);
  if (retries) say(`${database}: ${await retryDeadLetters(sql, { now: new Date() })} due again`);
}

if (import.meta.main) await runCommand(main);
