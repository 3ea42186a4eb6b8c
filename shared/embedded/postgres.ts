/**
 * A real PostgreSQL 18 on this machine with nothing to install: for development and tests.
 *
 * It listens only on 127.0.0.1, without a password. Nothing is read from the environment.
 */
import { join, resolve } from "node:path";
import { ensureDatabase } from "@evently/shared/postgres";
import { baseDirectory, serverAccount } from "./postgres/account.ts";
import { installBinaries } from "./postgres/binaries.ts";
import { Cluster } from "./postgres/cluster.ts";
import { freePorts } from "./postgres/ports.ts";
import { findRunning, type RunningServer } from "./postgres/running.ts";

/** Options of {@link startPostgres}. */
export interface EmbeddedPostgresOptions {
  /** Binaries, data and log go here (`/var/tmp` instead, when root's server account cannot enter it). */
  directory: string;
  /** Default: a free one that is mostly the same for a directory. */
  port?: number;
  /** Made when they are missing. */
  databases?: readonly string[];
  /** Server settings over our defaults, e.g. `{ fsync: "off" }` for data that a crash may take. */
  settings?: Readonly<Record<string, string>>;
}

/** A server that accepts connections. */
export interface EmbeddedPostgres extends AsyncDisposable {
  /** Connection string of one of its databases; of `postgres` when none is named. */
  url(database?: string): string;
  readonly port: number;
  readonly pid: number;
  /** It was left by an earlier run, with the settings of that run. */
  readonly adopted: boolean;
  /** Path of its log. */
  readonly log: string;
  /** Ends it, as the end of its scope does: transactions under way are rolled back. Waits at most 30 s. */
  stop(): Promise<void>;
}

/** Durable as in production; memory and connections are reduced for a laptop. */
const DEFAULT_SETTINGS: Readonly<Record<string, string>> = {
  shared_buffers: "64MB",
  max_connections: "100",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  timezone: "UTC",
};

const START_TIMEOUT_S = 30;
const STOP_TIMEOUT_S = 15;
const LOG_TAIL_LINES = 20;

/**
 * Starts the server, or adopts a server that an earlier run left on the same directory.
 *
 * @throws {Error} no binaries for this platform, no free port, or the server does not start: the text ends
 *   with the tail of its log
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  if (Deno.build.os === "windows") {
    throw new Error(
      "Cannot start the embedded PostgreSQL on Windows: use WSL, or set DATABASE_URL to a server",
    );
  }
  const account = await serverAccount();
  const base = await baseDirectory(resolve(options.directory), account);
  const cluster = new Cluster(base, account);
  await Deno.mkdir(base, { recursive: true, mode: 0o755 });

  const { adopted, pid, port } = await alone(base, async () => {
    const left = await findRunning(cluster.data);
    if (left) return { ...left, adopted: true };
    await installBinaries(cluster.binaries);
    await cluster.initialize();
    return { ...await start(cluster, options), adopted: false };
  });

  const url = (database = "postgres") =>
    `postgres://${Cluster.USER}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  for (const name of options.databases ?? []) await ensureDatabase(url(), name);
  const end = () => stop(cluster);
  return { url, port, pid, adopted, log: cluster.log, stop: end, [Symbol.asyncDispose]: end };
}

/**
 * Ends the server that works on the directory, if there is one, and removes all that {@link startPostgres}
 * put there.
 */
export async function removePostgres(directory: string): Promise<void> {
  const account = await serverAccount();
  const base = await baseDirectory(resolve(directory), account);
  await stop(new Cluster(base, account));
  await Deno.remove(base, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}

/** Serialises runs that start at the same time, so that the second one adopts the server. */
async function alone<T>(base: string, work: () => Promise<T>): Promise<T> {
  using lock = await Deno.open(join(base, "start.lock"), { create: true, write: true });
  await lock.lock(true);
  return await work();
}

async function start(
  cluster: Cluster,
  options: EmbeddedPostgresOptions,
): Promise<RunningServer> {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  for await (const port of options.port ? [options.port] : freePorts(cluster.data)) {
    await cluster.rotateLog();
    const flags = Object.entries({ ...settings, port: String(port) })
      .map(([name, value]) => `-c "${name}=${value}"`).join(" ");
    // pg_ctl starts it in a session of its own: the terminal's Ctrl-C reaches us, and we end it in order.
    const { success } = await cluster.run("pg_ctl", [
      ...["start", "--pgdata", cluster.data, "--log", cluster.log, "--options", flags],
      ...["--wait", "--timeout", String(START_TIMEOUT_S), "--silent"],
    ]);
    const server = success ? await findRunning(cluster.data) : undefined;
    if (server) return server;

    const log = await Deno.readTextFile(cluster.log);
    if (!options.port && log.includes("Address already in use")) continue; // taken since it was tried
    throw new Error(
      `Cannot start PostgreSQL on port ${port}; the end of ${cluster.log} says:\n${tail(log)}`,
    );
  }
  throw new Error(`Cannot start PostgreSQL on ${cluster.data} as no port of those tried is free`);
}

async function stop(cluster: Cluster): Promise<void> {
  if (!await findRunning(cluster.data)) return;
  const args = ["stop", "--pgdata", cluster.data, "--wait", "--timeout", String(STOP_TIMEOUT_S)];
  const fast = await cluster.run("pg_ctl", [...args, "--mode=fast"]);
  if (fast.success) return;
  const immediate = await cluster.run("pg_ctl", [...args, "--mode=immediate"]);
  if (!immediate.success) throw new Error(`Cannot stop PostgreSQL: ${immediate.output}`);
}

function tail(text: string): string {
  return text.trimEnd().split("\n").slice(-LOG_TAIL_LINES).join("\n");
}
