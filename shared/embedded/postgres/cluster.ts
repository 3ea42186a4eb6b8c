import { join } from "node:path";
import type { Account } from "./account.ts";
import { ignoreNotFound } from "./not_found.ts";

/** One PostgreSQL installation and its data, all under one directory. */
export class Cluster {
  /** The superuser; it needs no password, as only this machine can connect. */
  static readonly USER = "evently";

  readonly binaries: string;
  readonly data: string;
  readonly log: string;
  readonly #account: Account;

  constructor(base: string, account: Account) {
    this.binaries = join(base, "binaries");
    this.data = join(base, "data");
    this.log = join(base, "postgres.log");
    this.#account = account;
  }

  /** Makes the data directory, unless there is one. */
  async initialize(): Promise<void> {
    if (await Deno.lstat(join(this.data, "PG_VERSION")).catch(ignoreNotFound)) return;
    await Deno.mkdir(this.data, { recursive: true, mode: 0o700 });
    await this.#handOver(this.data);
    const locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
    const { success, output } = await this.run("initdb", [
      ...["--pgdata", this.data, "--username", Cluster.USER],
      ...["--auth=trust", "--encoding=UTF8", "--no-sync", ...locale],
    ]);
    if (success) return;
    // Half a cluster would be taken for a whole one at the next start.
    await Deno.remove(this.data, { recursive: true });
    throw new Error(`Cannot make the data directory ${this.data}: ${output}`);
  }

  /** Begins a new log; the one of the run before is kept beside it. */
  async rotateLog(): Promise<void> {
    await Deno.rename(this.log, `${this.log}.previous`).catch(ignoreNotFound);
    await Deno.writeTextFile(this.log, "");
    await this.#handOver(this.log);
  }

  /** Runs one of the binaries to its end as the server's account, without our environment. */
  async run(
    binary: "initdb" | "pg_ctl",
    args: string[],
  ): Promise<{ success: boolean; output: string }> {
    const { success, stdout, stderr } = await new Deno.Command(join(this.binaries, "bin", binary), {
      args,
      ...this.#account,
      cwd: "/",
      clearEnv: true,
      env: { PATH: "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    const text = new TextDecoder();
    return { success, output: text.decode(stdout) + text.decode(stderr) };
  }

  async #handOver(path: string): Promise<void> {
    if (this.#account) await Deno.chown(path, this.#account.uid, this.#account.gid);
  }
}
