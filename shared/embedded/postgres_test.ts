import assert from "node:assert/strict";
import { exactlyOne, isConnectionFailure, openPostgres, type Pool } from "@evently/shared/postgres";
import { startPostgres } from "./postgres.ts";

const LOCAL = { max: 1, name: "test" };
const OWNER_AND_OTHERS = 0o755;

Deno.test("startPostgres() serves the requested databases and keeps them", async () => {
  await using directory = await createDirectory();
  await using first = await startPostgres({ directory: directory.path, databases: ["users_db"] });
  await withPool(first.url("users_db"), (sql) => sql`CREATE TABLE kept AS SELECT 1 AS n`);
  await first.stop();

  await using second = await startPostgres({ directory: directory.path, databases: ["users_db"] });
  assert.equal(second.adopted, false);
  assert.equal(second.port, first.port, "a restart keeps the address");
  await withPool(second.url("users_db"), async (sql) => {
    assert.equal(await exactlyOne(sql`SELECT n FROM kept`, (row) => row["n"]), 1);
    const settings = await sql`
      SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`;
    assert.deepEqual({ ...settings[0] }, { fsync: "on", commit: "on" });
  });
});

Deno.test("startPostgres() adopts the server of a run that was killed", async () => {
  await using directory = await createDirectory();
  const module = new URL("./postgres.ts", import.meta.url).href;
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)});
    await startPostgres({ directory: ${JSON.stringify(directory.path)} });
    Deno.kill(Deno.pid, "SIGKILL");`;
  const killed = await new Deno.Command(Deno.execPath(), { args: ["eval", script] }).output();
  assert.equal(killed.signal, "SIGKILL", new TextDecoder().decode(killed.stderr));

  await using server = await startPostgres({ directory: directory.path });
  assert.equal(server.adopted, true);
  await withPool(server.url(), (sql) => sql`SELECT 1`);
  await server.stop();
  await assert.rejects(withPool(server.url(), (sql) => sql`SELECT 1`), isConnectionFailure);
});

Deno.test("startPostgres() ignores a pid file that names another process", async () => {
  await using directory = await createDirectory();
  await using first = await startPostgres({ directory: directory.path });
  const data = await withPool(
    first.url(),
    (sql) =>
      exactlyOne(
        sql<{ data_directory: string }[]>`SHOW data_directory`,
        (row) => row.data_directory,
      ),
  );
  const pidFile = `${data}/postmaster.pid`;
  const lines = (await Deno.readTextFile(pidFile)).split("\n");
  await first.stop();
  await Deno.writeTextFile(pidFile, [String(Deno.pid), ...lines.slice(1)].join("\n"));

  await using second = await startPostgres({ directory: directory.path });
  assert.equal(second.adopted, false);
});

Deno.test("startPostgres() starts one server per directory, also concurrently", async () => {
  await using left = await createDirectory();
  await using right = await createDirectory();
  const servers = await Promise.all(
    [left, right, left].map(({ path }) => startPostgres({ directory: path })),
  );
  const [first, second, again] = servers;
  assert.notEqual(first?.port, second?.port);
  assert.equal(first?.port, again?.port, "who comes second to a directory shares its server");
  await first?.stop();
  await second?.stop();
});

Deno.test("startPostgres() shows the end of the log when the server does not start", async () => {
  await using directory = await createDirectory();
  await assert.rejects(
    startPostgres({ directory: directory.path, settings: { max_connections: "none" } }),
    /Cannot start PostgreSQL on port \d+; the end of .*postgres.log says:\n.*invalid value for parameter "max_connections"/s,
  );
});

/** The client (3.4.9) now and then leaves the timers of connections that died under it; they end by themselves. */
const CLIENT_LEAVES_TIMERS = { sanitizeOps: false, sanitizeResources: false };

Deno.test(
  "a pool answers every statement while its server is killed, and works on the next one",
  CLIENT_LEAVES_TIMERS,
  async () => {
    await using directory = await createDirectory();
    await using first = await startPostgres({ directory: directory.path });
    let server = first;
    const pool = openPostgres(server.url(), { max: 4, name: "crash" });
    for (let round = 0; round < 3; round++) {
      const busy = Array.from({ length: 32 }, () => untilItFails(pool));
      await Promise.all(Array.from({ length: 50 }, () => pool`SELECT 1`));
      Deno.kill(server.pid, "SIGKILL");
      for (const error of await Promise.all(busy)) {
        assert.ok(isConnectionFailure(error), String(error));
      }

      server = await startPostgres({ directory: directory.path, port: server.port });
      assert.equal(server.adopted, false);
      await Promise.all(Array.from({ length: 50 }, () => pool`SELECT 1`));
    }
    await pool.end();
  },
);

const MAX_STATEMENTS = 1_000_000;

async function untilItFails(pool: Pool): Promise<unknown> {
  for (let count = 0; count < MAX_STATEMENTS; count++) {
    try {
      await pool`SELECT ${count}::integer`;
    } catch (error) {
      return error;
    }
  }
  throw new Error("The server was not killed");
}

async function withPool<T>(url: string, work: (sql: Pool) => PromiseLike<T>): Promise<T> {
  const pool = openPostgres(url, LOCAL);
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

/** A directory that the server's account can enter. */
async function createDirectory(): Promise<AsyncDisposable & { path: string }> {
  const path = await Deno.makeTempDir({ prefix: "evently-postgres-" });
  await Deno.chmod(path, OWNER_AND_OTHERS);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await Deno.remove(path, { recursive: true });
    },
  };
}
