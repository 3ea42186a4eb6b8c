import assert from "node:assert/strict";
import { USER_ACCOUNTS } from "@evently/shared/auth";
import { createTestDatabase } from "@evently/shared/testing";
import { fillAndList } from "./emails.ts";

Deno.test("deno task emails fills every key and lists whose address an older account holds", async () => {
  await using database = await createTestDatabase("users_db");
  const [older, newer] = [crypto.randomUUID(), crypto.randomUUID()];
  await database.sql`
    INSERT INTO users (user_id, email, password_hash, name, created_at, updated_at)
    VALUES (${older}, 'A@example.com', '-', 'A', '2020-01-01Z', '2020-01-01Z'),
           (${newer}, 'a@example.com', '-', 'A', '2020-01-02Z', '2020-01-02Z')`;
  const lines: string[] = [];
  assert.equal(await fillAndList(database.sql, USER_ACCOUNTS, (line) => void lines.push(line)), 1);
  assert.deepEqual(lines, [
    `${newer} logs in by the exact text "a@example.com", as ${older} holds the address by "A@example.com"`,
    "users: 1 accounts whose address an older one holds",
  ]);
});
