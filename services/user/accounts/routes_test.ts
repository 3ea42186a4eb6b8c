import assert from "node:assert/strict";
import { openArgon2 } from "@evently/shared/auth";
import { createWorld } from "../testing/world.ts";

const REGISTER = "POST /api/v1/auth/register";
const LOGIN = "POST /api/v1/auth/login";
const VALID = { email: "Asha.Rao@Mail.Example", password: "11111111", name: "Asha Rao" };

Deno.test("register returns a session with working tokens, in the contract's field order", async () => {
  await using world = await createWorld();
  const { status, body } = await world.send(REGISTER, {
    body: { ...VALID, email: " a@b.example " },
  });
  assert.equal(status, 201);
  assert.deepEqual(Object.keys(body), [
    "user_id",
    "email",
    "name",
    "access_token",
    "refresh_token",
  ]);
  assert.equal(body.email, "a@b.example");
  assert.equal(await world.context.tokens.verifyUser(body.access_token), body.user_id);
  const refreshed = await world.send("POST /api/v1/auth/refresh", {
    body: { refresh_token: body.refresh_token },
  });
  assert.equal(refreshed.status, 200);
});

Deno.test("register treats e-mails that differ in case as one account and keeps the spelling", async () => {
  await using world = await createWorld();
  const first = await world.send(REGISTER, { body: VALID });
  const second = await world.send(REGISTER, {
    body: { ...VALID, email: "asha.rao@mail.example" },
  });
  assert.equal(first.body.email, VALID.email);
  assert.deepEqual([second.status, second.body.error, second.body.code], [
    409,
    "User with this email already exists",
    "EMAIL_TAKEN",
  ]);
  const { status, body } = await world.send(LOGIN, {
    body: { email: "ASHA.RAO@MAIL.EXAMPLE", password: VALID.password },
  });
  assert.equal(status, 200);
  assert.equal(body.user_id, first.body.user_id);
});

Deno.test("register treats both forms of an international domain as one account", async () => {
  await using world = await createWorld();
  for (const email of ["r&d@example.com", "a@example.xn--p1ai", "用户@例え.テスト"]) {
    const { status, body } = await world.send(REGISTER, { body: { ...VALID, email } });
    assert.deepEqual([status, body.email], [201, email]);
  }
  const first = await world.send(REGISTER, { body: { ...VALID, email: "Info@münchen.de" } });
  assert.equal(first.body.email, "Info@münchen.de");
  const second = { ...VALID, email: "info@xn--mnchen-3ya.de" };
  assert.equal((await world.send(REGISTER, { body: second })).status, 409);
  const { body } = await world.send(LOGIN, { body: second });
  assert.equal(body.user_id, first.body.user_id);
});

Deno.test("an account without a key is found in any case and keeps its address", async () => {
  await using world = await createWorld();
  const { body: { user_id, email } } = await world.send(REGISTER, { body: VALID });
  await world.sql`UPDATE users SET email_key = NULL`;
  const again = { ...VALID, email: email.toLowerCase() };
  assert.equal((await world.send(REGISTER, { body: again })).status, 409);
  assert.equal((await world.send(LOGIN, { body: again })).body.user_id, user_id);
});

Deno.test("of concurrent registrations of one e-mail exactly one succeeds", async () => {
  await using world = await createWorld();
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => world.send(REGISTER, { body: VALID })),
  );
  assert.deepEqual(
    answers.map(({ status }) => status).sort(),
    [201, 409, 409, 409, 409, 409, 409, 409],
  );
});

const REQUIRED = "Email, password, and name are required";
const LENGTH = "password must have 8 to 128 characters";
const SURROGATE = "password must not contain half a surrogate pair";
const REFUSED: [string, unknown, string][] = [
  ["nothing", {}, REQUIRED],
  ["no e-mail", { ...VALID, email: undefined }, REQUIRED],
  ["an empty e-mail", { ...VALID, email: " " }, REQUIRED],
  ["no password", { ...VALID, password: null }, REQUIRED],
  ["an empty password", { ...VALID, password: "" }, REQUIRED],
  ["an empty name beside a malformed e-mail", { ...VALID, email: "x", name: "" }, REQUIRED],
  ["a malformed e-mail", { ...VALID, email: "asha at mail" }, "Invalid email format"],
  [
    "a NUL in the e-mail",
    { ...VALID, email: "a\u0000@b.example" },
    "email must not contain NUL characters",
  ],
  [
    "a long e-mail",
    { ...VALID, email: `${"a".repeat(250)}@b.example` },
    "email must have at most 254 characters",
  ],
  ["a short password", { ...VALID, password: "1234567" }, LENGTH],
  ["a long password", { ...VALID, password: "1".repeat(129) }, LENGTH],
  ["a password of half an emoji", { ...VALID, password: "1234567\ud83d" }, SURROGATE],
  ["a number for a password", { ...VALID, password: 11111111 }, "password must be a string"],
  ["a list for a name", { ...VALID, name: ["Asha"] }, "name must be a string"],
  ["a NUL in the name", { ...VALID, name: "A\u0000" }, "name must not contain NUL characters"],
  ["a long name", { ...VALID, name: "A".repeat(201) }, "name must have at most 200 characters"],
  [
    "a long phone number",
    { ...VALID, phone_number: "1".repeat(33) },
    "phone_number must have at most 32 characters",
  ],
  ["no JSON", "{", "Invalid JSON in request body"],
];

Deno.test("register refuses invalid fields with their texts and writes nothing", async (t) => {
  await using world = await createWorld();
  for (const [what, body, error] of REFUSED) {
    await t.step(what, async () => {
      const answer = await world.send(REGISTER, { body });
      assert.deepEqual([answer.status, answer.body.error], [400, error]);
    });
  }
  assert.equal((await world.sql`SELECT FROM users`).length, 0);
});

const PASSWORDS = {
  "spaces alone": " ".repeat(8),
  "spaces around it": " padded ",
  "the shortest of wide characters": "🐎".repeat(8),
  "the longest of wide characters": "🐎".repeat(128),
  "NUL characters": "nul\u0000nul\u0000",
};

Deno.test("a password may hold anything, and every character of it counts", async (t) => {
  await using world = await createWorld();
  for (const [what, password] of Object.entries(PASSWORDS)) {
    await t.step(what, async () => {
      const email = `${crypto.randomUUID()}@mail.example`;
      const registered = await world.send(REGISTER, { body: { ...VALID, email, password } });
      assert.equal(registered.status, 201);
      assert.equal((await world.send(LOGIN, { body: { email, password } })).status, 200);
      const withoutFirst = [...password].slice(1).join("");
      for (const other of [`${password} `, ` ${password}`, withoutFirst]) {
        const refused = await world.send(LOGIN, { body: { email, password: other } });
        assert.equal(refused.status, 401);
      }
    });
  }
});

/** One text as different keyboards type it. */
const COMPOSED = "Amélie\u00c5 pass";
const DECOMPOSED = "Ame\u0301lieA\u030a\u00a0pass";

Deno.test("log-in ignores how a password's letters are composed and its spaces typed", async () => {
  await using world = await createWorld();
  for (const [registered, typed] of [[COMPOSED, DECOMPOSED], [DECOMPOSED, COMPOSED]]) {
    const email = `${crypto.randomUUID()}@mail.example`;
    await world.send(REGISTER, { body: { ...VALID, email, password: registered } });
    const { status } = await world.send(LOGIN, { body: { email, password: typed } });
    assert.equal(status, 200);
  }
  const short = { ...VALID, email: "short@mail.example", password: "e\u0301".repeat(7) };
  assert.equal((await world.send(REGISTER, { body: short })).body.error, LENGTH);
});

Deno.test("an old hash of what was typed lets its user in, and is replaced", async () => {
  await using world = await createWorld();
  const { email } = await world.register();
  const passwordHash = await hashAsTyped(DECOMPOSED);
  await world.sql`UPDATE users SET password_hash = ${passwordHash} WHERE email = ${email}`;
  const logIn = async (password: string) =>
    (await world.send(LOGIN, { body: { email, password } })).status;

  assert.equal(await logIn(COMPOSED), 401);
  assert.equal(await logIn(DECOMPOSED), 200);
  assert.equal(await logIn(COMPOSED), 200);
  assert.equal(await logIn(DECOMPOSED), 200);
  const hashes = await world.sql`SELECT FROM users WHERE password_hash = ${passwordHash}`;
  assert.equal(hashes.length, 0);
});

Deno.test("log-in treats a huge password as wrong and refuses a lone surrogate", async () => {
  await using world = await createWorld();
  const { email } = await world.register();
  for (const password of ["x".repeat(1_000_000), "x".repeat(129), "\u0301".repeat(600)]) {
    const { status, body } = await world.send(LOGIN, { body: { email, password } });
    assert.deepEqual([status, body.error], [401, "Incorrect email or password"]);
  }
  const { status, body } = await world.send(LOGIN, { body: { email, password: "\ude00" } });
  assert.deepEqual([status, body.error], [400, SURROGATE]);
});

Deno.test("a wrong password and an unknown e-mail are answered alike", async () => {
  await using world = await createWorld();
  const user = await world.register();
  const wrong = await world.send(LOGIN, { body: { email: user.email, password: "11111112" } });
  const unknown = await world.send(LOGIN, {
    body: { email: "nobody@mail.example", password: user.password },
  });
  for (const { status, body } of [wrong, unknown]) {
    assert.deepEqual([status, body.error, body.code], [
      401,
      "Incorrect email or password",
      "BAD_CREDENTIALS",
    ]);
  }
});

Deno.test("a login without e-mail or password is refused", async () => {
  await using world = await createWorld();
  for (
    const body of [{}, { email: "a@b.example" }, { password: "11111111" }, {
      email: "",
      password: "",
    }]
  ) {
    const answer = await world.send(LOGIN, { body });
    assert.deepEqual([answer.status, answer.body.error], [400, "Email and password are required"]);
  }
});

Deno.test("a password is stored as argon2id only", async () => {
  await using world = await createWorld();
  const user = await world.register();
  const [row] = await world.sql<{ row: string }[]>`SELECT to_jsonb(users)::text AS row FROM users`;
  assert.match(row!.row, /\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.ok(!row!.row.includes(user.password));
});

/** As hashes were made when a password had no one form. */
async function hashAsTyped(password: string): Promise<string> {
  return await (await openArgon2()).hash(new TextEncoder().encode(password));
}
