import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { times } from "@evently/shared/testing";
import { NOW } from "../testing/world.ts";
import { Editions } from "./editions.ts";

/** Editions of an index whose state and next border are the test's; counts how often the state is read. */
function createEditions() {
  const clock = new ManualClock(NOW);
  const index = {
    state: (): Promise<string> => Promise.resolve("a"),
    border: undefined as Date | undefined,
    reads: 0,
  };
  const editions = new Editions({
    state() {
      index.reads++;
      return index.state();
    },
    outlook: () => Promise.resolve({ nextBorder: index.border, currency: "INR" }),
  });
  return { clock, index, editions, at: () => editions.at(clock.now()) };
}

Deno.test("an edition lasts while the index stays as it is, read four times a second", async () => {
  const { clock, index, at } = createEditions();
  const first = await at();
  for (let second = 0; second < 10; second++) {
    for (let tick = 0; tick < 10; tick++) {
      clock.advance(100);
      assert.equal(await at(), first);
    }
  }
  assert.ok(index.reads <= 51, `${index.reads} reads in 10 s`);
  clock.advance(3_600_000);
  assert.equal(await at(), first);
});

Deno.test("an edition ends 250 ms after another process has written", async () => {
  const { clock, index, at } = createEditions();
  const first = await at();
  index.state = () => Promise.resolve("b");
  clock.advance(100);
  assert.equal(await at(), first, "nothing is read yet");
  clock.advance(150);
  const second = await at();
  assert.notEqual(second, first);
  assert.deepEqual(second.now, clock.now());
});

Deno.test("an edition is read again before it is too old, without a wait", async () => {
  const { clock, index, at } = createEditions();
  const first = await at();
  const answer = Promise.withResolvers<string>();
  index.state = () => answer.promise;
  clock.advance(200);
  assert.equal(await at(), first, "a search does not wait for the reading");
  answer.resolve("a");
  clock.advance(100);
  assert.equal(await at(), first);
  assert.equal(index.reads, 2);
});

Deno.test("end() ends an edition at once, also one that is being read", async () => {
  const { clock, index, editions, at } = createEditions();
  const first = await at();
  editions.end();
  const second = await at();
  assert.notEqual(second, first);

  clock.advance(250);
  const early = Promise.withResolvers<string>();
  index.state = () => early.promise;
  const reading = at();
  editions.end();
  index.state = () => Promise.resolve("b");
  const after = await at();
  early.resolve("a");
  assert.notEqual(await reading, after);
  assert.equal(await at(), after, "what was read before the write is not taken for what follows");
});

Deno.test("an edition ends when an event begins, and no earlier", async () => {
  const { clock, index, at } = createEditions();
  index.border = new Date(NOW.getTime() + 100);
  const first = await at();
  clock.advance(99);
  assert.equal(await at(), first);
  clock.advance(1);
  index.border = undefined;
  const second = await at();
  assert.notEqual(second, first);
  assert.deepEqual(second.now, clock.now());
  clock.set(NOW);
  assert.notEqual(await at(), second, "nor does it reach into the past");
});

Deno.test("an engine that fails or hangs fails searches, which share one reading", async () => {
  const { clock, index, at } = createEditions();
  await at();
  index.state = () => Promise.reject(new Error("gone"));
  clock.advance(200);
  await at();
  clock.advance(50);
  await assert.rejects(at(), /gone/);

  const slow = Promise.withResolvers<string>();
  index.state = () => slow.promise;
  const before = index.reads;
  const waiting = times(20, at);
  assert.equal(index.reads - before, 1);
  clock.advance(250);
  waiting.push(at());
  assert.equal(index.reads - before, 2, "a reading from before is too old");
  slow.resolve("b");
  await Promise.all(waiting);
});
