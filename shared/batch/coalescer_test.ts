import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { Unavailable } from "../errors/mod.ts";
import { Coalescer } from "./coalescer.ts";

/** A `run` that records its batches and waits to be released. */
function gatedDoubler() {
  const batches: number[][] = [];
  let gate = Promise.withResolvers<void>();
  async function run(items: number[]): Promise<number[]> {
    batches.push(items);
    await gate.promise;
    return items.map((n) => n * 2);
  }
  function release(): void {
    gate.resolve();
    gate = Promise.withResolvers<void>();
    gate.resolve();
  }
  return { batches, run, release };
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

Deno.test("Coalescer batches the items of one turn, and then all queued items", async () => {
  const { batches, run, release } = gatedDoubler();
  const coalescer = new Coalescer({ run, maxBatch: 10, maxQueue: 10 });
  const first = [1, 2].map((n) => coalescer.submit(n));
  assert.equal(coalescer.idle, false);
  await endOfTurn();
  assert.deepEqual(batches, [[1, 2]]);
  const next = [coalescer.submit(3)];
  await endOfTurn();
  next.push(coalescer.submit(4));
  release();
  assert.deepEqual(await Promise.all([...first, ...next]), [2, 4, 6, 8]);
  assert.deepEqual(batches, [[1, 2], [3, 4]]);
  assert.equal(coalescer.idle, true);
});

Deno.test("Coalescer never makes a batch larger than its maximum", async () => {
  const { batches, run, release } = gatedDoubler();
  const coalescer = new Coalescer({ run, maxBatch: 2, maxQueue: 10 });
  const results = [1, 2, 3, 4, 5].map((n) => coalescer.submit(n));
  release();
  await Promise.all(results);
  assert.deepEqual(batches, [[1, 2], [3, 4], [5]]);
});

Deno.test("Coalescer refuses items above its queue limit at once and answers the rest", async () => {
  const { run, release } = gatedDoubler();
  const coalescer = new Coalescer({ run, maxBatch: 10, maxQueue: 1 });
  const accepted = [coalescer.submit(1)];
  await endOfTurn();
  accepted.push(coalescer.submit(2));
  await assert.rejects(coalescer.submit(3), Unavailable);
  release();
  assert.deepEqual(await Promise.all(accepted), [2, 4]);
});

Deno.test("Coalescer fails the items of a failed batch, and no others", async () => {
  const coalescer = new Coalescer<number, number>({
    run: (items) => items.includes(1) ? Promise.reject(new Error("boom")) : Promise.resolve(items),
    maxBatch: 1,
    maxQueue: 10,
  });
  const [first, second] = await Promise.allSettled([coalescer.submit(1), coalescer.submit(2)]);
  assert.equal(first?.status, "rejected");
  assert.equal(second?.status, "fulfilled");
});

Deno.test("Coalescer fails a batch whose result has another length", async () => {
  const coalescer = new Coalescer<number, number>({
    run: () => Promise.resolve([]),
    maxBatch: 1,
    maxQueue: 1,
  });
  await assert.rejects(coalescer.submit(1), /batch of 1 items was answered by 0/);
});

Deno.test("Coalescer rests after a batch before it starts the next", async () => {
  const { batches, run, release } = gatedDoubler();
  const rested = Promise.withResolvers<void>();
  const coalescer = new Coalescer({ run, maxBatch: 10, maxQueue: 10, rest: () => rested.promise });
  release();
  assert.equal(await coalescer.submit(1), 2);
  const next = [coalescer.submit(2), coalescer.submit(3)];
  await endOfTurn();
  await endOfTurn();
  assert.deepEqual(batches, [[1]]);
  rested.resolve();
  assert.deepEqual(await Promise.all(next), [4, 6]);
  assert.deepEqual(batches, [[1], [2, 3]]);
});
