import assert from "node:assert/strict";
import { SILENT_LOGGER } from "@evently/shared/log";
import type { Outbox } from "./outbox.ts";
import { createOutboxWorkers } from "./workers.ts";

const NEVER_MS = 3_600_000;

Deno.test("createOutboxWorkers() delivers a topic while the receiver of another hangs", async () => {
  const hanging = Promise.withResolvers<boolean>();
  const passes: string[] = [];
  let passed = Promise.withResolvers<void>();
  const outbox = {
    topics: ["slow", "quick"],
    deliver(topic: string) {
      passes.push(topic);
      if (topic === "slow") return hanging.promise;
      passed.resolve();
      return Promise.resolve(false);
    },
    purge: () => Promise.resolve(false),
  } as unknown as Outbox<{ slow: unknown; quick: unknown }>;
  const { workers, nudge } = createOutboxWorkers(outbox, {
    intervalMs: NEVER_MS,
    log: SILENT_LOGGER,
  });
  for (const worker of workers) worker.start();
  await passed.promise;
  passed = Promise.withResolvers();
  nudge();
  await passed.promise;
  assert.deepEqual(passes, ["slow", "quick", "quick"]);
  hanging.resolve(false);
  await Promise.all(workers.map((worker) => worker.stop()));
});
