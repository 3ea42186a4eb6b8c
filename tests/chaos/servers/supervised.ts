const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;
/** A process that lived this long has recovered: the next restart comes soon again. */
const STABLE_AFTER_MS = 5_000;
/** Longer than `serveUntilSignal()` and PostgreSQL's fast shutdown need. */
const STOP_TIMEOUT_MS = 30_000;
/** What a request leaves that went as it should. */
const ROUTINE = /"level":"info","message":"request"/;

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
  stopSignal: Deno.Signal;
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
  #reading = Promise.resolve();
  #goOnReading = () => {};
  readonly #readers = new Set<ReadableStreamDefaultReader<Uint8Array>>();
  #outputIsFull = false;
  /** How often it was started again. */
  restarts = 0;
  /** Lines of its log, but those that each request leaves. */
  logLines = 0;
  logBytes = 0;

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

  /** Nobody reads what it writes, until {@link readOn}. */
  stallReading(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = promise;
    this.#goOnReading = resolve;
  }

  readOn(): void {
    this.#goOnReading();
  }

  /** Closes the reading end of what it writes in this life. */
  async hangUp(): Promise<void> {
    await this.#alive.promise;
    await Promise.all([...this.#readers].map((reader) => reader.cancel()));
  }

  /** Whether it writes to a full device, from its next life on. */
  set outputIsFull(full: boolean) {
    this.#outputIsFull = full;
  }

  /** Ends the process in order, or by force when it takes too long, for good. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.readOn();
    signalChild(this.#child, this.#spec.stopSignal);
    const force = setTimeout(() => signalChild(this.#child, "SIGKILL"), STOP_TIMEOUT_MS);
    await this.#running;
    clearTimeout(force);
    this.#log.close();
  }

  async #supervise(): Promise<void> {
    let backoffMs = FIRST_BACKOFF_MS;
    for (;;) {
      const beganMs = performance.now();
      await this.#life;
      if (this.#stopping.signal.aborted) return;
      if (performance.now() - beganMs > STABLE_AFTER_MS) backoffMs = FIRST_BACKOFF_MS;
      await pause(backoffMs, this.#stopping.signal);
      if (this.#stopping.signal.aborted) return;
      backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
      this.restarts++;
      this.#killed = false;
      this.#child = this.#spawn();
      this.#life = this.#live();
    }
  }

  #spawn(): Deno.ChildProcess {
    const { env, account } = this.#spec;
    const { command, args } = this.#outputIsFull ? onFullDevice(this.#spec) : this.#spec;
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
    const reader = output.getReader();
    this.#readers.add(reader);
    const decoder = new TextDecoder();
    let line = "";
    for (let { value, done } = await reader.read(); !done; { value, done } = await reader.read()) {
      const bytes = value!;
      const lines = (line + decoder.decode(bytes, { stream: true })).split("\n");
      line = lines.pop()!;
      this.logBytes += bytes.length;
      this.logLines += lines.filter((line) => !ROUTINE.test(line)).length;
      await this.#log.write(bytes);
      await this.#reading;
    }
    this.#readers.delete(reader);
  }
}

/** The same program, whose output goes where there is no space for it. */
function onFullDevice({ command, args }: Pick<ProgramSpec, "command" | "args">) {
  return { command: "/bin/sh", args: ["-c", 'exec "$0" "$@" >/dev/full 2>&1', command, ...args] };
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
export function pause(delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    signal?.addEventListener("abort", end);
  });
}
