import { findProgram, freePort } from "@evently/shared/testing";
import { USER } from "./postgres.ts";
import { Supervised } from "./supervised.ts";

/** PgBouncer in transaction mode, in front of the server that it is led to. */
export interface Pgbouncer {
  readonly port: number;
  /** Leads new connections to the server at this port. */
  leadTo(serverPort: number): Promise<void>;
  stop(): Promise<void>;
}

/** Where Debian has it. */
const SYSTEM_PROGRAMS = "/usr/sbin";
/**
 * A server that does not answer is asked again after a second (PgBouncer's own default is 15), and a client waits ten
 * seconds for a connection, less than a statement may take.
 */
const SETTINGS: Readonly<Record<string, string | number>> = {
  listen_addr: "127.0.0.1",
  unix_socket_dir: "",
  auth_type: "trust",
  pool_mode: "transaction",
  default_pool_size: 20,
  max_client_conn: 500,
  server_login_retry: 1,
  server_connect_timeout: 2,
  query_wait_timeout: 10,
  log_connections: 0,
  log_disconnections: 0,
};

/** @throws {Error} it is not installed */
export async function startPgbouncer(
  base: string,
  { account, serverPort }: {
    account: { uid: number; gid: number } | undefined;
    serverPort: number;
  },
): Promise<Pgbouncer> {
  const command = await findProgram("pgbouncer", [SYSTEM_PROGRAMS]);
  if (!command) {
    throw new Error("Cannot fail over as PgBouncer is not installed: apt install pgbouncer");
  }
  const port = await freePort(`${base}/pgbouncer`);
  const [config, users] = [`${base}/pgbouncer.ini`, `${base}/pgbouncer-users.txt`];
  const write = async (toPort: number) => {
    const settings = { ...SETTINGS, listen_port: port, auth_file: users };
    // Renamed into place, so that a reload never reads half of it.
    await Deno.writeTextFile(
      `${config}.next`,
      [
        "[databases]",
        `* = host=127.0.0.1 port=${toPort}`,
        "[pgbouncer]",
        ...Object.entries(settings).map(([name, value]) => `${name} = ${value}`),
        "",
      ].join("\n"),
    );
    await Deno.rename(`${config}.next`, config);
  };
  await Deno.writeTextFile(users, `"${USER}" ""\n`);
  await write(serverPort);
  const process = new Supervised({
    name: "pgbouncer",
    command,
    args: [config],
    env: { PATH: "/usr/bin:/bin" },
    account,
    log: `${base}/pgbouncer.log`,
    stopSignal: "SIGINT",
    onUnexpectedExit: () => {},
  });
  return {
    port,
    async leadTo(toPort) {
      await write(toPort);
      Deno.kill(process.pid, "SIGHUP");
    },
    stop: () => process.stop(),
  };
}
