const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;
/** A process that lived this long has recovered: the next restart comes soon again. */
const STABLE_AFTER_MS = 5_000;
/** Longer than `serveUntilSignal()` and PostgreSQL's fast shutdown need. */
const STOP_TIMEOUT_MS = 30_000;
const NEWLINE = 10;

/** A program to keep running. */
export interface ProgramSpec {
  name: string;
  command: string;
  args: string[];
  /** The whole environment of the process. */
  env: Record<string, string>;
  account?: { uid: number; gid: number } | undefined;
  /** Where its output goes, of all its lives. */
  log: string;
  /** The signal that ends it in order. */
  stop_signal: Deno.Signal;
  /** Told when it ended by itself: neither by {@link Supervised.kill} nor by {@link Supervised.stop}. */
  onOwnEnd: (name: string, status: Deno.CommandStatus) => void;
}

/** A process that is started again whenever it ends, as an orchestrator does: soon at first, then less often. */
export class Supervised {
  readonly #spec: ProgramSpec;
  readonly #log: Deno.FsFile;
  readonly #running: Promise<void>;
  readonly #stopping = new AbortController();
  #child: Deno.ChildProcess;
  #life: Promise<void>;
  #alive = Promise.withResolvers<void>();
  #killed = false;
  /** How often it was started again. */
  restarts = 0;
  log_lines = 0;
  log_bytes = 0;

  constructor(spec: ProgramSpec) {
    this.#spec = spec;
    this.#log = Deno.openSync(spec.log, { create: true, append: true });
    this.#child = this.#spawn();
    this.#life = this.#live();
    this.#running = this.#supervise();
  }

  get name(): string {
    return this.#spec.name;
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** Ends the process by force, also one that is only just started again, and waits until it is gone. Answers its id. */
  async kill(): Promise<number> {
    await this.#alive.promise;
    this.#killed = true;
    const child = this.#child;
    signalChild(child, "SIGKILL");
    await child.status;
    return child.pid;
  }

  /** Ends the process in order, or by force when it takes too long, for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    signalChild(this.#child, this.#spec.stop_signal);
    const force = setTimeout(() => signalChild(this.#child, "SIGKILL"), STOP_TIMEOUT_MS);
    await this.#running;
    clearTimeout(force);
    this.#log.close();
  }

  async #supervise(): Promise<void> {
    let backoff_ms = FIRST_BACKOFF_MS;
    for (;;) {
      const began_ms = performance.now();
      await this.#life;
      if (this.#stopping.signal.aborted) return;
      if (performance.now() - began_ms > STABLE_AFTER_MS) backoff_ms = FIRST_BACKOFF_MS;
      await pause(backoff_ms, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      backoff_ms = Math.min(2 * backoff_ms, LONGEST_BACKOFF_MS);
      this.restarts++;
      this.#killed = false;
      this.#child = this.#spawn();
      this.#life = this.#live();
    }
  }

  #spawn(): Deno.ChildProcess {
    const { command, args, env, account } = this.#spec;
    return new Deno.Command(command, {
      args,
      ...account,
      cwd: "/",
      clearEnv: true,
      env,
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
  }

  async #live(): Promise<void> {
    const child = this.#child;
    this.#alive.resolve();
    const status = child.status.finally(() => this.#alive = Promise.withResolvers());
    await Promise.all([
      status,
      this.#record(child.stdout),
      this.#record(child.stderr),
    ]);
    if (this.#killed || this.#stopping.signal.aborted) return;
    this.#spec.onOwnEnd(this.name, await status);
  }

  async #record(output: ReadableStream<Uint8Array>): Promise<void> {
    for await (const bytes of output) {
      this.log_bytes += bytes.length;
      for (const byte of bytes) if (byte === NEWLINE) this.log_lines++;
      await this.#log.write(bytes);
    }
  }
}

/** Unlike by its number, a child that has ended cannot be taken for another process. */
function signalChild(child: Deno.ChildProcess, name: Deno.Signal): void {
  try {
    child.kill(name);
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Sends a signal to a process that may have ended. */
export function signal(pid: number, name: Deno.Signal): void {
  try {
    Deno.kill(pid, name);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}

/** Waits, or until `signal` says that it is over. */
export function pause(delay_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, delay_ms);
    signal?.addEventListener("abort", end);
  });
}
