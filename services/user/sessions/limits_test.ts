import assert from "node:assert/strict";
import { createWorld, type World } from "../testing/world.ts";

const LOGIN = "POST /api/v1/auth/login";
const REGISTER = "POST /api/v1/auth/register";
const MINUTE_MS = 60_000;

/** Addresses that no other run counts in the same Redis, each in a /64 of its own. */
const prefix = crypto.randomUUID().slice(0, 4);
const address = (i: number) => `2001:db8:${prefix}:${i}::1`;

Deno.test("log-in limits wrong passwords per e-mail and address until the minute ends", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 3, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  const { email, password } = await world.register();
  const guess = (i: number) => logIn(world, { email, password: `guess ${i}` }, address(1));

  const guesses = [await guess(1), await guess(2), await guess(3)];
  assert.deepEqual(guesses.map(({ status }) => status), [401, 401, 401]);
  const refused = await guess(4);
  assert.deepEqual([refused.status, refused.body.code], [429, "RATE_LIMITED"]);
  const retryAfterS = Number(refused.headers.get("Retry-After"));
  assert.ok(retryAfterS >= 1 && retryAfterS <= 60);
  assert.equal(refused.headers.get("RateLimit-Limit"), "3");
  assert.equal(refused.headers.get("RateLimit-Remaining"), "0");
  const inOtherCase = { email: email.toUpperCase(), password: "guess 5" };
  assert.equal((await logIn(world, inOtherCase, address(1))).status, 429);
  const elsewhere = await logIn(world, { email, password: "guess 5" }, address(2));
  assert.equal(elsewhere.status, 401, "another address has its own count");

  world.context.clock.advance(MINUTE_MS);
  assert.equal((await guess(6)).status, 401);
  assert.equal((await logIn(world, { email, password }, address(1))).status, 200);
});

Deno.test("log-in accepts the right password after any number of wrong ones", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 3, requestsPerAddress: 102, mailsPerHour: 0 },
  });
  const { email, password } = await world.register();
  const statuses = [];
  for (let i = 0; i < 100; i++) {
    statuses.push((await logIn(world, { email, password: `guess ${i}` }, address(11))).status);
  }
  assert.deepEqual(statuses, [401, 401, 401, ...Array(97).fill(429)]);
  assert.equal((await logIn(world, { email, password }, address(11))).status, 200);
  assert.equal((await logIn(world, { email, password }, address(11))).status, 200);
  assert.equal((await logIn(world, { email, password }, address(11))).status, 429, "the address's");
  assert.equal((await logIn(world, { email, password }, address(12))).status, 200);
});

Deno.test("log-in counts concurrent guesses like sequential ones", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  const { email } = await world.register();
  const answers = await Promise.all(
    Array.from(
      { length: 30 },
      (_, i) => logIn(world, { email, password: `guess ${i}` }, address(1)),
    ),
  );
  assert.equal(answers.filter(({ status }) => status === 401).length, 2);
});

Deno.test("addresses within one IPv6 /64 share their guesses", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 1, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  const { email } = await world.register();
  const from = (host: string) =>
    logIn(world, { email, password: `guess ${host}` }, `2001:db8:${prefix}:77::${host}`);
  assert.equal((await from("1")).status, 401);
  assert.equal((await from("2")).status, 429);
});

Deno.test("log-in does not limit repeated right passwords", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  const { email, password } = await world.register();
  for (let i = 0; i < 6; i++) {
    assert.equal((await logIn(world, { email, password }, address(1))).status, 200);
  }
});

Deno.test("an e-mail without an account is limited like one that has", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 1, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  const email = `${crypto.randomUUID()}@mail.example`;
  await logIn(world, { email, password: "guess 1" }, address(1));
  const { status } = await logIn(world, { email, password: "guess 2" }, address(1));
  assert.equal(status, 429);
});

Deno.test("log-ins and registrations of an address are counted separately", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 0, requestsPerAddress: 2, mailsPerHour: 0 },
  });
  const unknown = { email: `${crypto.randomUUID()}@mail.example`, password: "11111111" };
  const register = (from: string) =>
    world.send(REGISTER, {
      body: { ...unknown, email: `${crypto.randomUUID()}@mail.example`, name: "Asha" },
      from,
    });

  for (let i = 0; i < 2; i++) {
    assert.equal((await logIn(world, unknown, address(1))).status, 401);
    assert.equal((await register(address(1))).status, 201);
  }
  const refused = [await logIn(world, unknown, address(1)), await register(address(1))];
  for (const { status, headers } of refused) {
    assert.equal(status, 429);
    assert.ok(headers.has("Retry-After"));
  }
  assert.equal((await logIn(world, unknown, address(2))).status, 401);
  assert.equal((await register(address(2))).status, 201);
});

Deno.test("guesses are limited while Redis is gone, too", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 },
  });
  world.context.redis.attempt = () => Promise.resolve(undefined);
  const { email } = await world.register();
  const statuses = [];
  for (let i = 0; i < 3; i++) {
    const { status } = await logIn(world, { email, password: `guess ${i}` }, address(1));
    statuses.push(status);
  }
  assert.deepEqual(statuses, [401, 401, 429]);
});

function logIn(world: World, body: { email: string; password: string }, from: string) {
  return world.send(LOGIN, { body, from });
}
