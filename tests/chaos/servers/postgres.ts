import { freePort } from "@evently/shared/testing";
import { installBinaries } from "../../../shared/embedded/postgres/binaries.ts";
import { serverAccount } from "../../../shared/embedded/postgres/account.ts";
import { type DiskKind, makeSmallDisk, type SmallDisk } from "./small_disk.ts";
import { Supervised } from "./supervised.ts";

/** A supervised PostgreSQL server of this run, on its own disk. */
export interface PostgresServer extends AsyncDisposable {
  readonly process: Supervised;
  /** Where the services connect: the server itself, or a pooler before it. */
  readonly port: number;
  /** Parameters of the services' connection strings: empty, or `?…`. */
  readonly parameters: string;
  readonly version: string;
  readonly disk: SmallDisk;
  /** Returns the connection string of a database for checks. */
  url(database?: string): string;
  /** Returns the process ids of client backends. */
  backends(): Promise<number[]>;
  /** Returns the process ids of the server and its children. */
  family(): Promise<number[]>;
  /**
   * Limits the file size of all its processes, in bytes or `unlimited`.
   *
   * @throws {Error} if no process could be limited
   */
  limitFiles(size: number | "unlimited"): Promise<void>;
}

/** Owner of the databases. */
export const USER = "app";
const DEBIAN_INSTALLATIONS = "/usr/lib/postgresql";
/** As durable as production, but small, so that it checkpoints and recycles WAL within a run. */
const SETTINGS: Readonly<Record<string, string>> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  restart_after_crash: "on",
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "64MB",
  min_wal_size: "32MB",
  max_wal_size: "128MB",
  checkpoint_timeout: "30s",
  timezone: "UTC",
  log_checkpoints: "off",
};
const ENVIRONMENT = { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/** Where a server's programs are, and whom it runs as. */
export interface PostgresSetup {
  binaries: string;
  account: { uid: number; gid: number } | undefined;
  /** Directory of logs. */
  base: string;
}

/**
 * Starts a supervised PostgreSQL: the newest Debian installation, or the embedded one.
 *
 * @param options `embedded`: ignore Debian's installations; `disk`: require this kind of disk
 */
export async function startPostgresServer(
  base: string,
  { embedded, disk: kind }: { embedded: boolean; disk?: DiskKind | undefined },
): Promise<PostgresServer> {
  const account = await serverAccount();
  const binaries = (embedded ? undefined : await debianBinaries()) ?? await embeddedBinaries(base);
  const disk = await makeSmallDisk(base, kind);
  const data = `${disk.path}/data`;
  const setup = { binaries, account, base };
  await initialize(setup, data);
  const port = await freePort(`${base}/postgres`);
  const process = postgresProcess(setup, { name: "postgres", data, port });
  const family = async () => [process.pid, ...await childrenOf(process.pid)];
  return {
    process,
    port,
    parameters: "",
    version: (await Deno.readTextFile(`${data}/PG_VERSION`)).trim(),
    disk,
    url: (database = "postgres") => `postgres://${USER}@127.0.0.1:${port}/${database}`,
    backends: () => backendsOf(process.pid),
    family,
    limitFiles: async (size) => await limitFamily(await family(), { size, account }),
    async [Symbol.asyncDispose]() {
      await process.stop();
      await disk.remove();
    },
  };
}

/** Makes the data directory of a new server. */
export async function initialize(setup: PostgresSetup, data: string): Promise<void> {
  await makeDirectory(setup, data);
  await runPostgresTool(setup, "initdb", [
    ...["-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"],
  ]);
}

/** Makes a directory that the server alone may enter, as it demands. */
export async function makeDirectory(
  { account }: Pick<PostgresSetup, "account">,
  path: string,
): Promise<void> {
  await Deno.mkdir(path, { mode: 0o700 });
  if (account) await Deno.chown(path, account.uid, account.gid);
}

/** Starts a server over its data. */
export function postgresProcess(
  { binaries, account, base }: PostgresSetup,
  { name, data, port, settings: further }: {
    name: string;
    data: string;
    port: number;
    settings?: Readonly<Record<string, string>>;
  },
): Supervised {
  const settings = Object.entries({ ...SETTINGS, ...further, port: String(port) });
  return new Supervised({
    name,
    command: `${binaries}/postgres`,
    args: ["-D", data, ...settings.flatMap(([name, value]) => ["-c", `${name}=${value}`])],
    env: ENVIRONMENT,
    account,
    log: `${base}/${name}.log`,
    stopSignal: "SIGINT",
    // PostgreSQL exits while children of its killed predecessor live, or while its disk is full.
    onUnexpectedExit: () => {},
  });
}

/** Runs one of its programs to the end. @throws {Error} it fails */
export async function runPostgresTool(
  { binaries, account }: Pick<PostgresSetup, "binaries" | "account">,
  tool: string,
  args: string[],
): Promise<void> {
  const { success, stderr } = await new Deno.Command(`${binaries}/${tool}`, {
    args,
    ...account,
    cwd: "/",
    clearEnv: true,
    env: ENVIRONMENT,
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** Limits the file size of a server's processes. @throws {Error} none could be limited */
export async function limitFamily(
  pids: readonly number[],
  { size, account }: { size: number | "unlimited"; account: PostgresSetup["account"] },
): Promise<void> {
  const limited = await Promise.all(pids.map((pid) => limitFileSize(pid, { size, account })));
  // Some children may have exited meanwhile.
  if (!limited.includes(true)) throw new Error(`Cannot limit the files of ${pids}`);
}

/** Debian's newest installation; `undefined` if there is none. */
export async function debianBinaries(): Promise<string | undefined> {
  try {
    const versions = await Array.fromAsync(Deno.readDir(DEBIAN_INSTALLATIONS));
    const newest = versions.map(({ name }) => Number(name)).filter(Boolean).sort((a, b) => b - a);
    return newest.length > 0 ? `${DEBIAN_INSTALLATIONS}/${newest[0]}/bin` : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

async function embeddedBinaries(base: string): Promise<string> {
  await installBinaries(`${base}/binaries`);
  return `${base}/binaries/bin`;
}

/** Process ids of a process's children. */
export async function childrenOf(pid: number): Promise<number[]> {
  const text = await Deno.readTextFile(`/proc/${pid}/task/${pid}/children`).catch(() => "");
  return text.split(" ").filter(Boolean).map(Number);
}

/** Limits the file size of a process, as the process's account: a restricted root may not limit others. */
async function limitFileSize(
  pid: number,
  { size, account }: {
    size: number | "unlimited";
    account: { uid: number; gid: number } | undefined;
  },
): Promise<boolean> {
  const limit = new Deno.Command("prlimit", {
    args: ["--pid", String(pid), `--fsize=${size}:unlimited`],
    ...account,
    cwd: "/",
    stderr: "null",
  });
  return (await limit.output()).success;
}

/** Finds client backends by their title, such as `postgres: app bookings_db 127.0.0.1(1234) idle`. */
export async function backendsOf(postmaster: number): Promise<number[]> {
  const backends: number[] = [];
  for (const pid of await childrenOf(postmaster)) {
    const title = await Deno.readTextFile(`/proc/${pid}/cmdline`).catch(() => "");
    if (title.includes(`: ${USER} `)) backends.push(pid);
  }
  return backends;
}
