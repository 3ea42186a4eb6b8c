import type { Logger } from "./log.ts";
import { WORKER_DURATION, WORKER_PASSES } from "./metrics/mod.ts";
import { detached } from "./tracing/mod.ts";

/** Background work: a bounded pass that is repeated. */
export interface Worker {
  readonly name: string;
  /** Starts to run at every interval. */
  start(): void;
  /**
   * Runs a pass soon, without waiting for the interval but for {@link WorkerOptions.restMs}; any number of nudges during a
   * pass cause one more.
   */
  nudge(): void;
  /** Runs a pass now or joins the one under way; for schedulers that must know when it ends. */
  runNow(): Promise<void>;
  /** Stops after the pass under way. */
  stop(): Promise<void>;
}

/** Options of {@link createWorker}. */
export interface WorkerOptions {
  name: string;
  intervalMs: number;
  /** Runs one bounded pass. Returns `true` if there is more to do at once. */
  run: () => Promise<boolean | void>;
  /** The most of the time that passes take: after a long one the pause is longer. Default: all of it. */
  maxShare?: number;
  /**
   * The least pause after passes that took so long, even if there is more to do; asked whenever the next one is scheduled.
   * `runNow` does not wait for it. Default: none.
   */
  restMs?: (passMs: number) => number;
  log: Logger;
}

/** The longest pause between consecutive failing passes. */
const MAX_BACKOFF_MS = 30_000;
/** The longest pause for the sake of {@link WorkerOptions.maxShare}. */
const MAX_REST_MS = 1_000;
/** Of passes, in metrics. */
const OUTCOMES = ["done", "failed"] as const;
/** The most passes in a row without a pause, so that other work gets its turn. */
const MAX_PASSES_IN_A_ROW = 100;

/** Creates a worker that runs on an interval, never twice at once, and survives its failures. */
export function createWorker(
  { name, intervalMs, run, maxShare = 1, restMs = () => 0, log }: WorkerOptions,
): Worker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pass: Promise<void> | undefined;
  let nudged = false;
  let failures = 0;
  let passMs = 0;
  let endedMs = -Infinity;
  let state: "idle" | "started" | "stopped" = "idle";

  function schedule(delayMs: number): void {
    if (state !== "started") return;
    clearTimeout(timer);
    const restedMs = performance.now() - endedMs;
    const dueMs = Math.max(delayMs, restMs(passMs) - restedMs);
    // A request that nudges it must not have all later passes in its trace.
    timer = detached(() => setTimeout(begin, dueMs));
  }

  function begin({ rests = true } = {}): void {
    clearTimeout(timer);
    nudged = false;
    const begunMs = performance.now();
    pass = runPasses({ rests }).finally(() => {
      pass = undefined;
      endedMs = performance.now();
      passMs = endedMs - begunMs;
      schedule(nudged ? 0 : pauseMs());
    });
  }

  function pauseMs(): number {
    const shareMs = Math.min(passMs / maxShare - passMs, MAX_REST_MS);
    return failures === 0
      ? Math.max(intervalMs, shareMs)
      : Math.min(intervalMs * 2 ** failures, MAX_BACKOFF_MS);
  }

  async function measured(): Promise<boolean | void> {
    const beganMs = performance.now();
    let outcome: typeof OUTCOMES[number] = "failed";
    try {
      const more = await run();
      outcome = "done";
      return more;
    } finally {
      WORKER_PASSES.add(1, { worker: name, outcome });
      WORKER_DURATION.record((performance.now() - beganMs) / 1_000, { worker: name });
    }
  }

  async function runPasses({ rests }: { rests: boolean }): Promise<void> {
    const begunMs = performance.now();
    try {
      for (let passes = 0; passes < MAX_PASSES_IN_A_ROW && state !== "stopped"; passes++) {
        if (!await measured()) break;
        if (rests && restMs(performance.now() - begunMs) > 0) {
          nudged = true;
          break;
        }
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
      for (const outcome of OUTCOMES) WORKER_PASSES.series({ worker: name, outcome });
      schedule(0);
    },
    nudge() {
      if (state !== "started") return;
      nudged = true;
      if (pass === undefined) schedule(0);
    },
    async runNow() {
      if (pass === undefined && state !== "stopped") detached(() => begin({ rests: false }));
      await pass;
    },
    async stop() {
      state = "stopped";
      clearTimeout(timer);
      await pass;
    },
  };
}
