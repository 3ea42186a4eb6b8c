/**
 * A coordinator and two workers of Citus on this machine, with data of their own. The servers' programs, with the extension
 * installed, are in the directory that `CITUS_BIN` names (`…/postgresql/15/bin`).
 */
import {
  type DatabaseName,
  DATABASES,
  distribute,
  ensureDatabase,
  loadPlacements,
} from "@evently/shared/postgres";
import { freePort, joinCluster } from "@evently/shared/testing";
import { migrationsDirectory } from "../../migrations/mod.ts";
import { serverAccount } from "../../shared/embedded/postgres/account.ts";
import { type BenchDatabases, createBenchDatabases, required } from "./stores.ts";

/** A server of a cluster, or a plain one of the same build. */
export interface CitusNode {
  name: "plain" | "coordinator" | "worker 1" | "worker 2";
  url: string;
  /** Ends the server as a lost machine would: `kill -9` of it and all its processes. */
  kill(): Promise<void>;
  /** Starts it anew on its data. */
  start(): Promise<void>;
  /** Processor time of its processes of now, in ms. */
  cpuMs(): number;
  stop(): Promise<void>;
}

const USER = "postgres";
const START_TIMEOUT_MS = 60_000;
const POLL_MS = 100;
const NS_PER_MS = 1e6;
/** As durable as production. Processes are reached without TLS, so no certificate of the account is looked for. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "128MB",
  max_prepared_transactions: "200",
  timezone: "UTC",
};
const CLUSTER_SETTINGS: Readonly<Record<string, string>> = {
  shared_preload_libraries: "citus",
  wal_level: "logical",
  max_worker_processes: "64",
  "citus.node_conninfo": "sslmode=disable",
};
const ENVIRONMENT = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC", HOME: "/" };

/** Starts a server in a directory of its own below `base`. */
export async function startNode(
  base: string,
  name: CitusNode["name"],
  settings: Readonly<Record<string, string>> = {},
): Promise<CitusNode> {
  const binaries = required("CITUS_BIN");
  const account = await serverAccount();
  const data = `${base}/${name.replace(" ", "_")}`;
  await Deno.mkdir(data, { mode: 0o700 });
  if (account) await Deno.chown(data, account.uid, account.gid);
  const as = { ...account, cwd: "/", clearEnv: true, env: ENVIRONMENT };
  const initdb = await new Deno.Command(`${binaries}/initdb`, {
    args: ["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
    ...as,
  }).output();
  if (!initdb.success) throw new Error(new TextDecoder().decode(initdb.stderr));
  const port = await freePort(data);
  const url = `postgres://${USER}@127.0.0.1:${port}/postgres`;
  const all = {
    ...SETTINGS,
    ...(name === "plain" ? {} : CLUSTER_SETTINGS),
    ...settings,
    port: String(port),
  };
  let child: Deno.ChildProcess | undefined;

  async function start(): Promise<void> {
    child = new Deno.Command(`${binaries}/postgres`, {
      args: [
        "-D",
        data,
        ...Object.entries(all).flatMap(([key, value]) => ["-c", `${key}=${value}`]),
      ],
      ...as,
      stdin: "null",
      stdout: "null",
      stderr: "null",
    }).spawn();
    const untilMs = performance.now() + START_TIMEOUT_MS;
    while (!await isReady(binaries, port)) {
      if (performance.now() > untilMs) throw new Error(`the server ${name} did not start`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
  async function end(signal: Deno.Signal): Promise<void> {
    if (!child) return;
    const children = signal === "SIGKILL" ? childrenOf(child.pid) : [];
    child.kill(signal);
    for (const pid of children) killIfThere(pid);
    await child.status;
    child = undefined;
  }
  await start();
  return {
    name,
    url,
    start,
    kill: () => end("SIGKILL"),
    stop: () => end("SIGINT"),
    cpuMs: () => childrenOf(child?.pid ?? 0).reduce((sum, pid) => sum + cpuMsOf(pid), 0),
  };
}

/** A running cluster. */
export interface CitusCluster extends AsyncDisposable {
  coordinator: CitusNode;
  workers: CitusNode[];
}

/** Starts a coordinator and two workers below `base`. */
export async function startCluster(
  base: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<CitusCluster> {
  const coordinator = await startNode(base, "coordinator", settings);
  const workers = [
    await startNode(base, "worker 1", settings),
    await startNode(base, "worker 2", settings),
  ];
  return {
    coordinator,
    workers,
    async [Symbol.asyncDispose]() {
      for (const node of [coordinator, ...workers]) await node.stop();
    },
  };
}

/** Makes a directory that the servers' account may enter. */
export function makeBase(): Promise<string> {
  return Deno.makeTempDir({ dir: "/var/tmp", prefix: "evently_citus_" }).then(async (base) => {
    await Deno.chmod(base, 0o755);
    return base;
  });
}

/** Makes the three databases of a benchmark on the coordinator, and distributes those that can be. */
export async function createDistributedDatabases(
  { coordinator, workers }: CitusCluster,
): Promise<BenchDatabases> {
  const databases = await createBenchDatabases(coordinator.url);
  for (const name of DATABASES) await distributeOne(name);
  return databases;

  async function distributeOne(name: DatabaseName): Promise<void> {
    const directory = migrationsDirectory(name);
    const placements = await loadPlacements(directory);
    if (!placements) return;
    for (const { url } of workers) await ensureDatabase(url, databases.name(name));
    await joinCluster(coordinator.url, workers.map(({ url }) => url), databases.name(name));
    await distribute(databases.pool(name), placements);
  }
}

async function isReady(binaries: string, port: number): Promise<boolean> {
  const { success } = await new Deno.Command(`${binaries}/psql`, {
    args: ["-X", "-h", "127.0.0.1", "-p", String(port), "-U", USER, "-c", "SELECT 1", "postgres"],
    clearEnv: true,
    env: ENVIRONMENT,
    stdout: "null",
    stderr: "null",
  }).output();
  return success;
}

function childrenOf(pid: number): number[] {
  try {
    const text = Deno.readTextFileSync(`/proc/${pid}/task/${pid}/children`);
    return text.split(" ").filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

/** By the scheduler's own count, in ns; see proc(5). */
function cpuMsOf(pid: number): number {
  try {
    return Number(Deno.readTextFileSync(`/proc/${pid}/schedstat`).split(" ")[0]) / NS_PER_MS;
  } catch {
    return 0; // ended
  }
}

function killIfThere(pid: number): void {
  try {
    Deno.kill(pid, "SIGKILL");
  } catch {
    // ended with its parent
  }
}
