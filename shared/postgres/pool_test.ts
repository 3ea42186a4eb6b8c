import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { TcpProxy } from "../testing/tcp_proxy.ts";
import { exactlyOne, isConnectionFailure, isStatementTimeout, openPostgres } from "./mod.ts";

Deno.test("openPostgres() reads bigint as number, timestamptz as Date, jsonb as value", async () => {
  await using database = await createEmptyTestDatabase();
  const [row] = await database.sql`
    SELECT 9007199254740991::bigint AS big, ARRAY[1, 2]::bigint[] AS bigs,
           '2030-01-02T03:04:05+02'::timestamptz AS at, '{"a":[1]}'::jsonb AS doc`;
  assert.deepEqual({ ...row }, {
    big: Number.MAX_SAFE_INTEGER,
    bigs: [1, 2],
    at: new Date("2030-01-02T01:04:05Z"),
    doc: { a: [1] },
  });
});

Deno.test("openPostgres() returns no rows of an earlier failed statement", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = database.openPool({ max: 1 });
  for (const rows of [1, 3]) {
    await assert.rejects(
      async () => await pool`SELECT 1 / (${rows}::integer + 1 - n) FROM generate_series(1, 9) AS n`,
      /division by zero/,
    );
    const found = await pool`SELECT n FROM generate_series(1, ${rows}::integer) AS n`;
    assert.deepEqual([...found].map((row) => row?.n), rows === 1 ? [1] : [1, 2, 3]);
  }
});

Deno.test("openPostgres() refuses a bigint that a number cannot hold", async () => {
  await using database = await createEmptyTestDatabase();
  await assert.rejects(
    async () => await database.sql`SELECT 9007199254740993::bigint`,
    /must be a safe integer: it is 9007199254740993/,
  );
});

Deno.test("openPostgres() sets name and limits on every connection", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = database.openPool({ name: "box-office", statementTimeoutMs: 1_234 });
  const settings = await pool`
    SELECT current_setting('application_name') AS name,
           current_setting('statement_timeout') AS statement,
           current_setting('idle_in_transaction_session_timeout') AS idle`;
  assert.deepEqual({ ...settings[0] }, { name: "box-office", statement: "1234ms", idle: "10s" });
});

Deno.test("openPostgres() neither prepares nor sets limits through a transaction pooler", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = openPostgres(`${database.url}?pgbouncer=true`, { max: 1, name: "pooled" });
  const [row] = await pool`
    SELECT current_setting('statement_timeout') AS statement,
           (SELECT count(*) FROM pg_prepared_statements) AS prepared, ${1}::integer AS parameter`;
  assert.deepEqual({ ...row }, { statement: "0", prepared: 0, parameter: 1 });
  await pool.end();
});

Deno.test("openPostgres() ends a statement after its time limit", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = database.openPool({ statementTimeoutMs: 20 });
  await assert.rejects(async () => await pool`SELECT pg_sleep(60)`, isStatementTimeout);
});

Deno.test("openPostgres() recovers after all its connections were cut", async () => {
  await using database = await createEmptyTestDatabase();
  const pool = database.openPool({ max: 2, name: "victim" });
  for (let round = 0; round < 3; round++) {
    const cut = [pool`SELECT pg_sleep(60)`, pool`SELECT pg_sleep(60)`].map((query) =>
      assert.rejects(async () => await query, isConnectionFailure)
    );
    await terminateSleeping();
    await Promise.all(cut);
    assert.equal(await exactlyOne(pool`SELECT 1 AS answer`, (row) => row["answer"]), 1);
  }

  /** Asks until both statements were found running, as they are sent on connections not yet made. */
  async function terminateSleeping() {
    for (let found = 0; found < 2;) {
      const ended = await database.sql`
        SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE application_name = 'victim' AND query LIKE '%pg_sleep%' AND state = 'active'`;
      found += ended.length;
    }
  }
});

Deno.test("openPostgres() fails a statement at once if no server listens", async () => {
  const pool = openPostgres(`postgres://user@127.0.0.1:${unusedPort()}/none`, {
    max: 2,
    name: "test",
  });
  for (let attempt = 0; attempt < 5; attempt++) {
    await assert.rejects(async () => await pool`SELECT 1`, isConnectionFailure);
  }
  await pool.end();
});

function unusedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

Deno.test("a statement on a dead connection fails in time; the next has a new one", async () => {
  await using database = await createEmptyTestDatabase();
  const url = new URL(database.url);
  const proxy = new TcpProxy({ hostname: url.hostname, port: Number(url.port || 5432) });
  url.host = `127.0.0.1:${proxy.port}`;
  const pool = openPostgres(url.href, {
    max: 1,
    name: "half-open",
    statementTimeoutMs: 100,
    answerMarginMs: 100,
  });
  await pool`SELECT 1`;
  proxy.freeze();
  await assert.rejects(async () => await pool`SELECT 2`, isConnectionFailure);
  proxy.thaw();
  const [row] = await pool`SELECT 3 AS answer`;
  assert.deepEqual({ ...row }, { answer: 3 });
  await pool.end({ timeout: 0 });
  await proxy.cut();
});

Deno.test("a server crash during connecting fails statements, not the process", async () => {
  await using server = startCrashingServer();
  const pool = openPostgres(`postgres://app@127.0.0.1:${server.port}/any`, { max: 1, name: "t" });
  for (let round = 0; round < 3; round++) {
    await assert.rejects(async () => await pool`SELECT 1`, isConnectionFailure);
  }
  await pool.end({ timeout: 0 });
});

/** PostgreSQL as far as the first question after the greeting, which it answers by its end. */
function startCrashingServer() {
  const greeting = Uint8Array.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]);
  const fields = "SFATAL\0C57P02\0Mterminating connection because of crash\0\0";
  const crash = new TextEncoder().encode(
    `E\0\0\0${String.fromCharCode(fields.length + 4)}${fields}`,
  );
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const ended = (async () => {
    for await (const connection of listener) {
      const bytes = new Uint8Array(10_000);
      await connection.read(bytes);
      await connection.write(greeting);
      await connection.read(bytes);
      await connection.write(crash);
      connection.close();
    }
  })();
  return {
    port: listener.addr.port,
    async [Symbol.asyncDispose]() {
      listener.close();
      await ended;
    },
  };
}
