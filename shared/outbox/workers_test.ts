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

Deno.test("createOutboxWorkers() nudges one topic alone, and rests as it is told", async () => {
  const passes: string[] = [];
  const passed = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const outbox = {
    topics: ["one", "other"],
    deliver(topic: string) {
      passes.push(topic);
      passed[passes.length - 2]?.resolve();
      return Promise.resolve(false);
    },
    purge: () => Promise.resolve(false),
  } as unknown as Outbox<{ one: unknown; other: unknown }>;
  let restMs = 0;
  const { workers, nudge } = createOutboxWorkers(outbox, {
    intervalMs: NEVER_MS,
    restMs: () => restMs,
    log: SILENT_LOGGER,
  });
  for (const worker of workers) worker.start();
  await passed[0]!.promise;
  restMs = NEVER_MS;
  nudge("one");
  restMs = 0;
  nudge("other");
  await passed[1]!.promise;
  assert.deepEqual(passes, ["one", "other", "other"]);
  await Promise.all(workers.map((worker) => worker.stop()));
});
