import type { Logger } from "@evently/shared/log";
import type { Worker } from "@evently/shared/worker";

/**
 * A pass of every worker, for a cron job of Deno Deploy; its instance may live for this alone.
 *
 * Any number of instances may do this at once, and their workers on intervals besides: each takes due work by a
 * conditional update, so that it is done once.
 */
export async function runBackgroundWork(
  { workers, log }: { workers: readonly Worker[]; log: Logger },
): Promise<void> {
  await Promise.all(workers.map((worker) => worker.runNow()));
  log.info("cron: background work ran", { workers: workers.length });
}
