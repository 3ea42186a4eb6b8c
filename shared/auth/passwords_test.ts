import assert from "node:assert/strict";
import { Unavailable } from "../errors.ts";
import { UrgentWork } from "../urgent_work.ts";
import { type Argon2, ARGON2_COST } from "./argon2/argon2.ts";
import { HASHING_THREADS, openArgon2 } from "./argon2/open.ts";
import { PasswordHasher } from "./passwords.ts";

Deno.test("PasswordHasher verifies the password it hashed, and no other", async () => {
  const passwords = new PasswordHasher();
  const hash = await passwords.hash("11111111");
  assert.equal(await passwords.verify("11111111", hash), "current");
  assert.equal(await passwords.verify("11111111 ", hash), "none");
});

Deno.test("PasswordHasher does the same work for an account that does not exist", async () => {
  const verified: string[] = [];
  const passwords = new PasswordHasher({
    open: () => Promise.resolve(agreeing(verified)),
  });
  assert.equal(await passwords.verify("11111111", undefined), "none");

  const { memory_kib, passes, lanes } = ARGON2_COST;
  assert.equal(verified.length, 1);
  assert.ok(verified[0]!.startsWith(`$argon2id$v=19$m=${memory_kib},t=${passes},p=${lanes}$`));
  const [, , , , salt, digest] = verified[0]!.split("$");
  assert.deepEqual([salt!.length, digest!.length], [22, 43]);
});

Deno.test("PasswordHasher never hashes a text longer than any password, and does the same work", async () => {
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
    assert.throws(() => passwords.hash(text), RangeError);
  }
  assert.equal(hashed.length, 3);
  assert.ok(hashed.every((bytes) => bytes < 128));
});

Deno.test("PasswordHasher tries a text in its one form, then as typed, and no more", async () => {
  const hash = await (await openArgon2()).hash(new TextEncoder().encode("e\u0301".repeat(8)));
  const passwords = new PasswordHasher();
  assert.equal(await passwords.verify("e\u0301".repeat(8), hash), "outdated");
  assert.equal(await passwords.verify("\u00e9".repeat(8), hash), "none");
  const newHash = await passwords.hash("e\u0301".repeat(8));
  assert.equal(await passwords.verify("\u00e9".repeat(8), newHash), "current");
  assert.equal(await passwords.verify("e\u0301".repeat(8), newHash), "current");
});

Deno.test("PasswordHasher bounds what runs and what waits, and says 503 past that", async () => {
  let running = 0;
  let mostRunning = 0;
  const gate = Promise.withResolvers<void>();
  const passwords = new PasswordHasher({
    open: hashingBy(async () => {
      mostRunning = Math.max(mostRunning, ++running);
      await gate.promise;
      running--;
      return "hash";
    }),
  });
  const atOnce = HASHING_THREADS;
  const room = atOnce * 251;
  const hashing = Array.from({ length: room }, () => passwords.hash("11111111"));
  assert.throws(() => passwords.assertRoom(), Unavailable);
  hashing.push(...Array.from({ length: 100 }, () => passwords.hash("11111111")));
  gate.resolve();
  const outcomes = await Promise.allSettled(hashing);

  const refused = outcomes.flatMap((o) => o.status === "rejected" ? [o.reason] : []);
  assert.equal(mostRunning, atOnce);
  assert.equal(refused.length, 100);
  assert.ok(refused.every((error) => error instanceof Unavailable && error.retry_after_s === 1));
  passwords.assertRoom();
  assert.equal(await passwords.hash("11111111"), "hash", "the lane is free again");
});

Deno.test("PasswordHasher lets fewer wait amid urgent work, as each waits longer", async () => {
  const urgent = new UrgentWork();
  const begun = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<string>();
  const passwords = new PasswordHasher({
    urgent,
    open: hashingBy(() => {
      begun.resolve();
      return gate.promise;
    }),
  });
  urgent.begin();
  const hashing = [passwords.hash("11111111")];
  await begun.promise;
  const room = HASHING_THREADS * 25;
  while (hashing.length < room) hashing.push(passwords.hash("11111111"));
  assert.throws(() => passwords.assertRoom(), Unavailable);
  await assert.rejects(passwords.hash("11111111"), Unavailable);
  urgent.end();
  gate.resolve("hash");
  assert.equal((await Promise.all(hashing)).length, room);
  passwords.assertRoom();
});

Deno.test("PasswordHasher takes a twentieth of each thread's time amid urgent work, and all of it else", async () => {
  const world = { ms: 0, hashed_ms: 0 };
  const urgent = new UrgentWork();
  const passwords = new PasswordHasher({
    urgent,
    open: hashingBy(() => {
      world.ms += 15;
      world.hashed_ms += 15;
      return Promise.resolve("hash");
    }),
    time: {
      now_ms: () => world.ms,
      pause(ms) {
        world.ms += ms;
        return Promise.resolve();
      },
    },
  });
  async function share(hashes: number): Promise<number> {
    Object.assign(world, { ms: 0, hashed_ms: 0 });
    for (let i = 0; i < hashes; i++) await passwords.hash("11111111");
    return world.hashed_ms / world.ms;
  }

  assert.equal(await share(100), 1);
  urgent.begin();
  const amidWork = await share(1_000);
  assert.ok(Math.abs(amidWork / (0.05 * HASHING_THREADS) - 1) < 0.01, `it took ${amidWork}`);
  urgent.end();
  await passwords.hash("11111111");
  assert.equal(await share(100), 1);
});

/** Opens an implementation that hashes so. */
function hashingBy(hash: () => Promise<string>): () => Promise<Argon2> {
  return () => Promise.resolve({ ...agreeing([]), hash });
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
