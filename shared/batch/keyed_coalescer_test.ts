import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { Unavailable } from "../errors/mod.ts";
import { KeyedCoalescer, type KeyedCoalescerOptions, type KeyedItems } from "./keyed_coalescer.ts";

/** A batch that was begun, and what ends it. */
interface Begun {
  /** As `key:items` of each key. */
  batch: string;
  succeed: () => void;
  fail: (error: Error) => void;
}

/** Doubles numbers, once each batch is told to. */
function gatedDoubler(options: Partial<KeyedCoalescerOptions<number, number>> = {}) {
  const begun: Begun[] = [];
  const coalescer = new KeyedCoalescer<number, number>({
    maxBatch: 10,
    maxQueue: 10,
    ...options,
    run(batch: KeyedItems<number>[]) {
      const { promise, resolve, reject } = Promise.withResolvers<number[][]>();
      begun.push({
        batch: batch.map(({ key, items }) => `${key}:${items}`).join(" "),
        succeed: () => resolve(batch.map(({ items }) => items.map((n) => n * 2))),
        fail: reject,
      });
      return promise;
    },
  });
  return { coalescer, begun, batches: () => begun.map(({ batch }) => batch) };
}

Deno.test("KeyedCoalescer batches items of one turn over all keys, then all queued items", async () => {
  const { coalescer, begun, batches } = gatedDoubler();
  const answers = [coalescer.submit("a", 1), coalescer.submit("b", 2)];
  await endOfTurn();
  assert.deepEqual(batches(), ["a:1 b:2"]);
  answers.push(coalescer.submit("b", 3), coalescer.submit("c", 4), coalescer.submit("b", 5));
  await endOfTurn();
  begun[0]!.succeed();
  assert.equal(await answers[0], 2);
  await endOfTurn();
  answers.push(coalescer.submit("a", 6));
  await endOfTurn();
  assert.deepEqual(batches(), ["a:1 b:2", "c:4 b:3,5 a:6"], "also what is read in the turn after");
  begun[1]!.succeed();
  assert.deepEqual(await Promise.all(answers), [2, 4, 6, 8, 10, 12]);
  assert.equal(coalescer.size, 0, "an idle key is forgotten");
});

Deno.test("KeyedCoalescer has a key in one batch at a time and delays no other key", async () => {
  const { coalescer, begun, batches } = gatedDoubler({ maxInFlight: 2 });
  const answers = [coalescer.submit("a", 1)];
  await endOfTurn();
  answers.push(coalescer.submit("a", 2), coalescer.submit("b", 3));
  await endOfTurn();
  assert.deepEqual(batches(), ["a:1", "b:3"]);
  begun[1]!.succeed();
  assert.equal(await answers[2], 6);
  assert.deepEqual(batches(), ["a:1", "b:3"], "the rest of a waits for a");
  begun[0]!.succeed();
  assert.equal(await answers[0], 2);
  await until(() => begun.length === 3);
  assert.deepEqual(batches(), ["a:1", "b:3", "a:2"]);
  begun[2]!.succeed();
  assert.equal(await answers[1], 4);
});

Deno.test("KeyedCoalescer limits the size of a batch and serves keys in turn", async () => {
  const { coalescer, begun, batches } = gatedDoubler({ maxBatch: 2 });
  const wishes = [["a", 1], ["a", 2], ["a", 3], ["a", 4], ["b", 5]] as const;
  const answers = wishes.map(([key, n]) => coalescer.submit(key, n));
  await endOfTurn();
  for (let i = 0; i < 3; i++) {
    begun[i]!.succeed();
    await until(() => begun.length > i + 1 || coalescer.size === 0);
  }
  assert.deepEqual(await Promise.all(answers), [2, 4, 6, 8, 10]);
  assert.deepEqual(batches(), ["a:1,2", "b:5 a:3", "a:4"]);
});

Deno.test("KeyedCoalescer retries each key of a failed batch alone", async () => {
  const { coalescer, begun, batches } = gatedDoubler();
  const [broken, sound] = [coalescer.submit("a", 1), coalescer.submit("b", 2)];
  await endOfTurn();
  begun[0]!.fail(new Error("a is broken"));
  await until(() => begun.length === 3);
  assert.deepEqual(batches(), ["a:1 b:2", "a:1", "b:2"]);

  begun[2]!.succeed();
  assert.equal(await sound, 4);
  const [more, next] = [coalescer.submit("a", 3), coalescer.submit("b", 4)];
  await endOfTurn();
  assert.deepEqual(batches().slice(3), ["b:4"], "what comes for a waits for a, nothing else does");
  begun[3]!.succeed();
  assert.equal(await next, 8);
  begun[1]!.fail(new Error("a is still broken"));
  await assert.rejects(broken, /still broken/);
  await until(() => begun.length === 5);
  assert.deepEqual(batches().slice(4), ["a:3"]);
  begun[4]!.succeed();
  assert.equal(await more, 6);
  assert.equal(coalescer.size, 0);
});

Deno.test("KeyedCoalescer fails a whole batch if it may not be repeated", async () => {
  const { coalescer, begun, batches } = gatedDoubler({
    isRepeatable: (error) => (error as Error).message === "nothing was done",
  });
  const answers = [coalescer.submit("a", 1), coalescer.submit("b", 2)];
  await endOfTurn();
  begun[0]!.fail(new Error("who knows"));
  for (const answer of answers) await assert.rejects(answer, /who knows/);
  assert.deepEqual(batches(), ["a:1 b:2"]);
  assert.equal(coalescer.size, 0);
});

Deno.test("KeyedCoalescer refuses items above the queue limit of their key at once", async () => {
  const { coalescer, begun } = gatedDoubler({ maxQueue: 1 });
  const accepted = [coalescer.submit("a", 1)];
  await endOfTurn();
  accepted.push(coalescer.submit("a", 2), coalescer.submit("b", 3));
  await assert.rejects(coalescer.submit("a", 4), Unavailable);
  begun[0]!.succeed();
  await until(() => begun.length === 2);
  begun[1]!.succeed();
  assert.deepEqual(await Promise.all(accepted), [2, 4, 6]);
});

Deno.test("KeyedCoalescer fails a batch whose result has another shape", async () => {
  const coalescer = new KeyedCoalescer<number, number>({
    run: () => Promise.resolve([[]]),
    maxBatch: 1,
    maxQueue: 1,
  });
  await assert.rejects(coalescer.submit("a", 1), /batch of 1 items was answered by 0/);
});

Deno.test("KeyedCoalescer fills a batch by weight, and keeps the order of the queue", async () => {
  const { coalescer, begun, batches } = gatedDoubler({ maxBatch: 10, weightOf: (n) => n });
  const answers = [
    coalescer.submit("a", 6),
    coalescer.submit("a", 3),
    coalescer.submit("a", 2),
    coalescer.submit("b", 9),
    coalescer.submit("c", 1),
  ];
  await endOfTurn();
  assert.deepEqual(batches(), ["a:6,3"], "neither 2 nor 9 fits, and c waits behind b");
  begun[0]!.succeed();
  await until(() => begun.length === 2);
  assert.deepEqual(batches().slice(1), ["b:9 c:1"]);
  begun[1]!.succeed();
  await until(() => begun.length === 3);
  assert.deepEqual(batches().slice(2), ["a:2"]);
  begun[2]!.succeed();
  assert.deepEqual(await Promise.all(answers), [12, 6, 4, 18, 2]);
});

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs ready work until a condition holds. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100 && !condition(); turn++) await endOfTurn();
  assert.ok(condition());
}
