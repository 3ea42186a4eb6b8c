import { freePort } from "../../embedded/postgres/ports.ts";
import { serverAccount } from "../../embedded/postgres/account.ts";
import { findProgram } from "../../testing/find_program.ts";
import { openPostgres } from "../pool.ts";
import { TestAuthority } from "./certificates.ts";

/** The pgbouncer of this machine; what needs it is skipped where there is none. */
export const PGBOUNCER: string | undefined = await findProgram("pgbouncer", ["/usr/sbin"]);

const USER = "app";
/** Whom its certificate names. */
const NAME = "localhost";
const OWNER_ALONE = 0o600;
const DEFAULT_POOL_SIZE = 10;
const MAX_TRIES = 500;
const TRY_AGAIN_MS = 20;
const CLOSE_TIMEOUT_S = 1;

/** A PgBouncer that lends a connection for a transaction, behind TLS. */
export interface Pooler extends AsyncDisposable {
  /** Leads to a database, as the environment has it together with `ca`. */
  url(database?: string): string;
  /** The same with the certificate in it, so that it needs no `DATABASE_CA_CERT`. */
  fullUrl(database?: string): string;
  /** PEM of the authority that has signed its certificate, in one line. */
  readonly ca: string;
  /** `PgBouncer 1.18.0`. */
  readonly version: string;
  /** Its clients of such names, at this moment. */
  countClients(names: RegExp): Promise<number>;
  /** Whether a client that expects another name in its certificate refuses it. */
  isRefusedByOtherName(): Promise<boolean>;
}

/**
 * Starts it before a PostgreSQL of this machine, whose account `app` needs no password.
 *
 * @param base directory for its files, which its account may enter
 */
export async function startPgbouncer(
  { base, postgresPort, user = USER, poolSize = DEFAULT_POOL_SIZE }: {
    base: string;
    postgresPort: number;
    /** The account at the server. */
    user?: string;
    /** The most connections to one database. */
    poolSize?: number;
  },
): Promise<Pooler> {
  const account = await serverAccount();
  const authority = await TestAuthority.create(base);
  const { certificate, key } = await authority.issue(`DNS:${NAME}`);
  const port = await freePort(`${base}/pgbouncer`);
  const password = crypto.randomUUID();
  const files: Record<string, string> = {
    "pgbouncer.pem": certificate,
    "pgbouncer.key": key,
    "users.txt": `"${USER}" "${password}"\n`,
    "pgbouncer.ini": [
      "[databases]",
      `* = host=127.0.0.1 port=${postgresPort} user=${user}`,
      "[pgbouncer]",
      ...["listen_addr = 127.0.0.1", `listen_port = ${port}`, "unix_socket_dir ="],
      ...["auth_type = scram-sha-256", `auth_file = ${base}/users.txt`, `admin_users = ${USER}`],
      ...["pool_mode = transaction", `default_pool_size = ${poolSize}`, "max_client_conn = 1000"],
      ...["client_tls_sslmode = require", `client_tls_key_file = ${base}/pgbouncer.key`],
      ...[`client_tls_cert_file = ${base}/pgbouncer.pem`, `logfile = ${base}/pgbouncer.log`],
      ...["server_idle_timeout = 5", "log_connections = 0", "log_disconnections = 0", ""],
    ].join("\n"),
    "pgbouncer.log": "",
  };
  for (const [name, text] of Object.entries(files)) {
    const path = `${base}/${name}`;
    await Deno.writeTextFile(path, text, { mode: OWNER_ALONE });
    if (account) await Deno.chown(path, account.uid, account.gid);
  }
  const child = new Deno.Command(PGBOUNCER ?? "pgbouncer", {
    args: ["--quiet", `${base}/pgbouncer.ini`],
    ...account,
    cwd: "/",
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  const url = (database = "postgres", host = NAME) =>
    `postgres://${USER}:${password}@${host}:${port}/${database}?sslmode=verify-full&pgbouncer=true`;
  const fullUrl = (database?: string, host?: string) =>
    `${url(database, host)}&sslrootcert=${encodeURIComponent(authority.certificate)}`;
  const ask = async <Row extends object>(target: string, question: string): Promise<Row[]> => {
    const sql = openPostgres(target, { max: 1, name: "pgbouncer-test", connectTimeoutS: 5 });
    try {
      // Its console takes simple statements alone.
      return await sql.unsafe<Row[]>(question).simple();
    } finally {
      await sql.end({ timeout: CLOSE_TIMEOUT_S });
    }
  };
  const pooler: Omit<Pooler, "version"> = {
    url,
    fullUrl,
    ca: authority.certificate.trim().replaceAll("\n", "\\n"),
    async countClients(names) {
      const clients = await ask<{ application_name: string }>(fullUrl("pgbouncer"), "SHOW CLIENTS");
      return clients.filter(({ application_name: name }) => names.test(name)).length;
    },
    async isRefusedByOtherName() {
      try {
        await ask(fullUrl("postgres", "127.0.0.1"), "SELECT 1");
        return false;
      } catch (error) {
        return Object(error).code === "ERR_TLS_CERT_ALTNAME_INVALID";
      }
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.status;
    },
  };
  for (let tries = 1;; tries++) {
    try {
      const [row] = await ask<{ version: string }>(fullUrl("pgbouncer"), "SHOW VERSION");
      return { ...pooler, version: String(row?.version) };
    } catch (cause) {
      if (tries === MAX_TRIES) throw new Error("PgBouncer does not start", { cause });
      await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
    }
  }
}
