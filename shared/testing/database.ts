import {
  createMigrator,
  type DatabaseName,
  exactlyOne,
  fingerprint,
  loadMigrations,
  onServer,
  openPostgres,
  type Pool,
  type PostgresOptions,
} from "@evently/shared/postgres";

/** A migrated database of one test or suite, dropped at the end of its scope. */
export interface TestDatabase extends AsyncDisposable {
  /** Its connection string. */
  readonly url: string;
  /** The pool that it makes on first use (4 connections) and closes itself. */
  readonly sql: Pool;
  /** A pool of its own for a test that needs another; closed with the database. */
  openPool(options?: Partial<PostgresOptions>): Pool;
}

/** Set by `deno task test`; leads to any database of a server where databases may be created. */
const SERVER_VARIABLE = "TEST_DATABASE_URL";
const POOL_SIZE = 4;
/** Serialises the making of templates among the workers of a run, and among runs on one server. */
const TEMPLATE_LOCK = 7_238_115;
const SILENT = { info: () => {} };

/** All names made here begin so, for a run on its own server to clear away what a killed one left. */
export const TEST_DATABASE_PREFIX = "evently_test_";

/** Template names by database, each made at most once in this worker. */
const templates = new Map<DatabaseName, Promise<string>>();

/**
 * Makes a database with the schema of `name`: a copy of a template that is migrated once per server and
 * state of the migrations, so that it takes some 40 ms.
 *
 * ```ts
 * await using database = await createTestDatabase("events_db");
 * await database.sql`SELECT count(*) FROM events`;
 * ```
 * @throws {Error} it is not run by `deno task test`
 */
export async function createTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  return await createTestDatabaseOn(serverUrl(), name);
}

/** The same on a server that the caller has claimed; one process uses one. */
export async function createTestDatabaseOn(
  server: string,
  name: DatabaseName,
): Promise<TestDatabase> {
  const template = templates.get(name) ?? provideTemplate(server, name);
  templates.set(name, template);
  return await createFrom(server, await template);
}

/** Makes a database with nothing in it, for tests of migrations and of the database access itself. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  return await createFrom(serverUrl(), "template1");
}

async function createFrom(server: string, template: string): Promise<TestDatabase> {
  const name = TEST_DATABASE_PREFIX + crypto.randomUUID().replaceAll("-", "");
  await onAdmin(
    server,
    (admin) => admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(template)}`,
  );
  return testDatabase(server, name);
}

function testDatabase(server: string, database: string): TestDatabase {
  const url = onServer(server, database);
  const pools: Pool[] = [];

  function openPool(options: Partial<PostgresOptions> = {}): Pool {
    const pool = openPostgres(url, { max: POOL_SIZE, name: "evently-test", ...options });
    pools.push(pool);
    return pool;
  }

  let shared: Pool | undefined;
  return {
    url,
    openPool,
    get sql() {
      return shared ??= openPool();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
      await onAdmin(
        server,
        (admin) => admin`DROP DATABASE IF EXISTS ${admin(database)} WITH (FORCE)`,
      );
    },
  };
}

/** The name of the migrated template of a database, made if it is missing. */
async function provideTemplate(server: string, name: DatabaseName): Promise<string> {
  const directory = new URL(`../../migrations/${name}/`, import.meta.url);
  const version = (await fingerprint(await loadMigrations(directory))).slice(0, 12);
  const template = `${TEST_DATABASE_PREFIX}${name}_${version}`;

  await onAdmin(server, async (admin) => {
    await admin`SELECT pg_advisory_lock(${TEMPLATE_LOCK})`;
    const found = await exactlyOne(
      admin<{ count: number }[]>`SELECT count(*) FROM pg_database WHERE datname = ${template}`,
      ({ count }) => count,
    );
    if (found > 0) return;
    // Under its name only when it is whole, as the process may be killed on the way.
    const unfinished = `${template}_unfinished`;
    await admin`DROP DATABASE IF EXISTS ${admin(unfinished)} WITH (FORCE)`;
    await admin`CREATE DATABASE ${admin(unfinished)}`;
    const pool = openPostgres(onServer(server, unfinished), { max: 1, name: "evently-test" });
    try {
      await createMigrator({ pool, directory, log: SILENT }).up();
    } finally {
      await pool.end();
    }
    await admin`ALTER DATABASE ${admin(unfinished)} RENAME TO ${admin(template)}`;
  });
  return template;
}

/** Runs `work` on one connection of its own, which also ends the locks that it takes. */
async function onAdmin(server: string, work: (admin: Pool) => PromiseLike<unknown>): Promise<void> {
  const admin = openPostgres(server, { max: 1, name: "evently-test-admin" });
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function serverUrl(): string {
  const url = Deno.env.get(SERVER_VARIABLE);
  if (!url) {
    throw new Error(
      `Cannot make a test database as ${SERVER_VARIABLE} is not set: run \`deno task test\``,
    );
  }
  return url;
}
