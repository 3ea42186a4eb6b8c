import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedPostgres, startPostgres } from "@evently/embedded/postgres";
import { openPostgres } from "@evently/shared/postgres";

/** PostgreSQL server of one run. */
export interface ClaimedServer {
  url: string;
  /** Stops the server and frees its slot. */
  release(): Promise<void>;
}

/** Name prefix of test databases; a later run drops those that a killed run left. */
export const TEST_DATABASE_PREFIX = "evently_test_";

const SLOTS = fileURLToPath(new URL("../../../.evently/test/", import.meta.url));
const MAX_CONCURRENT_RUNS = 8;

/** Settings that trade durability for speed; a crash may lose data. */
export const VOLATILE = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  shared_buffers: "128MB",
  max_connections: "300",
};

/**
 * Starts PostgreSQL in the first free slot (`.evently/test/1`, `2` …). Later runs reuse the cluster of a slot, after
 * dropping the databases that a killed run left in it.
 *
 * @throws {Error} if every slot is in use
 */
export async function claimServer(): Promise<ClaimedServer> {
  for (let slot = 1; slot <= MAX_CONCURRENT_RUNS; slot++) {
    const directory = join(SLOTS, String(slot));
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

/** Drops the test databases that killed runs left; the server must have no other user. */
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
