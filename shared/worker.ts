import type { Logger } from "./log.ts";

/** Background work: a bounded pass, repeated. */
export interface Worker {
  readonly name: string;
  /** Begins to run every interval. */
  start(): void;
  /** Runs a pass soon, without waiting for the interval; many nudges during one pass make one more. */
  nudge(): void;
  /** Runs a pass now, or joins the one under way: for a scheduler that must know when it is over. */
  runNow(): Promise<void>;
  /** Ends after the pass that is under way. */
  stop(): Promise<void>;
}

/** What a worker does, how often, and to whom it complains. */
export interface WorkerOptions {
  name: string;
  intervalMs: number;
  /** One bounded pass. Answers `true` when there is more to do at once. */
  run: () => Promise<boolean | void>;
  log: Logger;
}

/** The longest pause between passes that fail one after another. */
const MAX_BACKOFF_MS = 30_000;
/** Passes in a row without a pause, however much is left to do: other work gets its turn. */
const MAX_PASSES_IN_A_ROW = 100;

/** A worker that runs on an interval, never twice at once, and survives its own failures. */
export function createWorker({ name, intervalMs, run, log }: WorkerOptions): Worker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pass: Promise<void> | undefined;
  let nudged = false;
  let failures = 0;
  let state: "idle" | "started" | "stopped" = "idle";

  function schedule(delayMs: number): void {
    if (state !== "started") return;
    clearTimeout(timer);
    timer = setTimeout(begin, delayMs);
  }

  function begin(): void {
    clearTimeout(timer);
    nudged = false;
    pass = runPasses().finally(() => {
      pass = undefined;
      schedule(nudged ? 0 : pauseMs());
    });
  }

  function pauseMs(): number {
    return failures === 0 ? intervalMs : Math.min(intervalMs * 2 ** failures, MAX_BACKOFF_MS);
  }

  async function runPasses(): Promise<void> {
    try {
      for (let passes = 0; passes < MAX_PASSES_IN_A_ROW && state !== "stopped"; passes++) {
        if (!await run()) break;
      }
      failures = 0;
    } catch (error) {
      failures++;
      log.warn("worker pass failed", { worker: name, failures, error });
    }
  }

  return {
    name,
    start() {
      state = "started";
      schedule(0);
    },
    nudge() {
      if (state !== "started") return;
      nudged = true;
      if (pass === undefined) schedule(0);
    },
    async runNow() {
      if (pass === undefined && state !== "stopped") begin();
      await pass;
    },
    async stop() {
      state = "stopped";
      clearTimeout(timer);
      await pass;
    },
  };
}
