import assert from "node:assert/strict";
import { Unavailable } from "../errors/mod.ts";
import { UrgentWork } from "../urgent_work.ts";
import { type Argon2, ARGON2_COST, HASHING_THREADS, openArgon2 } from "./argon2.ts";
import { PasswordHasher } from "./passwords.ts";

Deno.test("PasswordHasher verifies the password it hashed, and no other", async () => {
  const passwords = new PasswordHasher();
  const hash = await passwords.hash("11111111");
  assert.equal(await passwords.verify("11111111", hash), "current");
  assert.equal(await passwords.verify("11111111 ", hash), "none");
});

Deno.test("verify() does the same work for an account that does not exist", async () => {
  const verified: string[] = [];
  const passwords = new PasswordHasher({
    open: () => Promise.resolve(agreeing(verified)),
  });
  assert.equal(await passwords.verify("11111111", undefined), "none");

  const { memoryKib, passes, lanes } = ARGON2_COST;
  assert.equal(verified.length, 1);
  assert.ok(verified[0]!.startsWith(`$argon2id$v=19$m=${memoryKib},t=${passes},p=${lanes}$`));
  const [, , , , salt, digest] = verified[0]!.split("$");
  assert.deepEqual([salt!.length, digest!.length], [22, 43]);
});

Deno.test("verify() does the same work for a text that is too long, without hashing it", async () => {
  const hashed: number[] = [];
  const open = () =>
    Promise.resolve({
      ...agreeing([]),
      verify(password: Uint8Array) {
        hashed.push(password.length);
        return Promise.resolve(true);
      },
    });
  const passwords = new PasswordHasher({ open });
  for (const text of ["x".repeat(129), "x".repeat(1_000_000), "\u0301".repeat(1_000_000)]) {
    assert.equal(await passwords.verify(text, "a hash"), "none");
    await assert.rejects(passwords.hash(text), RangeError);
  }
  assert.equal(hashed.length, 3);
  assert.ok(hashed.every((bytes) => bytes < 128));
});

Deno.test("verify() tries the canonical form, then the text as typed", async () => {
  const hash = await (await openArgon2()).hash(new TextEncoder().encode("e\u0301".repeat(8)));
  const passwords = new PasswordHasher();
  assert.equal(await passwords.verify("e\u0301".repeat(8), hash), "outdated");
  assert.equal(await passwords.verify("\u00e9".repeat(8), hash), "none");
  const newHash = await passwords.hash("e\u0301".repeat(8));
  assert.equal(await passwords.verify("\u00e9".repeat(8), newHash), "current");
  assert.equal(await passwords.verify("e\u0301".repeat(8), newHash), "current");
});

Deno.test("PasswordHasher bounds running and waiting hashes and throws 503 above", async () => {
  let running = 0;
  let mostRunning = 0;
  const gate = Promise.withResolvers<void>();
  const passwords = new PasswordHasher({
    open: () => Promise.resolve({ ...agreeing([]), hash: gated }),
  });
  async function gated(): Promise<string> {
    mostRunning = Math.max(mostRunning, ++running);
    await gate.promise;
    running--;
    return "hash";
  }
  const atOnce = HASHING_THREADS;
  const room = atOnce * 251;
  const hashing = Array.from({ length: room }, () => passwords.hash("11111111"));
  await turn();
  assert.throws(() => passwords.assertRoom(), Unavailable);
  hashing.push(...Array.from({ length: 100 }, () => passwords.hash("11111111")));
  gate.resolve();
  const outcomes = await Promise.allSettled(hashing);

  const refused = outcomes.flatMap((o) => o.status === "rejected" ? [o.reason] : []);
  assert.equal(mostRunning, atOnce);
  assert.equal(refused.length, 100);
  assert.ok(refused.every((error) => error instanceof Unavailable && error.retryAfterS === 1));
  passwords.assertRoom();
  assert.equal(await passwords.hash("11111111"), "hash", "the lane is free again");
});

Deno.test("PasswordHasher shortens its queue amid urgent work", async () => {
  const world = manualTime();
  const gate = Promise.withResolvers<void>();
  const passwords = new PasswordHasher({
    ...world,
    open: hashingBy(world, { ms: 15 }),
    time: { ...world.time, pause: () => gate.promise },
  });
  world.urgent.begin();
  await Promise.all(Array.from({ length: HASHING_THREADS }, () => passwords.hash("11111111")));
  const hashing = Array.from({ length: HASHING_THREADS * 32 }, () => passwords.hash("11111111"));
  await turn();
  assert.throws(() => passwords.assertRoom(), Unavailable);
  await assert.rejects(passwords.hash("11111111"), Unavailable);
  world.time.advance(1_000);
  gate.resolve();
  await Promise.all(hashing);
  passwords.assertRoom();
});

Deno.test("PasswordHasher hashes a sixteenth of the time amid urgent work", async () => {
  const world = manualTime();
  const passwords = new PasswordHasher({ ...world, open: hashingBy(world, { ms: 15 }) });
  assert.equal(await share(world, passwords, { everyMs: Infinity }), 1);
  const amidWork = await share(world, passwords, { everyMs: 2 });
  assert.ok(Math.abs(amidWork - 1 / 16) < 0.01, `it took ${amidWork}`);
  assert.ok(await share(world, passwords, { everyMs: Infinity }) > 0.99);
});

Deno.test("PasswordHasher keeps over half its rate amid a few urgent requests per second", async () => {
  const world = manualTime();
  const passwords = new PasswordHasher({ ...world, open: hashingBy(world, { ms: 15 }) });
  assert.ok(await share(world, passwords, { everyMs: 250 }) > 0.7);
});

Deno.test("PasswordHasher answers before it rests", async () => {
  const world = manualTime();
  const passwords = new PasswordHasher({
    ...world,
    open: hashingBy(world, { ms: 15 }),
    time: { ...world.time, pause: () => new Promise(() => {}) },
  });
  world.urgent.begin();
  assert.equal(await passwords.hash("11111111"), "hash");
});

/** A time that only hashes and pauses move, and urgent work in it. */
function manualTime() {
  let nowMs = 0;
  const nowMsOf = () => nowMs;
  const world = {
    urgent: new UrgentWork(nowMsOf),
    /** Called as time passes. */
    tick: (_nowMs: number) => {},
    time: {
      nowMs: nowMsOf,
      advance(byMs: number) {
        for (const endMs = nowMs + byMs; nowMs < endMs; world.tick(nowMs)) nowMs++;
      },
      pause(ms: number) {
        world.time.advance(ms);
        return Promise.resolve();
      },
    },
  };
  return world;
}

/** How much of one thread's time is hashed, while urgent work begins every so often. */
async function share(
  world: ReturnType<typeof manualTime>,
  passwords: PasswordHasher,
  { everyMs }: { everyMs: number },
): Promise<number> {
  const HASHES = 200;
  world.tick = (nowMs) => {
    if (nowMs % everyMs === 0) world.urgent.begin();
  };
  const begunMs = world.time.nowMs();
  for (let i = 0; i < HASHES; i++) {
    await passwords.hash("11111111");
    await turn();
  }
  return HASHES * 15 / (world.time.nowMs() - begunMs);
}

/** Until what is resolved already has been noticed. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** Opens an implementation whose hashes take so long. */
function hashingBy(
  { time }: { time: { advance(byMs: number): void } },
  { ms }: { ms: number },
): () => Promise<Argon2> {
  return () =>
    Promise.resolve({
      ...agreeing([]),
      hash() {
        time.advance(ms);
        return Promise.resolve("hash");
      },
    });
}

/** Says yes to everything, and remembers to what. */
function agreeing(verified: string[]): Argon2 {
  return {
    hash: () => Promise.resolve("hash"),
    verify(_password, hash) {
      verified.push(hash);
      return Promise.resolve(true);
    },
  };
}
