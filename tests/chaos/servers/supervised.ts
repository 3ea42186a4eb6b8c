const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 2_000;
/** Uptime after which the restart backoff is reset. */
const STABLE_AFTER_MS = 5_000;
/** Exceeds the shutdown times of `serveUntilSignal()` and of PostgreSQL's fast shutdown. */
const STOP_TIMEOUT_MS = 30_000;
/** Log line of a successful request. */
const ROUTINE = /"level":"info","message":"request"/;

/** A program to supervise. */
export interface ProgramSpec {
  name: string;
  command: string;
  args: string[];
  /** The whole environment of the process. */
  env: Record<string, string>;
  account?: { uid: number; gid: number } | undefined;
  /** File that receives the output of all its runs. */
  log: string;
  /** Signal for an orderly shutdown. */
  stopSignal: Deno.Signal;
  /** Called when it exits other than by {@link Supervised.kill} or {@link Supervised.stop}. */
  onUnexpectedExit: (name: string, status: Deno.CommandStatus) => void;
}

/** A process that is restarted with exponential backoff whenever it exits, as by an orchestrator. */
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
  #resumeReading = () => {};
  readonly #readers = new Set<ReadableStreamDefaultReader<Uint8Array>>();
  #outputIsFull = false;
  /** Number of restarts. */
  restarts = 0;
  /** Number of its log lines without those of successful requests. */
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

  /** Kills the process, waiting for a restart under way, and returns its id once it has exited. */
  async kill(): Promise<number> {
    await this.#alive.promise;
    this.#killed = true;
    const child = this.#child;
    signalChild(child, "SIGKILL");
    await child.status;
    return child.pid;
  }

  /** Stops reading its output until {@link resumeReading}. */
  stallReading(): void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#reading = promise;
    this.#resumeReading = resolve;
  }

  resumeReading(): void {
    this.#resumeReading();
  }

  /** Closes the reading end of its output until the next restart. */
  async hangUp(): Promise<void> {
    await this.#alive.promise;
    await Promise.all([...this.#readers].map((reader) => reader.cancel()));
  }

  /** Whether it writes to a full device from its next start on. */
  set outputIsFull(full: boolean) {
    this.#outputIsFull = full;
  }

  /** Stops the process for good, by force after a timeout; by default in an orderly way. */
  async stop(signal: Deno.Signal = this.#spec.stopSignal): Promise<void> {
    this.#stopping.abort();
    this.resumeReading();
    signalChild(this.#child, signal);
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
    this.#spec.onUnexpectedExit(this.name, await status);
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

/** Wraps a program so that its output goes to a full device. */
function onFullDevice({ command, args }: Pick<ProgramSpec, "command" | "args">) {
  return { command: "/bin/sh", args: ["-c", 'exec "$0" "$@" >/dev/full 2>&1', command, ...args] };
}

/** Signals a child by its handle, which unlike a process id is never reused. */
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

/** Waits for `delayMs`, or until `signal` is aborted. */
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
