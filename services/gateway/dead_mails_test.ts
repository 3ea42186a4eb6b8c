import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createTestDatabase } from "@evently/shared/testing";
import { listDeadLetters, retryDeadLetters } from "./dead_mails.ts";

Deno.test("dead letters are listed, oldest first, and made due again", async () => {
  await using database = await createTestDatabase("users_db");
  const { sql } = database;
  const now = new Date("2026-11-29T12:00:00Z");
  const add = async (createdAt: Date, dueAt: Date | undefined, delivered: Date | null = null) => {
    const messageId = newId();
    await sql`
      INSERT INTO outbox
        (message_id, event_id, topic, subject_id, created_at, due_at, attempts, last_error, delivered_at)
      VALUES (${messageId}, ${newId()}, 'account.welcome', ${newId()}, ${createdAt},
              coalesce(${
      dueAt ?? null
    }::timestamptz, 'infinity'), 12, 'no such mailbox', ${delivered})`;
    return messageId;
  };
  const later = await add(new Date(now.getTime() + 1_000), undefined);
  const first = await add(now, undefined);
  await add(now, now);
  await add(now, undefined, now);

  const dead = await listDeadLetters(sql);
  assert.deepEqual(dead.map(({ messageId }) => messageId), [first, later]);
  assert.deepEqual([dead[0]!.attempts, dead[0]!.lastError], [12, "no such mailbox"]);

  assert.equal(await retryDeadLetters(sql, { now }), 2);
  assert.deepEqual(await listDeadLetters(sql), []);
  const [due] = await sql`SELECT count(*)::int AS count FROM outbox WHERE due_at = ${now}`;
  assert.equal(due!.count, 3);
});
