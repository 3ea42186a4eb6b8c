import { freePort } from "@evently/shared/testing";
import { openPostgres } from "@evently/shared/postgres";
import { serverAccount } from "../../../shared/embedded/postgres/account.ts";
import { startPgbouncer } from "./pgbouncer.ts";
import {
  backendsOf,
  childrenOf,
  debianBinaries,
  initialize,
  limitFamily,
  makeDirectory,
  postgresProcess,
  type PostgresServer,
  runPostgresTool,
  USER,
} from "./postgres.ts";
import { waitFor, waitForPostgres } from "./ready.ts";
import { type DiskKind, makeSmallDisk } from "./small_disk.ts";
import { signal, type Supervised } from "./supervised.ts";

/** What one failover took, in milliseconds from the stop of the primary. */
export interface Failover {
  promotedMs: number;
  switchedMs: number;
}

/** A primary with a synchronous standby, behind PgBouncer in transaction mode. */
export interface ReplicatedPostgres extends PostgresServer {
  /** Makes a synchronous standby of the primary, unless there is one. */
  provideStandby(): Promise<void>;
  /** Stops the standby for a while, so that commits wait for it, until the next {@link failOver}. */
  silenceStandby(): Promise<void>;
  /** Ends the primary at once, for good; promotes the standby and leads PgBouncer to it. */
  failOver(): Promise<Failover>;
}

/** One of the two servers. */
interface Member {
  process: Supervised;
  port: number;
  data: string;
}

const REPLICATION_NAME = "standby";

/**
 * Starts a primary and PgBouncer; services connect by `url()`, which is PgBouncer's.
 *
 * @throws {Error} Debian's PostgreSQL or PgBouncer is not installed
 */
export async function startReplicatedPostgres(
  base: string,
  { disk: kind }: { disk?: DiskKind | undefined },
): Promise<ReplicatedPostgres> {
  const binaries = await debianBinaries();
  if (!binaries) {
    throw new Error(
      "Cannot fail over as Debian's PostgreSQL is not installed: apt install postgresql",
    );
  }
  const account = await serverAccount();
  const disk = await makeSmallDisk(base, kind);
  const setup = { binaries, account, base };
  let members = 0;

  async function place(): Promise<Pick<Member, "port" | "data"> & { name: string }> {
    const name = `postgres-${++members}`;
    return { name, data: `${disk.path}/${name}`, port: await freePort(`${base}/${name}`) };
  }

  const first = await place();
  await initialize(setup, first.data);
  await Deno.writeTextFile(
    `${first.data}/pg_hba.conf`,
    "host all all 127.0.0.1/32 trust\nhost replication all 127.0.0.1/32 trust\n",
  );
  let primary: Member = { ...first, process: postgresProcess(setup, first) };
  let standby: Member | undefined;
  const direct = (port: number, database = "postgres") =>
    `postgres://${USER}@127.0.0.1:${port}/${database}`;
  await waitForPostgres(direct(primary.port));
  const pgbouncer = await startPgbouncer(base, { account, serverPort: primary.port });

  async function ask(port: number, ...statements: string[]): Promise<Record<string, unknown>[]> {
    const sql = openPostgres(direct(port), { max: 1, name: "chaos-failover" });
    try {
      let rows: Record<string, unknown>[] = [];
      for (const statement of statements) rows = await sql.unsafe(statement);
      return rows;
    } finally {
      await sql.end({ timeout: 1 });
    }
  }

  async function provideStandby(): Promise<void> {
    if (standby) return;
    const next = await place();
    await makeDirectory(setup, next.data);
    await runPostgresTool(setup, "pg_basebackup", [
      ...["--pgdata", next.data, "--write-recovery-conf", "--checkpoint", "fast", "--no-sync"],
      ...["--dbname", `${direct(primary.port)}?application_name=${REPLICATION_NAME}`],
    ]);
    standby = { ...next, process: postgresProcess(setup, next) };
    await ask(
      primary.port,
      `ALTER SYSTEM SET synchronous_standby_names = '${REPLICATION_NAME}'`,
      "SELECT pg_reload_conf()",
    );
    await waitFor("the standby", async () => {
      const [row] = await ask(primary.port, "SELECT sync_state FROM pg_stat_replication");
      if (row?.sync_state !== "sync") throw new Error(`it is ${row?.sync_state ?? "not there"}`);
    });
  }

  async function signalStandby(name: "SIGSTOP" | "SIGCONT"): Promise<void> {
    if (!standby) throw new Error("Cannot signal the standby as there is none");
    const { pid } = standby.process;
    for (const one of [pid, ...await childrenOf(pid)]) signal(one, name);
  }

  async function failOver(): Promise<Failover> {
    if (!standby) throw new Error("Cannot fail over as there is no standby");
    const beganMs = performance.now();
    const since = () => performance.now() - beganMs;
    // An immediate stop, and no restart: two primaries would be worse than none.
    await primary.process.stop("SIGQUIT");
    await signalStandby("SIGCONT");
    primary = standby;
    standby = undefined;
    await ask(
      primary.port,
      "SELECT pg_promote()",
      // It was copied from the old primary: each commit would wait for a standby that is not there.
      "ALTER SYSTEM SET synchronous_standby_names = ''",
      "SELECT pg_reload_conf()",
    );
    const promotedMs = since();
    await pgbouncer.leadTo(primary.port);
    return { promotedMs, switchedMs: since() };
  }

  const family = async () => [primary.process.pid, ...await childrenOf(primary.process.pid)];
  return {
    get process() {
      return primary.process;
    },
    port: pgbouncer.port,
    parameters: "?pgbouncer=true",
    version: `${(await Deno.readTextFile(`${primary.data}/PG_VERSION`)).trim()} with a standby`,
    disk,
    url: (database) => `${direct(pgbouncer.port, database)}?pgbouncer=true`,
    backends: () => backendsOf(primary.process.pid),
    family,
    limitFiles: async (size) => await limitFamily(await family(), { size, account }),
    provideStandby,
    silenceStandby: () => signalStandby("SIGSTOP"),
    failOver,
    async [Symbol.asyncDispose]() {
      await pgbouncer.stop();
      await standby?.process.stop();
      await primary.process.stop();
      await disk.remove();
    },
  };
}
