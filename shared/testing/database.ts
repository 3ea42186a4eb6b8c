import {
  createMigrator,
  type DatabaseName,
  distribute,
  exactlyOne,
  fingerprint,
  loadMigrations,
  loadPlacements,
  onServer,
  openPostgres,
  type Pool,
  type PostgresOptions,
} from "@evently/shared/postgres";
import { joinCluster } from "./cluster.ts";
import { TEST_DATABASE_PREFIX } from "./runner/claim_server.ts";
import { sharedServerUrl } from "./runner/shared_server.ts";

/** Database of one test or suite, dropped at the end of its scope. */
export interface TestDatabase extends AsyncDisposable {
  /** Connection string of the database. */
  readonly url: string;
  /** A pool of 4 connections, opened on first use and closed with the database. */
  readonly sql: Pool;
  /** Opens another pool; closed with the database. */
  openPool(options?: Partial<PostgresOptions>): Pool;
}

/** URL of a database on a server that allows creating databases; set by `deno task test`. */
const SERVER_VARIABLE = "TEST_DATABASE_URL";
/** URL of a pooler before that server, which suites use instead; databases are made and dropped without it. */
const POOLER_VARIABLE = "TEST_DATABASE_POOLER_URL";
/** URLs of the workers where the server is a Citus coordinator, separated by commas; set by the rehearsal. */
const WORKERS_VARIABLE = "TEST_DATABASE_WORKERS";
/** Few, as each costs every test its files. */
const SHARDS = 4;
/** A template of a cluster takes this long at most, while other processes wait for it. */
const ADMIN_TIMEOUT_MS = 120_000;
const POOL_SIZE = 4;
/** Advisory lock for creating templates, shared by all workers and runs on one server. */
const TEMPLATE_LOCK = 7_238_115;
const SILENT = { info: () => {} };

/** Templates by database; each is created at most once per worker. */
const templates = new Map<DatabaseName, Promise<string>>();

/**
 * Creates a database with the schema of `name`. It copies a template, which takes about 40 ms; the template is
 * migrated once per server and version of the migrations.
 *
 * ```ts
 * await using database = await createTestDatabase("events_db");
 * await database.sql`SELECT count(*) FROM events`;
 * ```
 */
export async function createTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  return await createTestDatabaseOn(await serverUrl(), name);
}

/** Like {@link createTestDatabase}, on the given server; a process may use one server only. */
export async function createTestDatabaseOn(
  server: string,
  name: DatabaseName,
): Promise<TestDatabase> {
  const template = templates.get(name) ?? provideTemplate(server, name);
  templates.set(name, template);
  return await createFrom(server, await template);
}

/** Creates an empty database, for tests of migrations and of the database access itself. */
export async function createEmptyTestDatabase(): Promise<TestDatabase> {
  return await createFrom(await serverUrl(), "template1");
}

async function createFrom(server: string, template: string): Promise<TestDatabase> {
  const name = TEST_DATABASE_PREFIX + crypto.randomUUID().replaceAll("-", "");
  await onEach(
    server,
    (admin) => admin`CREATE DATABASE ${admin(name)} TEMPLATE ${admin(template)}`,
  );
  return testDatabase(server, name);
}

function testDatabase(server: string, database: string): TestDatabase {
  const url = onServer(Deno.env.get(POOLER_VARIABLE) || server, database);
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
      await onEach(
        server,
        (admin) => admin`DROP DATABASE IF EXISTS ${admin(database)} WITH (FORCE)`,
      );
    },
  };
}

/** Returns the name of the migrated template of a database; creates the template if it is missing. */
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
    // Renamed when complete, as a killed process may leave an unfinished template.
    const unfinished = `${template}_unfinished`;
    await onEach(server, async (each) => {
      await each`DROP DATABASE IF EXISTS ${each(unfinished)} WITH (FORCE)`;
      await each`CREATE DATABASE ${each(unfinished)}`;
    });
    await joinCluster(server, workers(), unfinished);
    const pool = openPostgres(onServer(server, unfinished), { max: 1, name: "evently-test" });
    try {
      await createMigrator({ pool, directory, log: SILENT }).up();
      const placements = await loadPlacements(directory);
      if (workers().length > 0 && placements) {
        await distribute(pool, placements, { shards: SHARDS });
      }
    } finally {
      await pool.end();
    }
    await onEach(server, async (each) => {
      // The cluster's own daemons would come back to it, and a database that somebody uses cannot be copied.
      await each`ALTER DATABASE ${each(unfinished)} ALLOW_CONNECTIONS false`;
      await each`SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = ${unfinished}`;
      await each`ALTER DATABASE ${each(unfinished)} RENAME TO ${each(template)}`;
    });
  });
  return template;
}

/** Runs `work` on the server and, where it is the first of a cluster, on each of its workers. */
async function onEach(server: string, work: (admin: Pool) => PromiseLike<unknown>): Promise<void> {
  for (const url of [server, ...workers()]) await onAdmin(url, work);
}

/** The workers of a Citus cluster whose coordinator is the test server; none: databases are not distributed. */
function workers(): string[] {
  return (Deno.env.get(WORKERS_VARIABLE) ?? "").split(",").filter((url) => url !== "");
}

/** Runs `work` on a separate connection; closing it also releases advisory locks. */
async function onAdmin(server: string, work: (admin: Pool) => PromiseLike<unknown>): Promise<void> {
  const admin = openPostgres(server, {
    max: 1,
    name: "evently-test-admin",
    statementTimeoutMs: ADMIN_TIMEOUT_MS,
  });
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

/** Returns the server of the test run, or the one that plain `deno test` processes share. */
async function serverUrl(): Promise<string> {
  return Deno.env.get(SERVER_VARIABLE) || await sharedServerUrl();
}
