import { CannotRun } from "@evently/shared/output";
import type { Compose, ContainerState } from "./compose.ts";

/** Programs that end: they are done when their exit code is 0. */
const JOBS: ReadonlySet<string> = new Set(["migrate", "seed", "audit"]);

/** Time and output of {@link waitUntilReady}. */
export interface Waiting {
  limitMs: number;
  pollMs: number;
  say: (line: string) => void;
}

/**
 * Waits until every container is healthy, and tells of each once.
 *
 * @throws {CannotRun} one ended, is unhealthy, or the time is over; the text names it and how to read its log
 */
export async function waitUntilReady(
  compose: Pick<Compose, "containers">,
  { limitMs, pollMs, say }: Waiting,
): Promise<void> {
  const told = new Set<string>();
  const untilMs = performance.now() + limitMs;
  for (;;) {
    const containers = await compose.containers();
    const waiting = containers.filter((container) => !isReady(container));
    for (const container of containers) {
      if (isReady(container) && !told.has(container.name)) say(`  ${container.service} is ready`);
      if (isReady(container)) told.add(container.name);
    }
    const failed = waiting.find(hasFailed);
    if (failed) throw notReady(failed, "does not work");
    if (containers.length > 0 && waiting.length === 0) return;
    if (performance.now() > untilMs) {
      throw waiting[0] ? notReady(waiting[0], "is not ready in time") : new CannotRun(
        "There are no containers. Start them: deno task deploy:full",
      );
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

/** Whether the container is healthy (or runs, if nothing checks its health), or a job that is done. */
export function isReady({ service, state, status }: ContainerState): boolean {
  if (JOBS.has(service)) return /^Exited \(0\)/.test(status);
  return state === "running" && !/\((health: starting|unhealthy)\)/.test(status);
}

function hasFailed({ service, state, status }: ContainerState): boolean {
  if (status.includes("(unhealthy)")) return true;
  // A program that ended is started again; a job is not.
  return JOBS.has(service) && state === "exited";
}

function notReady({ service, status }: ContainerState, what: string): CannotRun {
  return new CannotRun(
    `${service} ${what} (${status}). Read its log: deno task deploy:logs ${service}`,
  );
}
