import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { checkTimeLimits, openPostgres, setTimeLimits, type TimeLimitLog } from "./mod.ts";

/** A database of one test whose connections set no limits, as through a transaction pooler. */
async function createPooledDatabase() {
  const database = await createEmptyTestDatabase();
  const url = `${database.url}?pgbouncer=true`;
  const told: Record<string, unknown>[] = [];
  const tell = (level: string) => (message: string, fields = {}) =>
    void told.push({ level, message, ...fields });
  const log: TimeLimitLog = { info: tell("info"), warn: tell("warn") };
  /** Runs work on a new connection, which has what the role has by now. */
  async function withPool<T>(work: (pool: ReturnType<typeof openPostgres>) => Promise<T>) {
    const pool = openPostgres(url, { max: 1, name: "pooled" });
    try {
      return await work(pool);
    } finally {
      await pool.end();
    }
  }
  const limits = () =>
    withPool(async (pool) => {
      const [row] = await pool`
        SELECT current_setting('statement_timeout') AS statement,
               current_setting('lock_timeout') AS lock,
               current_setting('idle_in_transaction_session_timeout') AS idle`;
      return { ...row };
    });
  const dispose = () => database[Symbol.asyncDispose]();
  return { sql: database.sql, url, log, told, withPool, limits, [Symbol.asyncDispose]: dispose };
}

const LIMITS = { statement: "15s", lock: "12s", idle: "10s" };

Deno.test("setTimeLimits() limits new connections of the role, and changes nothing again", async () => {
  await using database = await createPooledDatabase();
  await database.withPool((pool) => setTimeLimits(pool, database.log));
  assert.deepEqual(await database.limits(), LIMITS);
  await database.withPool((pool) => setTimeLimits(pool, database.log));
  assert.deepEqual(database.told.map(({ level, message }) => [level, message]), [
    ["info", "time limits set on the role"],
  ]);
});

Deno.test("setTimeLimits() leaves what an operator has set", async () => {
  await using database = await createPooledDatabase();
  const [row] = await database.sql<{ name: string }[]>`SELECT current_database() AS name`;
  await database.sql.unsafe(`ALTER DATABASE "${row?.name}" SET statement_timeout = '3s'`);
  await database.withPool((pool) => setTimeLimits(pool, database.log));
  assert.deepEqual(await database.limits(), { ...LIMITS, statement: "3s" });
});

Deno.test("setTimeLimits() tells an administrator what to run where it may not", async () => {
  await using database = await createPooledDatabase();
  const [row] = await database.sql<{ name: string; role: string }[]>`
    SELECT current_database() AS name, current_user AS role`;
  await database.sql.unsafe(
    `ALTER DATABASE "${row?.name}" SET default_transaction_read_only = on`,
  );
  await assert.doesNotReject(database.withPool((pool) => setTimeLimits(pool, database.log)));
  const [told] = database.told;
  assert.equal(told?.level, "warn");
  assert.match(String(told?.error), /cannot execute ALTER ROLE/);

  // It is what helps.
  await database.sql.unsafe(`ALTER DATABASE "${row?.name}" RESET default_transaction_read_only`);
  await database.sql.unsafe(String(told?.run));
  assert.deepEqual(await database.limits(), LIMITS);
});

Deno.test("checkTimeLimits() warns of limits that are missing through a pooler", async () => {
  await using database = await createPooledDatabase();
  const { log, url, told } = database;
  const check = () => database.withPool((pool) => checkTimeLimits(pool, { url, log }));
  await check();
  const [warning] = told;
  assert.equal(warning?.level, "warn");
  assert.deepEqual([...warning?.missing as string[]].sort(), [
    "idle_in_transaction_session_timeout",
    "lock_timeout",
    "statement_timeout",
  ]);
  await database.sql.unsafe(String(warning?.run));
  await check();
  assert.equal(told.length, 1);
});

Deno.test("checkTimeLimits() is silent where connections set limits, or nothing answers", async () => {
  await using database = await createPooledDatabase();
  const { log, told } = database;
  const url = database.url.replace("?pgbouncer=true", "");
  await database.withPool((pool) => checkTimeLimits(pool, { url, log }));
  const gone = openPostgres("postgres://a@127.0.0.1:9/a?pgbouncer=true", { max: 1, name: "gone" });
  await checkTimeLimits(gone, { url: "postgres://a@127.0.0.1:9/a?pgbouncer=true", log });
  await gone.end();
  assert.deepEqual(told, []);
});
