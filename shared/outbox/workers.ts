import { createWorker, type Worker } from "@evently/shared/worker";
import type { Logger } from "@evently/shared/log";
import type { Outbox } from "./outbox.ts";

const PURGE_INTERVAL_MS = 10 * 60_000;

/** The background work of an outbox. */
export interface OutboxWorkers {
  topics: readonly string[];
  workers: Worker[];
  /** Starts a pass over every topic soon; for callers that have just committed a message. */
  nudge(): void;
}

/** Makes a worker for each topic, so that a slow receiver delays its own topic alone, and one that purges. */
export function createOutboxWorkers<Payloads extends object>(
  outbox: Outbox<Payloads>,
  { intervalMs, log }: { intervalMs: number; log: Logger },
): OutboxWorkers {
  const deliveries = outbox.topics.map((topic) =>
    createWorker({
      log,
      name: `outbox ${topic}`,
      intervalMs,
      run: () => outbox.deliver(topic),
    })
  );
  const purge = createWorker({
    log,
    name: "purge outbox",
    intervalMs: PURGE_INTERVAL_MS,
    run: () => outbox.purge(),
  });
  return {
    topics: outbox.topics,
    workers: [...deliveries, purge],
    nudge() {
      for (const worker of deliveries) worker.nudge();
    },
  };
}
