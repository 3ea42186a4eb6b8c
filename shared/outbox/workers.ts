import { createWorker, type Worker, type WorkerOptions } from "@evently/shared/worker";
import type { Logger } from "@evently/shared/log";
import type { Outbox } from "./outbox.ts";

const PURGE_INTERVAL_MS = 10 * 60_000;

/** The background work of an outbox. */
export interface OutboxWorkers<Topic extends string = string> {
  topics: readonly Topic[];
  workers: Worker[];
  /** Starts a pass over a topic, or over all, soon; for callers that have just committed a message. */
  nudge(topic?: Topic): void;
}

/**
 * Makes a worker for each topic, so that a slow receiver delays its own topic alone, and one that purges.
 *
 * @param options.restMs of the workers that deliver
 */
export function createOutboxWorkers<Payloads extends object>(
  outbox: Outbox<Payloads>,
  { intervalMs, restMs, log }: {
    intervalMs: number;
    restMs?: NonNullable<WorkerOptions["restMs"]>;
    log: Logger;
  },
): OutboxWorkers<keyof Payloads & string> {
  const deliveries = new Map(outbox.topics.map((topic) => [
    topic,
    createWorker({
      log,
      name: `outbox ${topic}`,
      intervalMs,
      ...(restMs ? { restMs } : {}),
      run: () => outbox.deliver(topic),
    }),
  ]));
  const purge = createWorker({
    log,
    name: "purge outbox",
    intervalMs: PURGE_INTERVAL_MS,
    run: () => outbox.purge(),
  });
  return {
    topics: outbox.topics,
    workers: [...deliveries.values(), purge],
    nudge(topic) {
      if (topic !== undefined) return deliveries.get(topic)?.nudge();
      for (const worker of deliveries.values()) worker.nudge();
    },
  };
}
