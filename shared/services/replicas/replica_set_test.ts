import assert from "node:assert/strict";
import { newId } from "../../ids.ts";
import { type Replica, ReplicaSet } from "./replica_set.ts";

const SECOND_MS = 1_000;
const NO_KEY = () => undefined;

/** A set with a clock, a resolver and probes that the test decides. */
function createSet(
  urls: string[],
  { addresses, dead = [] }: { addresses: string[] | Error; dead?: string[] },
) {
  const state = { nowMs: 0, addresses, dead: new Set(dead), resolves: 0, probes: 0 };
  const told: string[] = [];
  const tell = (message: string, fields?: unknown) =>
    void told.push(`${message} ${(fields as { replica?: string }).replica ?? ""}`.trim());
  const set = new ReplicaSet(urls, {
    resolve: () => {
      state.resolves++;
      return state.addresses instanceof Error
        ? Promise.reject(state.addresses)
        : Promise.resolve(state.addresses);
    },
    probe: (replica) => {
      state.probes++;
      return Promise.resolve(!state.dead.has(replica.name));
    },
    nowMs: () => state.nowMs,
    log: { info: tell, warn: tell },
  });
  return {
    set,
    state,
    told,
    choose: async (key?: string, tried?: Set<Replica>) =>
      (await set.choose(() => key, tried))?.name,
    /** Lets the set look around a second later, and waits until it has. */
    async look() {
      state.nowMs += SECOND_MS;
      await set.choose(NO_KEY);
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    },
    /** Names that so many requests without a key go to. */
    async names(requests = 8) {
      const names = new Set<string>();
      for (let i = 0; i < requests; i++) names.add((await set.choose(NO_KEY))!.name);
      return [...names].sort();
    },
    /** Closes the connections that the set would use. */
    async [Symbol.asyncDispose]() {
      state.addresses = ["192.0.2.255"];
      await this.look();
      (await set.choose(NO_KEY))?.client?.close();
    },
  };
}

const BOOKING = "http://booking:8004";
const TWO = ["192.0.2.1", "192.0.2.2"];

Deno.test("ReplicaSet asks a URL with an address or TLS as it is, and never looks around", async () => {
  for (
    const url of ["http://127.0.0.1:8004/", "http://[::1]:1", "http://localhost:1", "https://b"]
  ) {
    const { choose, look, state } = createSet([url], { addresses: TWO });
    await look();
    assert.equal(await choose("key"), url.replace(/\/$/, ""));
    assert.deepEqual([state.resolves, state.probes], [0, 0]);
  }
});

Deno.test("ReplicaSet uses all addresses of a name in turn, and one of them for each key", async () => {
  await using world = createSet([BOOKING], { addresses: TWO });
  assert.deepEqual(await world.names(), ["192.0.2.1:8004", "192.0.2.2:8004"]);
  const ofKeys = new Set<string | undefined>();
  for (let i = 0; i < 64; i++) {
    const key = newId();
    const name = await world.choose(key);
    ofKeys.add(name);
    assert.equal(await world.choose(key), name);
  }
  assert.equal(ofKeys.size, 2);
  assert.equal(world.state.resolves, 1, "one look a second");
});

Deno.test("ReplicaSet ejects a replica that failed until it answers a probe", async () => {
  await using world = createSet([BOOKING], { addresses: TWO });
  const failed = (await world.set.choose(NO_KEY))!;
  world.state.dead.add(failed.name);
  world.set.failed(failed);
  const [other] = await world.names();
  assert.deepEqual(await world.names(), [other]);
  assert.notEqual(other, failed.name);
  await world.look();
  assert.deepEqual(await world.names(), [other], "it is silent yet");
  world.state.dead.clear();
  await world.look();
  assert.equal((await world.names()).length, 2);
  assert.deepEqual(world.told.slice(-2), [
    `replica: ejected ${failed.name}`,
    `replica: answers ${failed.name}`,
  ]);
});

Deno.test("ReplicaSet ejects a silent replica after two probes, and tells those who wait for it", async () => {
  await using world = createSet([BOOKING], { addresses: TWO });
  const frozen = (await world.set.choose(NO_KEY))!;
  const { silence } = frozen;
  world.state.dead.add(frozen.name);
  await world.look();
  assert.equal((await world.names()).length, 2, "one probe may be lost");
  await world.look();
  assert.equal((await world.names()).length, 1);
  assert.ok(silence.aborted);
  assert.ok(!frozen.silence.aborted, "its next requests are not given up");
});

Deno.test("ReplicaSet uses ejected replicas where there is no other", async () => {
  await using world = createSet([BOOKING], { addresses: TWO });
  const tried = new Set<Replica>();
  for (let replica = await world.set.choose(NO_KEY); replica;) {
    world.set.failed(replica);
    tried.add(replica);
    replica = await world.set.choose(NO_KEY, tried);
  }
  assert.equal(tried.size, 2);
  assert.equal((await world.names()).length, 2);
});

Deno.test("ReplicaSet notices a new address once it answers, and drops one that went", async () => {
  await using world = createSet([BOOKING], { addresses: TWO, dead: ["192.0.2.3:8004"] });
  await world.names();
  world.state.addresses = ["192.0.2.2", "192.0.2.3"];
  await world.look();
  assert.deepEqual(await world.names(), ["192.0.2.2:8004"], "the new one does not listen yet");
  world.state.dead.clear();
  await world.look();
  assert.deepEqual(await world.names(), ["192.0.2.2:8004", "192.0.2.3:8004"]);
  assert.ok(world.told.includes("replica: gone 192.0.2.1:8004"));
});

Deno.test("ReplicaSet resolves again before a request after a long pause", async () => {
  await using world = createSet([BOOKING], { addresses: ["192.0.2.1"] });
  assert.equal(await world.choose(), "192.0.2.1:8004");
  world.state.addresses = ["192.0.2.9"];
  world.state.nowMs += 11 * SECOND_MS;
  assert.equal(await world.choose(), "192.0.2.9:8004");
});

Deno.test("ReplicaSet keeps its addresses while the name is not resolved, and says so once", async () => {
  await using world = createSet([BOOKING], { addresses: TWO });
  await world.names();
  world.state.addresses = new Error("no resolver");
  await world.look();
  await world.look();
  assert.equal((await world.names()).length, 2);
  assert.equal(world.told.filter((entry) => entry.includes("not resolved")).length, 1);
});

Deno.test("ReplicaSet asks by the name where it was never resolved", async () => {
  await using world = createSet([BOOKING], { addresses: new Error("EPERM") });
  const replica = await world.set.choose(NO_KEY);
  assert.deepEqual([replica?.base, replica?.client], [BOOKING, undefined]);
});

Deno.test("ReplicaSet uses no more than 64 replicas, wherever they come from", async () => {
  const urls = Array.from({ length: 64 }, (_, i) => `http://127.0.0.1:${9_000 + i}`);
  const world = createSet([...urls, "http://127.0.0.1:1"], { addresses: [] });
  assert.equal((await world.names(200)).length, 64);
});
