import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedPostgres, startPostgres } from "@evently/embedded/postgres";
import { openPostgres } from "@evently/shared/postgres";

/** A PostgreSQL server for one run. */
export interface ClaimedServer {
  url: string;
  /** Stops the server and frees its place. */
  release(): Promise<void>;
}

/** Prefix of the databases of tests; a later run drops those that a killed run left. */
export const TEST_DATABASE_PREFIX = "evently_test_";

const PLACES = fileURLToPath(new URL("../../../.evently/test/", import.meta.url));
const MAX_CONCURRENT_RUNS = 8;

/** Settings of a server whose data may be lost in a crash. */
export const VOLATILE = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  max_connections: "300",
};

/**
 * Starts PostgreSQL in the first place (`.evently/test/1`, `2` …) that no other run holds. The next run reuses the
 * cluster of a place, without the databases that a killed run left in it.
 *
 * @throws {Error} every place is taken
 */
export async function claimServer(): Promise<ClaimedServer> {
  for (let place = 1; place <= MAX_CONCURRENT_RUNS; place++) {
    const directory = join(PLACES, String(place));
    await Deno.mkdir(directory, { recursive: true });
    const lock = await Deno.open(join(directory, "run.lock"), { create: true, write: true });
    if (!await lock.tryLock(true)) {
      lock.close();
      continue;
    }
    const server = await startPostgres({ directory, settings: VOLATILE });
    await dropLeftovers(server);
    return {
      url: server.url(),
      async release() {
        await server.stop();
        lock.close();
      },
    };
  }
  throw new Error(
    `Cannot run the tests as ${MAX_CONCURRENT_RUNS} runs of this checkout are going on already`,
  );
}

/** Drops the databases that killed runs left on a server that nobody else uses. */
export async function dropLeftovers(server: EmbeddedPostgres): Promise<void> {
  const admin = openPostgres(server.url(), { max: 1, name: "evently-test-runner" });
  try {
    const left = await admin<{ datname: string }[]>`
      SELECT datname FROM pg_database WHERE starts_with(datname, ${TEST_DATABASE_PREFIX})`;
    for (const { datname } of left) await admin`DROP DATABASE ${admin(datname)} WITH (FORCE)`;
  } finally {
    await admin.end();
  }
}
