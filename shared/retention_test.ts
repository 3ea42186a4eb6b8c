import assert from "node:assert/strict";
import { ManualClock } from "./clock.ts";
import { SILENT_LOGGER } from "./log.ts";
import { METRICS } from "./metrics/mod.ts";
import { prometheusText } from "./metrics/prometheus_text.ts";
import { eraseRestoredWorker, PURGE_BATCH, purgeWorkers, type Retention } from "./retention.ts";

const DAY_MS = 24 * 3_600_000;

/** Workers over a store of so many rows that are old enough, and what they asked of it. */
function staged(rows: number, { kind, retention }: { kind: string; retention: Retention }) {
  const clock = new ManualClock();
  const asked: { before: Date; limit: number }[] = [];
  let left = rows;
  const workers = purgeWorkers({
    kind,
    retention,
    clock,
    log: SILENT_LOGGER,
    purge(input) {
      asked.push(input);
      const purged = Math.min(left, input.limit);
      left -= purged;
      return Promise.resolve(purged);
    },
  });
  return { clock, asked, workers, left: () => left };
}

Deno.test("purgeWorkers() deletes batch by batch until less than a batch is left, and counts it", async () => {
  const rows = 2 * PURGE_BATCH + 7;
  const { clock, asked, workers, left } = staged(rows, { kind: "of_a_test", retention: DAY_MS });
  await workers[0]!.runNow();
  assert.equal(left(), 0);
  assert.equal(asked.length, 3);
  for (const { before, limit } of asked) {
    assert.equal(before.getTime(), clock.now().getTime() - DAY_MS);
    assert.equal(limit, PURGE_BATCH);
  }
  assert.match(prometheusText(METRICS), /evently_purged_total\{kind="of_a_test"\} 1007\n/);
  await Promise.all(workers.map((worker) => worker.stop()));
});

Deno.test("purgeWorkers() makes no worker for what is kept for ever", () => {
  const { workers } = staged(1, { kind: "kept", retention: undefined });
  assert.deepEqual(workers, []);
});

Deno.test("eraseRestoredWorker() goes on until nobody is found, and counts whom it deleted itself", async () => {
  const restored = Array.from({ length: 250 }, (_, i) => i);
  const worker = eraseRestoredWorker({
    kind: "users",
    log: SILENT_LOGGER,
    find: ({ limit }) => Promise.resolve(restored.slice(0, limit)),
    idOf: String,
    erase(account) {
      restored.splice(restored.indexOf(account), 1);
      return Promise.resolve(account % 5 !== 0);
    },
  });
  await worker.runNow();
  assert.deepEqual(restored, []);
  assert.match(prometheusText(METRICS), /evently_purged_total\{kind="restored_users"\} 200\n/);
  await worker.stop();
});
