import assert from "node:assert/strict";
import { createLogger, SILENT_LOGGER } from "./log.ts";
import { createWorker } from "./worker.ts";

const NEVER_MS = 3_600_000;

Deno.test("a worker runs when started and when nudged, never twice at a time", async () => {
  let passes = 0, running = 0;
  let passed = Promise.withResolvers<void>();
  const worker = createWorker({
    name: "w",
    intervalMs: NEVER_MS,
    log: SILENT_LOGGER,
    run: async () => {
      assert.equal(++running, 1);
      await Promise.resolve();
      running--;
      passes++;
      passed.resolve();
    },
  });
  worker.start();
  await passed.promise;
  passed = Promise.withResolvers();
  for (let i = 0; i < 10; i++) worker.nudge();
  await passed.promise;
  await worker.stop();
  assert.ok(passes >= 2 && passes <= 3, `${passes} passes`);
});

Deno.test("a worker repeats passes while there is more to do", async () => {
  let left = 5;
  const done = Promise.withResolvers<void>();
  const worker = createWorker({
    name: "w",
    intervalMs: NEVER_MS,
    log: SILENT_LOGGER,
    run: () => {
      if (--left === 0) done.resolve();
      return Promise.resolve(left > 0);
    },
  });
  worker.start();
  await done.promise;
  await worker.stop();
  assert.equal(left, 0);
});

Deno.test("a worker survives a failed pass and logs it", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "warn", write: (line) => lines.push(line) });
  let passes = 0;
  const second = Promise.withResolvers<void>();
  const worker = createWorker({
    name: "flaky",
    intervalMs: 1,
    log,
    run: () => {
      if (++passes === 1) return Promise.reject(new Error("boom"));
      second.resolve();
      return Promise.resolve();
    },
  });
  worker.start();
  await second.promise;
  await worker.stop();
  assert.match(lines[0]!, /"worker":"flaky".*boom/);
});

Deno.test("a stopped worker finishes its pass and starts no other", async () => {
  let passes = 0;
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const worker = createWorker({
    name: "w",
    intervalMs: 1,
    log: SILENT_LOGGER,
    run: async () => {
      begun.resolve();
      await gate.promise;
      passes++;
      return true;
    },
  });
  worker.start();
  await begun.promise;
  const stopped = worker.stop();
  gate.resolve();
  await stopped;
  worker.nudge();
  assert.equal(passes, 1);
});

Deno.test("runNow() joins the pass under way or runs one", async () => {
  let begun = 0, ended = 0;
  const worker = createWorker({
    name: "w",
    intervalMs: NEVER_MS,
    log: SILENT_LOGGER,
    run: async () => {
      begun++;
      await Promise.resolve();
      ended++;
    },
  });
  await Promise.all([worker.runNow(), worker.runNow()]);
  assert.deepEqual([begun, ended], [1, 1]);
  await worker.stop();
  await worker.runNow();
  assert.equal(begun, 1, "a stopped worker runs no more");
});

/** A worker with much to do, which rests after each pass; `passes` is how many it has begun. */
function restingWorker({ restMs, work = Infinity }: { restMs: number; work?: number }) {
  const state = {
    passes: 0,
    first: Promise.withResolvers<void>(),
    last: Promise.withResolvers<void>(),
  };
  const worker = createWorker({
    name: "resting",
    intervalMs: NEVER_MS,
    restMs: () => restMs,
    log: SILENT_LOGGER,
    run: () => {
      state.passes++;
      state.first.resolve();
      if (state.passes === work) state.last.resolve();
      return Promise.resolve(state.passes < work);
    },
  });
  return { worker, state };
}

/** Resolves after timers that were due before it. */
async function timersAreDone(): Promise<void> {
  const done = Promise.withResolvers<void>();
  const worker = createWorker({
    name: "fence",
    intervalMs: NEVER_MS,
    log: SILENT_LOGGER,
    run: () => Promise.resolve(done.resolve()),
  });
  worker.start();
  await done.promise;
  await worker.stop();
}

Deno.test("a worker that rests neither goes on nor heeds nudges meanwhile", async () => {
  const { worker, state } = restingWorker({ restMs: NEVER_MS });
  worker.start();
  await state.first.promise;
  await timersAreDone();
  for (let i = 0; i < 10; i++) worker.nudge();
  await timersAreDone();
  await worker.stop();
  assert.equal(state.passes, 1);
});

Deno.test("a worker that rests after each pass does all that there is", async () => {
  const { worker, state } = restingWorker({ restMs: 1, work: 5 });
  worker.start();
  await state.last.promise;
  await worker.stop();
  assert.equal(state.passes, 5);
});

Deno.test("runNow() does not wait for a rest", async () => {
  const { worker, state } = restingWorker({ restMs: NEVER_MS, work: 5 });
  worker.start();
  await state.first.promise;
  await timersAreDone();
  await worker.runNow();
  await worker.stop();
  assert.equal(state.passes, 5);
});
