import { answers, redisState } from "../http/mod.ts";
import type { Logger } from "../log.ts";
import { areCollected, STORE_USABLE } from "../metrics/mod.ts";
import { createWorker, type Worker } from "../worker.ts";

/** How often stores are looked at; alerts wait for a minute at least. */
const INTERVAL_MS = 15_000;

/** What a service's stores tell about it. */
export interface StoreObservations {
  service: string;
  log: Logger;
  /** Throw while the store cannot be used. */
  pings: Readonly<Record<string, () => Promise<unknown>>>;
  /** Reads what only a store knows, such as the age of its oldest message. */
  read?: () => Promise<void>;
}

/** Makes the worker that looks at the stores of a service, while anybody collects metrics. */
export function createStoreObserver({ service, log, pings, read }: StoreObservations): Worker {
  return createWorker({
    log,
    name: `observe stores of ${service}`,
    intervalMs: INTERVAL_MS,
    async run() {
      if (!areCollected()) return;
      const usable = await Promise.all(
        Object.entries(pings).map(async ([store, ping]) => {
          const isUsable = store === "redis"
            ? await redisState(ping) === "connected"
            : await answers(ping);
          STORE_USABLE.set(isUsable ? 1 : 0, { service, store });
          return isUsable || store === "redis";
        }),
      );
      if (usable.every(Boolean)) await read?.();
    },
  });
}
