import assert from "node:assert/strict";
import { createEmptyTestDatabase, type TestDatabase } from "../testing/database.ts";
import {
  exactlyOne,
  isConnectionFailure,
  type Pool,
  transaction,
  TransactionOver,
  type Tx,
} from "./mod.ts";

Deno.test("transaction() commits its work and returns the result", async () => {
  await using database = await createNotes();
  const answer = await transaction(database.sql, async (tx) => {
    await note(tx, "kept");
    return "done";
  });
  assert.equal(answer, "done");
  assert.deepEqual(await notes(database.sql), ["kept"]);
});

Deno.test("transaction() rolls back and rethrows an error of its work", async () => {
  await using database = await createNotes();
  const failure = new Error("no");
  const outcome = transaction(database.sql, async (tx) => {
    await note(tx, "lost");
    throw failure;
  });
  await assert.rejects(outcome, failure);
  assert.deepEqual(await notes(database.sql), []);
});

Deno.test("transaction() rolls back if a failed statement is ignored", async () => {
  await using database = await createNotes();
  const outcome = transaction(database.sql, async (tx) => {
    await note(tx, "lost");
    await tx`SELECT 1 / 0`.catch(() => {});
  });
  await assert.rejects(outcome, /division by zero/);
  assert.deepEqual(await notes(database.sql), []);
});

Deno.test("transaction() refuses statements after its connection died", async () => {
  await using database = await createNotes();
  const pool = database.openPool({ max: 1 });
  const connected = Promise.withResolvers<number>();
  const resumed = Promise.withResolvers<void>();
  const late = Promise.withResolvers<unknown>();

  const outcome = transaction(pool, async (tx) => {
    await note(tx, "first");
    connected.resolve(await backend(tx));
    await resumed.promise;
    late.resolve(await note(tx, "second").then(() => "committed", (error) => error));
  });
  const rejected = assert.rejects(outcome, isConnectionFailure);
  await terminate(database.sql, await connected.promise);
  await rejected;

  await transaction(pool, async (other) => {
    await note(other, "other's");
    resumed.resolve();
    assert.ok(await late.promise instanceof TransactionOver);
  });
  assert.deepEqual(await notes(database.sql), ["other's"]);
});

Deno.test("transaction() refuses statements after an ignored connection failure", async () => {
  await using database = await createNotes();
  const pool = database.openPool({ max: 1 });
  const connected = Promise.withResolvers<number>();
  const late = Promise.withResolvers<unknown>();

  const outcome = transaction(pool, async (tx) => {
    await note(tx, "first");
    connected.resolve(await backend(tx));
    await tx`SELECT pg_sleep(60)`.catch(() => {});
    late.resolve(await note(tx, "second").then(() => "committed", (error) => error));
  });
  const rejected = assert.rejects(outcome, isConnectionFailure);
  await terminate(database.sql, await connected.promise);

  await rejected;
  assert.ok(await late.promise instanceof TransactionOver);
  assert.equal(await exactlyOne(pool`SELECT 1 AS answer`, (row) => row["answer"]), 1);
  assert.deepEqual(await notes(database.sql), []);
});

Deno.test("transaction() refuses a statement that its work did not await", async () => {
  await using database = await createNotes();
  const forgotten = await transaction(database.sql, (tx) => {
    const statement = note(tx, "late");
    return Promise.resolve({ statement });
  });
  await assert.rejects(async () => await forgotten.statement, TransactionOver);
  assert.deepEqual(await notes(database.sql), []);
});

Deno.test("transaction() repeats its work after a serialization failure", async () => {
  await using database = await createNotes();
  const bothHaveRead = Promise.withResolvers<void>();
  let reads = 0;
  const noteTheCount = async (tx: Tx) => {
    const count = await exactlyOne(tx`SELECT count(*) FROM notes`, (row) => row["count"]);
    if (++reads === 2) bothHaveRead.resolve();
    await bothHaveRead.promise;
    await note(tx, `after ${count}`);
  };
  await Promise.all(
    [1, 2].map(() => transaction(database.sql, noteTheCount, { isolation: "serializable" })),
  );
  assert.deepEqual(await notes(database.sql), ["after 0", "after 1"]);
  assert.equal(reads, 3);
});

Deno.test("transaction() gives up after four attempts", async () => {
  await using database = await createNotes();
  let attempts = 0;
  const outcome = transaction(database.sql, async (tx) => {
    attempts++;
    await tx`DO $$ BEGIN RAISE SQLSTATE '40001'; END $$`;
  });
  await assert.rejects(outcome, { code: "40001" });
  assert.equal(attempts, 4);
});

async function createNotes(): Promise<TestDatabase> {
  const database = await createEmptyTestDatabase();
  await database
    .sql`CREATE TABLE notes (id bigint GENERATED ALWAYS AS IDENTITY, text text NOT NULL)`;
  return database;
}

/** Runs when it is awaited, as every statement. */
function note(tx: Tx, text: string) {
  return tx`INSERT INTO notes (text) VALUES (${text})`;
}

async function notes(pool: Pool): Promise<string[]> {
  return (await pool<{ text: string }[]>`SELECT text FROM notes ORDER BY id`).map((row) =>
    row.text
  );
}

async function backend(tx: Tx): Promise<number> {
  return await exactlyOne(tx<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`, ({ pid }) => pid);
}

async function terminate(pool: Pool, pid: number): Promise<void> {
  await pool`SELECT pg_terminate_backend(${pid}, 5000)`;
}

Deno.test("transaction() stays one transaction at any place in a connection's queue", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = database.openPool({ max: 2 });
  await pool`CREATE TABLE notes (id integer PRIMARY KEY)`;
  // The client sends a hundred statements down a connection before it waits; each place among them is tried.
  for (let others = 190; others < 215; others++) {
    await Promise.all([pool`SELECT pg_sleep(0.001)`, pool`SELECT pg_sleep(0.001)`]);
    const queued = Array.from({ length: others }, () => pool`SELECT 1`.execute());
    const outcome = transaction(pool, (tx) => tx`INSERT INTO notes VALUES (${others})`);
    await Promise.all([...queued, outcome]);
  }
  const open = await pool`
    SELECT FROM pg_stat_activity
     WHERE datname = current_database() AND state LIKE 'idle in transaction%'`;
  assert.equal(open.length, 0);
  assert.equal((await pool`SELECT FROM notes`).length, 25);
});
