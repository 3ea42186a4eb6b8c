import assert from "node:assert/strict";
import { UrgentWork } from "../urgent_work.ts";
import { Admission, type LaneBounds, TooManyAtOnce } from "./admission.ts";

const WIDE: LaneBounds = { inFlight: 1_000, waiting: 100 };

/** An admission whose turns of the event loop a test takes, with requests that a test ends. */
function world(bounds: { reads?: LaneBounds; searches?: LaneBounds } = {}) {
  let turn: (() => void) | undefined;
  let nowMs = 0;
  let rest: { callback: () => void; ms: number } | undefined;
  const urgent = { lately: false, beganLately: () => urgent.lately };
  const admission = new Admission({
    lanes: { reads: bounds.reads ?? WIDE, searches: bounds.searches ?? WIDE },
    urgent,
    time: {
      nowMs: () => nowMs,
      nextTurn(callback) {
        assert.ok(!turn && !rest, "one turn is awaited at a time");
        turn = callback;
      },
      after: (callback, ms) => void (rest = { callback, ms }),
    },
  });
  /** Names of the requests that have begun, in order. */
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  return {
    urgent,
    begun,
    admission,
    /** Sends a request; it runs until its name is ended. */
    send(name: string, lane: "reads" | "searches" = "reads"): Promise<void> {
      return admission.run(lane, () => {
        begun.push(name);
        return new Promise((resolve) => ends.set(name, resolve));
      });
    },
    async end(name: string) {
      ends.get(name)!();
      await settled();
    },
    /** Takes the next turn after the present one took so long; returns whether there was one to take. */
    async takeTurn({ tookMs = 0 } = {}): Promise<boolean> {
      nowMs += tookMs;
      const due = turn;
      turn = undefined;
      due?.();
      await settled();
      return due !== undefined;
    },
    /** Ends the present rest; returns how long it was, in ms. */
    async endRest(): Promise<number | undefined> {
      const due = rest;
      rest = undefined;
      nowMs += due?.ms ?? 0;
      due?.callback();
      await settled();
      return due?.ms;
    },
  };
}

/** Until what is resolved already has been noticed. */
function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

function names(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, i) => `${prefix}${i}`);
}

Deno.test("Admission begins a request at once where nothing else is to do", () => {
  const { send, begun, urgent } = world();
  void send("a");
  assert.deepEqual(begun, ["a"]);
  urgent.lately = true;
  const amidBookings = world();
  amidBookings.urgent.lately = true;
  void amidBookings.send("a");
  assert.deepEqual(amidBookings.begun, ["a"]);
});

Deno.test("Admission begins eight requests a turn of the event loop, in their order", async () => {
  const { send, begun, takeTurn } = world();
  const sent = names("r", 20);
  for (const name of sent) void send(name);
  assert.equal(begun.length, 8);
  await takeTurn();
  assert.equal(begun.length, 16);
  await takeTurn();
  assert.deepEqual(begun, sent);
});

Deno.test("Admission begins one request a turn amid urgent work, of each lane in turn", async () => {
  const { send, begun, takeTurn, urgent } = world();
  urgent.lately = true;
  for (const name of names("r", 4)) void send(name);
  for (const name of names("s", 2)) void send(name, "searches");
  const order = ["r0", "r1", "s0", "r2", "s1", "r3"];
  for (const turns of order.keys()) {
    assert.deepEqual(begun, order.slice(0, turns + 1));
    await takeTurn();
  }
  assert.equal(await takeTurn(), false, "nothing waits any more");
});

Deno.test("Admission lets no request pass those that wait", async () => {
  const { send, begun, takeTurn, urgent } = world();
  urgent.lately = true;
  for (const name of names("r", 3)) void send(name);
  await takeTurn();
  urgent.lately = false;
  void send("late");
  assert.deepEqual(begun, ["r0", "r1"]);
  await takeTurn();
  assert.deepEqual(begun, ["r0", "r1", "r2", "late"]);
});

Deno.test("Admission answers a bounded number at once, and another as each ends", async () => {
  const { send, end, begun, takeTurn } = world({ reads: { inFlight: 2, waiting: 10 } });
  for (const name of names("r", 4)) void send(name);
  await takeTurn();
  assert.deepEqual(begun, ["r0", "r1"]);
  assert.equal(await takeTurn(), false, "it does not spin while all are busy");
  await end("r0");
  await takeTurn();
  assert.deepEqual(begun, ["r0", "r1", "r2"]);
  await end("r1");
  await takeTurn();
  assert.deepEqual(begun, ["r0", "r1", "r2", "r3"]);
});

Deno.test("Admission refuses at once what would wait behind a full queue, and admits again", async () => {
  const { send, end, begun, takeTurn, admission } = world({ reads: { inFlight: 1, waiting: 2 } });
  const first = send("r0");
  for (const name of ["r1", "r2"]) void send(name);
  assert.equal(admission.hasRoom("reads"), false);
  await assert.rejects(send("r3"), (error) => {
    assert.ok(error instanceof TooManyAtOnce);
    assert.deepEqual([error.code, error.retryAfterS], ["UNAVAILABLE", 1]);
    return true;
  });
  assert.equal(admission.hasRoom("searches"), true, "a full lane takes nothing from another");
  void send("s0", "searches");
  assert.deepEqual(begun, ["r0", "s0"]);
  await end("r0");
  await first;
  await takeTurn();
  assert.ok(admission.hasRoom("reads"));
  void send("r4");
  await end("r1");
  await takeTurn();
  await end("r2");
  await takeTurn();
  assert.deepEqual(begun, ["r0", "s0", "r1", "r2", "r4"]);
});

Deno.test("Admission frees the place of a request that fails", async () => {
  const { send, begun, takeTurn, admission } = world({ reads: { inFlight: 1, waiting: 1 } });
  const failing = admission.run("reads", () => Promise.reject(new Error("broken")));
  const next = send("next");
  await assert.rejects(failing, { message: "broken" });
  await takeTurn();
  assert.deepEqual(begun, ["next"]);
  void next;
});

Deno.test("Admission gives other requests a quarter of the time amid urgent work", async () => {
  const { send, begun, takeTurn, endRest, urgent } = world();
  urgent.lately = true;
  const sent = names("r", 20);
  for (const name of sent) void send(name);
  let workedMs = 0;
  let restedMs = 0;
  while (begun.length < sent.length) {
    workedMs += 0.5;
    await takeTurn({ tookMs: 0.5 });
    restedMs += await endRest() ?? 0;
  }
  const share = workedMs / (workedMs + restedMs);
  assert.ok(Math.abs(share - 1 / 4) < 0.03, `they got ${share} of the time`);
});

Deno.test("Admission begins nothing during a rest, which a slow turn makes no longer than 20 ms", async () => {
  const { send, begun, takeTurn, endRest, urgent } = world();
  urgent.lately = true;
  for (const name of names("r", 2)) void send(name);
  await takeTurn({ tookMs: 1_000 });
  void send("during the rest", "searches");
  assert.deepEqual(begun, ["r0"]);
  assert.equal(await endRest(), 20);
  assert.deepEqual(begun, ["r0", "r1"]);
});

Deno.test("Admission never rests without urgent work", async () => {
  const { send, begun, takeTurn, endRest } = world();
  for (const name of names("r", 20)) void send(name);
  await takeTurn({ tookMs: 1_000 });
  await takeTurn({ tookMs: 1_000 });
  assert.equal(await endRest(), undefined);
  assert.equal(begun.length, 20);
});

Deno.test("Admission narrows and shortens its lanes to a quarter amid urgent work", async () => {
  const { send, begun, takeTurn, admission, urgent } = world({
    reads: { inFlight: 8, waiting: 8 },
  });
  urgent.lately = true;
  for (const name of names("r", 2)) void send(name);
  while (await takeTurn());
  for (const name of ["r2", "r3"]) void send(name);
  while (await takeTurn());
  assert.deepEqual(begun, ["r0", "r1"]);
  assert.equal(admission.hasRoom("reads"), false);
  urgent.lately = false;
  assert.equal(admission.hasRoom("reads"), true);
  void send("r4");
  await takeTurn();
  assert.equal(begun.length, 5);
});

Deno.test("Admission takes urgent work for running until 100 ms after it began", () => {
  for (const [sinceMs, expected] of [[99, 1], [100, 8]] as const) {
    let nowMs = 0;
    const urgent = new UrgentWork(() => nowMs);
    const admission = new Admission({
      lanes: { reads: WIDE },
      urgent,
      time: { nowMs: () => nowMs, nextTurn: () => {}, after: () => {} },
    });
    urgent.begin();
    nowMs = sinceMs;
    let begun = 0;
    for (let n = 0; n < 20; n++) void admission.run("reads", () => Promise.resolve(begun++));
    assert.equal(begun, expected, `${sinceMs} ms later`);
  }
});
