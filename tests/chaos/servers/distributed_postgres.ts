import {
  DATABASES,
  distribute,
  ensureDatabase,
  loadPlacements,
  onServer,
  openPostgres,
} from "@evently/shared/postgres";
import { freePort, joinCluster } from "@evently/shared/testing";
import { serverAccount } from "../../../shared/embedded/postgres/account.ts";
import { migrationsDirectory } from "../../../migrations/mod.ts";
import {
  backendsOf,
  childrenOf,
  initialize,
  limitFamily,
  postgresProcess,
  type PostgresServer,
  USER,
} from "./postgres.ts";
import { waitForPostgres } from "./ready.ts";
import { type DiskKind, makeSmallDisk } from "./small_disk.ts";
import type { Supervised } from "./supervised.ts";

/** A coordinator of Citus, to which the services connect, and two workers. */
export interface DistributedPostgres extends PostgresServer {
  readonly workers: readonly Worker[];
  /** Spreads the databases, migrated on the coordinator, over the workers. */
  distribute(): Promise<void>;
}

/** A server that has a part of the events. */
interface Worker {
  process: Supervised;
  url: string;
}

/** Directory of a PostgreSQL's programs whose installation has the extension. */
const BINARIES_VARIABLE = "CITUS_BIN";
const WORKERS = ["worker-1", "worker-2"];
const SETTINGS: Readonly<Record<string, string>> = {
  shared_preload_libraries: "citus",
  wal_level: "logical",
  max_connections: "300",
  max_worker_processes: "64",
  max_prepared_transactions: "300",
  "citus.node_conninfo": "sslmode=disable",
};

/**
 * Starts the servers of a cluster on one disk, whose databases are not distributed yet.
 *
 * @throws {Error} `CITUS_BIN` is not set
 */
export async function startDistributedPostgres(
  base: string,
  { disk: kind }: { disk?: DiskKind | undefined },
): Promise<DistributedPostgres> {
  const binaries = Deno.env.get(BINARIES_VARIABLE);
  if (!binaries) {
    throw new Error(
      `Cannot lose a worker as ${BINARIES_VARIABLE} is not set: it names the programs of a PostgreSQL with Citus`,
    );
  }
  const account = await serverAccount();
  const disk = await makeSmallDisk(base, kind);
  const setup = { binaries, account, base };
  const url = (port: number, database = "postgres") =>
    `postgres://${USER}@127.0.0.1:${port}/${database}`;

  async function start(name: string): Promise<Worker & { port: number; data: string }> {
    const data = `${disk.path}/${name}`;
    await initialize(setup, data);
    const port = await freePort(`${base}/${name}`);
    const process = postgresProcess(setup, { name, data, port, settings: SETTINGS });
    await waitForPostgres(url(port));
    return { process, port, data, url: url(port) };
  }

  const coordinator = await start("coordinator");
  const workers: Worker[] = [];
  for (const name of WORKERS) workers.push(await start(name));
  const { process, port } = coordinator;
  const family = async () => [process.pid, ...await childrenOf(process.pid)];
  return {
    process,
    port,
    parameters: "",
    version: `${(await Deno.readTextFile(`${coordinator.data}/PG_VERSION`)).trim()} with Citus`,
    disk,
    url: (database) => url(port, database),
    backends: () => backendsOf(process.pid),
    family,
    limitFiles: async (size) => await limitFamily(await family(), { size, account }),
    workers,
    async distribute() {
      for (const name of DATABASES) {
        const placements = await loadPlacements(migrationsDirectory(name));
        if (!placements) continue;
        for (const worker of workers) await ensureDatabase(worker.url, name);
        await joinCluster(coordinator.url, workers.map((worker) => worker.url), name);
        const pool = openPostgres(onServer(coordinator.url, name), { max: 1, name: "chaos" });
        try {
          await distribute(pool, placements);
        } finally {
          await pool.end();
        }
      }
    },
    async [Symbol.asyncDispose]() {
      for (const one of [coordinator, ...workers]) await one.process.stop();
      await disk.remove();
    },
  };
}
