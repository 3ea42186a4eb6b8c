import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedPostgres, startPostgres } from "@evently/embedded/postgres";
import { openPostgres } from "@evently/shared/postgres";
import { TEST_DATABASE_PREFIX } from "../database.ts";

/** A PostgreSQL server of this run alone. */
export interface ClaimedServer {
  url: string;
  /** Stops the server, and lets another run have its place. */
  release(): Promise<void>;
}

const PLACES = fileURLToPath(new URL("../../../.evently/test/", import.meta.url));
const MAX_CONCURRENT_RUNS = 8;

/** What a crash of the machine leaves of a test is of no use to anybody. */
const VOLATILE = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  max_connections: "300",
};

/**
 * Starts PostgreSQL in the first place (`.evently/test/1`, `2` …) that no other run holds. A place is kept
 * for the next run, so that only the first makes a cluster; what a killed run left in it is cleared away.
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
    `Cannot run the tests as at most ${MAX_CONCURRENT_RUNS} runs of one checkout may go on at once`,
  );
}

async function dropLeftovers(server: EmbeddedPostgres): Promise<void> {
  const admin = openPostgres(server.url(), { max: 1, name: "evently-test-runner" });
  try {
    const left = await admin<{ datname: string }[]>`
      SELECT datname FROM pg_database WHERE starts_with(datname, ${TEST_DATABASE_PREFIX})`;
    for (const { datname } of left) await admin`DROP DATABASE ${admin(datname)} WITH (FORCE)`;
  } finally {
    await admin.end();
  }
}
