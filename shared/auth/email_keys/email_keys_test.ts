import assert from "node:assert/strict";
import { createTestDatabase } from "@evently/shared/testing";
import { newId } from "../../ids.ts";
import { exactlyOne, type Pool, transaction } from "../../postgres/mod.ts";
import { emailKey } from "../email.ts";
import { ADMIN_ACCOUNTS, USER_ACCOUNTS } from "./account_table.ts";
import { fillEmailKeys } from "./fill_email_keys.ts";
import { listEmailCollisions } from "./list_email_collisions.ts";
import { matchEmail } from "./match_email.ts";

const DATABASES = [["users_db", USER_ACCOUNTS], ["events_db", ADMIN_ACCOUNTS]] as const;

for (const [database, accounts] of DATABASES) {
  Deno.test(`of ${accounts.name} with one address the oldest keeps it, the others are listed`, async () => {
    await using test = await createTestDatabase(database);
    const add = adderOf(test.sql, accounts);
    const newest = await add("INFO@MÜNCHEN.de", { day: 3 });
    const oldest = await add("Info@xn--mnchen-3ya.de", { day: 1 });
    const middle = await add("info@münchen.de", { day: 2 });
    const other = await add("other@example.com", { day: 2 });

    assert.equal(await fillEmailKeys(test.sql, accounts), false);

    const find = finderOf(test.sql, accounts);
    assert.equal(await find("info@MÜNCHEN.DE"), oldest);
    assert.equal(await find("info@münchen.de"), middle, "by its exact text");
    assert.equal(await find("INFO@MÜNCHEN.de"), newest, "by its exact text");
    assert.equal(await find("OTHER@example.com"), other);
    const listed = await Array.fromAsync(listEmailCollisions(test.sql, accounts));
    assert.deepEqual(
      new Map(
        listed.map(({ id, email, holderId, holderEmail }) => [id, [email, holderId, holderEmail]]),
      ),
      new Map([
        [middle, ["info@münchen.de", oldest, "Info@xn--mnchen-3ya.de"]],
        [newest, ["INFO@MÜNCHEN.de", oldest, "Info@xn--mnchen-3ya.de"]],
      ]),
    );
  });
}

Deno.test("fillEmailKeys() gives the key to an older account that is imported later", async () => {
  await using test = await createTestDatabase("users_db");
  const add = adderOf(test.sql, USER_ACCOUNTS);
  const second = await add("A@example.com", { day: 2 });
  const third = await add("a@EXAMPLE.com", { day: 3 });
  await fillEmailKeys(test.sql, USER_ACCOUNTS);
  const first = await add("a@example.com", { day: 1 });
  await fillEmailKeys(test.sql, USER_ACCOUNTS);

  const listed = await Array.fromAsync(listEmailCollisions(test.sql, USER_ACCOUNTS));
  assert.deepEqual(
    new Map(listed.map(({ id, holderId }) => [id, holderId])),
    new Map([[second, first], [third, first]]),
  );
  assert.equal(await finderOf(test.sql, USER_ACCOUNTS)("a@Example.Com"), first);
});

Deno.test("fillEmailKeys() fills all keys in bounded batches, also concurrently", async () => {
  await using test = await createTestDatabase("users_db");
  await test.sql`
    INSERT INTO users (user_id, email, password_hash, name, created_at, updated_at)
    SELECT gen_random_uuid(), 'User' || i % 1001 || '@Example.com', '-', 'A', now() + i * interval '1 ms',
           now()
      FROM generate_series(1, 1002) AS i`;
  assert.equal(await fillEmailKeys(test.sql, USER_ACCOUNTS), true);
  assert.equal(await countFilled(test.sql), 500);
  const fill = async () => {
    while (await fillEmailKeys(test.sql, USER_ACCOUNTS));
  };
  await Promise.all([fill(), fill(), fill()]);
  assert.equal(await countFilled(test.sql), 1_001);
  assert.equal((await Array.fromAsync(listEmailCollisions(test.sql, USER_ACCOUNTS))).length, 1);
});

Deno.test("fillEmailKeys() continues after a registration takes a key of its batch", async () => {
  await using test = await createTestDatabase("users_db");
  const add = adderOf(test.sql, USER_ACCOUNTS);
  const older = await add("a@münchen.de", { day: 1 });
  let filling: Promise<boolean> | undefined;
  await transaction(test.sql, async (tx) => {
    await tx`
      INSERT INTO users (user_id, email, email_key, password_hash, name, created_at, updated_at)
      VALUES (${newId()}, 'A@münchen.de', ${emailKey("a@münchen.de")}, '-', 'A', now(), now())`;
    filling = fillEmailKeys(test.sql, USER_ACCOUNTS);
    for (let look = 0; look < 10_000; look++) {
      const waiting = await tx`
        SELECT FROM pg_locks WHERE transactionid = pg_current_xact_id()::xid AND NOT granted`;
      if (waiting.length > 0) return;
    }
    throw new Error("nobody waits for the registration");
  });
  assert.equal(await filling, true);
  assert.equal(await fillEmailKeys(test.sql, USER_ACCOUNTS), false);
  assert.equal(await finderOf(test.sql, USER_ACCOUNTS)("A@MÜNCHEN.DE"), older);
});

type Accounts = typeof USER_ACCOUNTS;

/** Adds accounts as imported data has them, without a key. */
function adderOf(sql: Pool, { name, id }: Accounts) {
  return async (email: string, { day }: { day: number }): Promise<string> => {
    const accountId = newId();
    const at = new Date(Date.UTC(2020, 0, day));
    const role = name === "admins" ? { role: "event_manager" } : {};
    const row = {
      [id]: accountId,
      email,
      password_hash: "-",
      name: "A",
      created_at: at,
      updated_at: at,
      ...role,
    };
    await sql`INSERT INTO ${sql(name)} ${sql(row)}`;
    return accountId;
  };
}

function finderOf(sql: Pool, { name, id }: Accounts) {
  return (email: string): Promise<string> =>
    exactlyOne(
      sql<{ id: string }[]>`
        SELECT ${sql(id)} AS id FROM ${sql(name)} WHERE ${matchEmail(sql, email)}`,
      (row) => row.id,
    );
}

function countFilled(sql: Pool): Promise<number> {
  return exactlyOne(
    sql<{ count: number }[]>`SELECT count(email_key) FROM users`,
    ({ count }) => count,
  );
}
