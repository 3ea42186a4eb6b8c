/** Links of mails: new passwords and verified addresses. Those of organisers: `services/event/accounts/recovery_test.ts`. */
import assert from "node:assert/strict";
import { AccountLinks, DEFAULT_LINK_RULES, USER_ACCOUNTS } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import { many, transaction } from "@evently/shared/postgres";
import type { Secrets } from "@evently/shared/secrets";
import { linkOf, roundsOr, times, tokenOf, waitForBlockedSession } from "@evently/shared/testing";
import { adminsToken, createWorld, type RegisteredUser, type World } from "../testing/world.ts";

const FORGOT = "POST /api/v1/auth/forgot-password";
const RESET = "POST /api/v1/auth/reset-password";
const VERIFY = "POST /api/v1/auth/verify-email";
const SEND = "POST /api/v1/auth/verify-email/send";
const LOGIN = "POST /api/v1/auth/login";
const REFRESH = "POST /api/v1/auth/refresh";
const PROFILE = "GET /api/v1/users/profile";
const HOUR_MS = 3_600_000;
const NEW_PASSWORD = "battery staple";
const BAD_LINK = [400, "BAD_ACCOUNT_LINK"];
const RACES = roundsOr(200);

Deno.test("POST /auth/forgot-password mails a link to a new password", async () => {
  await using world = await createWorld();
  const user = await registered(world);

  assert.equal(
    (await world.send(FORGOT, { body: { email: user.email.toUpperCase() } })).status,
    202,
  );
  const [mail] = await world.deliverMails();
  assert.equal(mail!.to, user.email);
  const url = linkOf(mail!);
  assert.ok(url.startsWith(`${world.context.publicUrl}/reset#token=`), url);

  assert.equal((await reset(world, tokenOf(mail!))).status, 200);
  assert.equal((await logIn(world, user, NEW_PASSWORD)).status, 200);
  assert.equal((await logIn(world, user, user.password)).status, 401);
});

Deno.test("POST /auth/forgot-password says how long its link works", async () => {
  const linkRules = { ...DEFAULT_LINK_RULES, resetTtlMs: 1.5 * HOUR_MS };
  await using world = await createWorld({ linkRules });
  const user = await registered(world);
  const { body } = await world.send(FORGOT, { body: { email: user.email } });
  assert.equal(body.link_expires_in, 5_400);
  const inTime = tokenOf((await world.deliverMails())[0]!);
  world.context.clock.advance(5_399_999);
  assert.equal((await reset(world, inTime)).status, 200);
  const tooLate = await resetToken(world, user);
  world.context.clock.advance(5_400_000);
  assertBad(await reset(world, tooLate));
});

Deno.test("a purge takes links that have expired, used or not, and no other", async () => {
  await using world = await createWorld();
  const { clock } = world.context;
  const user = await registered(world);
  const used = await resetToken(world, user);
  assert.equal((await reset(world, used)).status, 200);
  const other = await registered(world);
  const kept = await resetToken(world, other);
  const purge = () => linksOf(world).purge({ before: clock.now(), limit: 10 });
  assert.equal(await purge(), 0);
  clock.advance(DEFAULT_LINK_RULES.resetTtlMs);
  const inTime = await resetToken(world, other);
  clock.advance(1);
  assert.equal(await purge(), 1, "the link that was used");
  assertBad(await reset(world, used));
  assertBad(await reset(world, kept));
  assert.equal((await reset(world, inTime)).status, 200);
});

Deno.test("POST /auth/forgot-password answers alike for unknown addresses, and mails nobody", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const [known, unknown] = [
    await world.send(FORGOT, { body: { email: user.email } }),
    await world.send(FORGOT, { body: { email: "nobody@mail.example" } }),
  ];
  assert.deepEqual([unknown.status, unknown.body], [known.status, known.body]);
  assert.deepEqual((await world.deliverMails()).map(({ to }) => to), [user.email]);
});

Deno.test("POST /auth/forgot-password refuses what is no address, and too many mails", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 2 },
  });
  for (const email of [undefined, "", "nobody", 5, "a@b.example\r\nBcc: c@d.example"]) {
    assert.equal((await world.send(FORGOT, { body: { email } })).status, 400, String(email));
  }
  // Limits of an address are kept in Redis for an hour, also from one run of the tests to the next.
  const someone = crypto.randomUUID();
  const ask = () => world.send(FORGOT, { body: { email: `nobody.${someone}@mail.example` } });
  assert.deepEqual((await Promise.all(times(2, ask))).map(({ status }) => status), [202, 202]);
  const refused = await ask();
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get("Retry-After")) > 0);
  assert.equal(
    (await world.send(FORGOT, { body: { email: `other.${someone}@mail.example` } })).status,
    202,
  );
});

Deno.test("POST /auth/reset-password ends the sessions of every device", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const other = await logIn(world, user, user.password);

  await reset(world, await resetToken(world, user));

  for (const refreshToken of [user.refresh_token, other.body.refresh_token]) {
    assert.equal(
      (await world.send(REFRESH, { body: { refresh_token: refreshToken } })).status,
      401,
    );
  }
});

Deno.test("a mail that is sent again carries the same link, also after the secret was replaced", async () => {
  await using world = await createWorld();
  const { user_id: accountId } = await registered(world);
  const request = {
    accountId,
    purpose: "reset",
    messageId: crypto.randomUUID(),
    requestedAt: world.context.clock.now(),
  } as const;
  const [before, next] = ["the secret before", "the next secret"] as const;
  const first = await linksOf(world, [before]).open(request);
  const again = await linksOf(world, [next, before]).open(request);
  assert.deepEqual(again, first);
  assert.equal(await linksOf(world, [next]).open(request), undefined);
  assert.equal((await reset(world, first!.token)).status, 200);
  assert.equal(await linksOf(world, [next, before]).open(request), undefined, "it was used");
});

Deno.test("POST /auth/reset-password takes a link once", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const token = await resetToken(world, user);
  assert.equal((await reset(world, token)).status, 200);
  assertBad(await reset(world, token, "another password"));
  assert.equal((await logIn(world, user, NEW_PASSWORD)).status, 200);
});

Deno.test("POST /auth/reset-password refuses expired, replaced, foreign and unknown links", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const first = await resetToken(world, user);
  world.context.clock.advance(1_000);
  const second = await resetToken(world, user);
  assertBad(await reset(world, first));
  assertBad(await reset(world, await verifyToken(world, user)));
  world.context.clock.advance(HOUR_MS);
  assertBad(await reset(world, second));
  assertBad(await reset(world, "unknown"));
});

Deno.test("POST /auth/reset-password needs a token and a password of the right length", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const token = await resetToken(world, user);
  for (const body of [{}, { token }, { password: NEW_PASSWORD }]) {
    const { status, body: { error } } = await world.send(RESET, { body });
    assert.deepEqual([status, error], [400, "token and password are required"]);
  }
  const short = await reset(world, token, "1234567");
  assert.deepEqual([short.status, short.body.error], [
    400,
    "password must have 8 to 128 characters",
  ]);
  assert.equal((await reset(world, token)).status, 200, "a refused password uses no link");
});

Deno.test("POST /auth/verify-email verifies the address, once; the welcome has the link", async () => {
  await using world = await createWorld();
  const user = await world.register();
  assert.equal((await profile(world, user)).email_verified, false);
  const [welcome] = await world.deliverMails();
  assert.equal(welcome!.to, user.email);
  const token = tokenOf(welcome!);

  assert.equal((await world.send(VERIFY, { body: { token } })).status, 200);
  assert.equal((await profile(world, user)).email_verified, true);
  assertBad(await world.send(VERIFY, { body: { token } }));
  const missing = await world.send(VERIFY, { body: {} });
  assert.deepEqual([missing.status, missing.body.error], [400, "token is required"]);
});

Deno.test("a link of the welcome can be used for two days", async () => {
  await using world = await createWorld();
  await world.register();
  const [welcome] = await world.deliverMails();
  world.context.clock.advance(48 * HOUR_MS);
  assertBad(await world.send(VERIFY, { body: { token: tokenOf(welcome!) } }));
});

Deno.test("a new password verifies the address: its mail was read", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  await reset(world, await resetToken(world, user));
  const { body } = await logIn(world, user, NEW_PASSWORD);
  assert.equal((await profile(world, body)).email_verified, true);
});

Deno.test("POST /auth/verify-email/send is for users whose address is not verified", async () => {
  await using world = await createWorld({
    limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 2 },
  });
  const user = await registered(world);
  assert.equal((await world.send(SEND)).status, 401);
  assert.equal((await world.send(SEND, { bearer: await adminsToken(world) })).status, 401);
  const token = await verifyToken(world, user);
  assert.equal((await world.send(VERIFY, { body: { token } })).status, 200);
  assert.equal((await world.send(SEND, { bearer: user.access_token })).status, 202);
  assert.deepEqual(await world.deliverMails(), [], "nothing is left to verify");
  assert.equal((await world.send(SEND, { bearer: user.access_token })).status, 429);
});

Deno.test("of two uses of a link at once, one sets its password", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const links = linksOf(world);
  for (let round = 0; round < RACES; round++) {
    const link = await links.open({
      accountId: user.user_id,
      purpose: "reset",
      messageId: newId(),
      requestedAt: world.context.clock.now(),
    });
    const won = await Promise.all(
      times(2, (n) => links.resetPassword(link!.token, `hash ${round} ${n}`)),
    );
    assert.equal(won.filter(Boolean).length, 1, `round ${round}`);
    const [stored] = await world.sql`
      SELECT password_hash FROM users WHERE user_id = ${user.user_id}`;
    assert.equal(stored!.password_hash, `hash ${round} ${won.indexOf(true)}`);
    world.context.clock.advance(1);
  }
});

Deno.test("a log-in with the old password that meets its change gets no session", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  let attempt: ReturnType<typeof logIn> | undefined;
  await transaction(world.sql, async (tx) => {
    await tx`
      UPDATE users SET password_hash = 'new', password_changed_at = ${world.context.clock.now()}
       WHERE user_id = ${user.user_id}`;
    attempt = logIn(world, user, user.password);
    await waitForBlockedSession(world.sql, { unless: attempt });
  });
  assert.equal((await attempt!).status, 401);
  const alive = await many(
    world.sql<{ token_hash: string }[]>`
      SELECT token_hash FROM refresh_tokens WHERE revoked_at IS NULL AND subject_id = ${user.user_id}`,
    (row) => row.token_hash,
  );
  assert.equal(alive.length, 1, "that of the registration alone");
});

Deno.test("a mail that is sent again has the same link, and none once it was used", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  await world.send(FORGOT, { body: { email: user.email } });
  const [first] = await world.deliverMails();
  const again = async () => {
    await world
      .sql`UPDATE outbox SET delivered_at = NULL, due_at = created_at WHERE topic = 'account.reset'`;
    return await world.deliverMails();
  };
  const [second] = await again();
  assert.deepEqual([linkOf(second!), second!.messageId], [linkOf(first!), first!.messageId]);
  assert.equal((await reset(world, tokenOf(second!))).status, 200);
  assert.deepEqual(await again(), []);
});

Deno.test("no table has the token of a link", async () => {
  await using world = await createWorld();
  const user = await registered(world);
  const token = await resetToken(world, user);
  const tables = await world.sql<{ name: string }[]>`
    SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()`;
  assert.ok(tables.length >= 4);
  for (const { name } of tables) {
    const rows = await world.sql`SELECT row_to_json(t)::text AS row FROM ${world.sql(name)} AS t`;
    for (const { row } of rows) assert.ok(!row.includes(token), `${name}: ${row}`);
  }
});

Deno.test("accounts have a language, one of those supported", async () => {
  await using world = await createWorld();
  const account = { email: "a@mail.example", password: NEW_PASSWORD, name: "Asha" };
  const refused = await world.send("POST /api/v1/auth/register", {
    body: { ...account, language: "tlh" },
  });
  assert.deepEqual([refused.status, refused.body.error], [400, "language must be one of en, hi"]);
  const { body } = await world.send("POST /api/v1/auth/register", {
    body: { ...account, language: "en" },
  });
  assert.equal((await profile(world, body)).language, "en");
});

/** A new user whose welcome has been read. */
async function registered(world: World): Promise<RegisteredUser> {
  const user = await world.register();
  await world.deliverMails();
  world.context.clock.advance(1_000);
  return user;
}

function linksOf(
  { sql, context: { clock } }: World,
  secrets: Secrets = ["secret of a test"],
): AccountLinks {
  return new AccountLinks({
    ...DEFAULT_LINK_RULES,
    sql,
    clock,
    accounts: USER_ACCOUNTS,
    secrets,
  });
}

async function resetToken(world: World, { email }: { email: string }): Promise<string> {
  await world.send(FORGOT, { body: { email } });
  const [mail] = await world.deliverMails();
  return tokenOf(mail!);
}

async function verifyToken(world: World, user: RegisteredUser): Promise<string> {
  await world.send(SEND, { bearer: user.access_token });
  const [mail] = await world.deliverMails();
  return tokenOf(mail!);
}

function reset(world: World, token: string, password = NEW_PASSWORD) {
  return world.send(RESET, { body: { token, password } });
}

function logIn(world: World, { email }: { email: string }, password: string) {
  return world.send(LOGIN, { body: { email, password } });
}

async function profile(world: World, { access_token: bearer }: { access_token: string }) {
  return (await world.send(PROFILE, { bearer })).body;
}

function assertBad({ status, body: { code } }: Awaited<ReturnType<World["send"]>>): void {
  assert.deepEqual([status, code], BAD_LINK);
}
