import assert from "node:assert/strict";
import { serverAccount } from "../embedded/postgres/account.ts";
import { startPostgres } from "../embedded/postgres.ts";
import { DATABASES, openPostgres, provideDatabase } from "./mod.ts";
import { type Certificate, TestAuthority } from "./testing/certificates.ts";

const OTHERS_MAY_ENTER = 0o755;
const OWNER_ALONE = 0o600;
const MAX_TRIES = 1_000;

/** A real PostgreSQL with TLS, whose certificate can be replaced. */
class TlsServer implements AsyncDisposable {
  private constructor(
    readonly directory: string,
    readonly authority: TestAuthority,
    readonly server: Awaited<ReturnType<typeof startPostgres>>,
  ) {}

  static async start(): Promise<TlsServer> {
    const directory = await Deno.makeTempDir();
    await Deno.chmod(directory, OTHERS_MAY_ENTER);
    const authority = await TestAuthority.create(directory);
    await writeServerFiles(directory, await authority.issue("DNS:localhost"));
    const server = await startPostgres({
      directory: `${directory}/postgres`,
      settings: {
        ssl: "on",
        ssl_cert_file: `${directory}/server.pem`,
        ssl_key_file: `${directory}/server.key`,
      },
    });
    return new TlsServer(directory, authority, server);
  }

  /** Has it present a certificate for `name`, of its authority or of another one. */
  async present(name: string, authority = this.authority): Promise<void> {
    await writeServerFiles(this.directory, await authority.issue(name));
    const before = await this.#loadTime("SELECT pg_conf_load_time(), pg_reload_conf()");
    // A new session sees the configuration that the server has read by then.
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      if (await this.#loadTime("SELECT pg_conf_load_time()") > before) return;
    }
    throw new Error("The server does not read its configuration again");
  }

  async #loadTime(question: string): Promise<Date> {
    const sql = openPostgres(this.server.url(), { max: 1, name: "tls-test" });
    const [row] = await sql.unsafe(question);
    await sql.end();
    return row?.pg_conf_load_time;
  }

  /** Connects as the environment says, and tells whether the connection is encrypted. */
  async connect(host: string, variables: Record<string, string>, query = ""): Promise<boolean> {
    const DATABASE_URL = `${this.server.url().replace("127.0.0.1", host)}${query}`;
    const url = await provideDatabase({ DATABASE_URL, ...variables }, DATABASES[0]);
    const sql = openPostgres(url, { max: 1, name: "tls-test", connectTimeoutS: 5 });
    try {
      const [row] = await sql`SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()`;
      return row?.ssl;
    } finally {
      await sql.end();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.server.stop();
    await Deno.remove(this.directory, { recursive: true });
  }
}

async function writeServerFiles(directory: string, { certificate, key }: Certificate) {
  const account = await serverAccount();
  await Deno.writeTextFile(`${directory}/server.pem`, certificate);
  await Deno.writeTextFile(`${directory}/server.key`, key);
  await Deno.chmod(`${directory}/server.key`, OWNER_ALONE);
  if (account) await Deno.chown(`${directory}/server.key`, account.uid, account.gid);
}

const WRONG_NAME = { code: "ERR_TLS_CERT_ALTNAME_INVALID" };
const UNKNOWN_AUTHORITY = /self.signed|unable to (?:verify|get)|unknown|issuer/i;

Deno.test("the server's certificate must be of DATABASE_CA_CERT and name the host", async () => {
  await using server = await TlsServer.start();
  const ca = { DATABASE_CA_CERT: server.authority.certificate };
  assert.equal(await server.connect("localhost", ca), true);
  assert.equal(await server.connect("localhost", ca, "?sslmode=require"), true);
  const oneLine = { DATABASE_CA_CERT: server.authority.certificate.replaceAll("\n", "\\n") };
  assert.equal(await server.connect("localhost", oneLine), true);
  // The certificate names localhost, which differs from the URL.
  await assert.rejects(server.connect("127.0.0.1", ca), WRONG_NAME);

  await server.present("IP:127.0.0.1");
  assert.equal(await server.connect("127.0.0.1", ca), true);
  await assert.rejects(server.connect("localhost", ca), WRONG_NAME);

  await server.present("DNS:other.example");
  for (const host of ["localhost", "127.0.0.1"]) {
    await assert.rejects(server.connect(host, ca), WRONG_NAME);
    await assert.rejects(server.connect(host, ca, "?sslmode=require"), WRONG_NAME);
  }

  const stranger = await Deno.makeTempDir();
  await server.present("DNS:localhost", await TestAuthority.create(stranger));
  await Deno.remove(stranger, { recursive: true });
  await assert.rejects(server.connect("localhost", ca), { message: UNKNOWN_AUTHORITY });
  await assert.rejects(server.connect("localhost", {}, "?sslmode=verify-full"), {
    message: UNKNOWN_AUTHORITY,
  });
  await assert.rejects(server.connect("localhost", ca, "?sslmode=disable"), {
    message: "DATABASE_CA_CERT cannot be checked as the database URL says sslmode=disable",
  });
});
