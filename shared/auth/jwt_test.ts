import assert from "node:assert/strict";
import { SignJWT, UnsecuredJWT } from "jose";
import { ManualClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { AccessTokens, type AdminIdentity } from "./jwt.ts";

const SECRET = "a-secret-of-at-least-32-bytes-0123";
const KEY = new TextEncoder().encode(SECRET);
const TTL_MS = 15 * 60_000;
const USER = newId();
const ADMIN: AdminIdentity = { adminId: newId(), role: "analyst", permissions: "{}" };
/** The claims of {@link ADMIN} on the wire. */
const ADMIN_CLAIMS = { admin_id: ADMIN.adminId, role: "analyst", permissions: "{}" };

Deno.test("a token speaks for whom it was issued", async () => {
  const { tokens } = create();
  assert.equal(await tokens.verifyUser(await tokens.issueForUser(USER)), USER);
  assert.deepEqual(await tokens.verifyAdmin(await tokens.issueForAdmin(ADMIN)), ADMIN);
});

Deno.test("a token has the claims of the contract, and no others", async () => {
  const { tokens, nowS } = create();
  const times = { iat: nowS, exp: nowS + TTL_MS / 1000 };
  assert.deepEqual(claimsOf(await tokens.issueForUser(USER)), {
    iss: "evently",
    sub: USER,
    aud: "user",
    ...times,
  });
  assert.deepEqual(claimsOf(await tokens.issueForAdmin(ADMIN)), {
    ...ADMIN_CLAIMS,
    iss: "evently",
    sub: ADMIN.adminId,
    aud: "admin",
    ...times,
  });
});

Deno.test("a user's token is no admin's, nor the other way round, also when it was seen before", async () => {
  const { tokens } = create();
  const users = await tokens.issueForUser(USER);
  const admins = await tokens.issueForAdmin(ADMIN);
  for (let round = 0; round < 2; round++) {
    assert.equal(await tokens.verifyAdmin(users), undefined);
    assert.equal(await tokens.verifyUser(admins), undefined);
    assert.ok(await tokens.verifyUser(users));
    assert.ok(await tokens.verifyAdmin(admins));
  }
});

Deno.test("a token ends when its time is over, also when it was seen before", async () => {
  const { tokens, clock } = create();
  const seen = await tokens.issueForUser(USER);
  const unseen = await tokens.issueForUser(USER);
  clock.advance(TTL_MS - 1_000);
  assert.equal(await tokens.verifyUser(seen), USER);
  clock.advance(1_000);
  assert.equal(await tokens.verifyUser(seen), undefined);
  assert.equal(await tokens.verifyUser(unseen), undefined);
});

Deno.test("a forged token speaks for nobody", async (t) => {
  const { tokens, nowS } = create();
  const valid = { iss: "evently", sub: USER, aud: "user", iat: nowS, exp: nowS + 60 };
  const without = (claim: keyof typeof valid) => sign({ ...valid, [claim]: undefined });
  const genuine = await tokens.issueForUser(USER);
  const [header, , signature] = genuine.split(".");
  const otherPayload = btoa(JSON.stringify({ ...valid, sub: newId() })).replace(/=+$/, "");

  const forged: Record<string, string | Promise<string>> = {
    "signed with another secret": sign(valid, { key: new TextEncoder().encode(`${SECRET}x`) }),
    "signed with another algorithm": sign(valid, { alg: "HS512" }),
    "not signed": new UnsecuredJWT(valid).encode(),
    "without its signature": genuine.slice(0, genuine.lastIndexOf(".") + 1),
    "with another payload": `${header}.${otherPayload}.${signature}`,
    "of another issuer": sign({ ...valid, iss: "elsewhere" }),
    "for another audience": sign({ ...valid, aud: "service" }),
    "of nobody": without("sub"),
    "without an end": without("exp"),
    "without an issuer": without("iss"),
    "without an audience": without("aud"),
    "without a time of issue": without("iat"),
    "for a subject that is no id": sign({ ...valid, sub: "root" }),
    "too long": sign({ ...valid, padding: "x".repeat(5_000) }),
    "empty": "",
    "nonsense": "a.b.c",
  };
  for (const [what, token] of Object.entries(forged)) {
    await t.step(what, async () => {
      assert.equal(await tokens.verifyUser(await token), undefined);
    });
  }
  assert.equal(await tokens.verifyUser(await sign(valid)), USER, "the forger's tools work");
});

Deno.test("an admin's token that does not say whole who the admin is speaks for nobody", async (t) => {
  const { tokens, nowS } = create();
  const valid = {
    ...ADMIN_CLAIMS,
    iss: "evently",
    sub: ADMIN.adminId,
    aud: "admin",
    iat: nowS,
    exp: nowS + 60,
  };
  const forged = {
    "another subject": { ...valid, sub: USER },
    "an unknown role": { ...valid, role: "root" },
    "no role": { ...valid, role: undefined },
    "no permissions": { ...valid, permissions: undefined },
    "no admin_id": { ...valid, admin_id: undefined },
  };
  for (const [what, claims] of Object.entries(forged)) {
    await t.step(what, async () => {
      assert.equal(await tokens.verifyAdmin(await sign(claims)), undefined);
    });
  }
  assert.deepEqual(await tokens.verifyAdmin(await sign(valid)), ADMIN, "the forger's tools work");
});

Deno.test("a token outlives the change of its secret until that is accepted no more", async () => {
  const [before, next] = [SECRET, "the-next-secret-of-at-least-32-bytes"];
  const old = create(before).tokens;
  const expecting = create(before, next).tokens;
  const changed = create(next, before).tokens;
  const done = create(next).tokens;
  const [olds, news] = [await old.issueForUser(USER), await changed.issueForUser(USER)];
  const admins = await old.issueForAdmin(ADMIN);

  assert.equal(await expecting.verifyUser(news), USER, "before the change, by a slower process");
  assert.equal(await changed.verifyUser(olds), USER);
  assert.deepEqual(await changed.verifyAdmin(admins), ADMIN);
  assert.equal(await done.verifyUser(news), USER);
  assert.equal(await done.verifyUser(olds), undefined);
  assert.equal(await done.verifyAdmin(admins), undefined);
  assert.equal(await old.verifyUser(news), undefined);
});

Deno.test("kid names the key: one without it may be of any, an unknown or false one is of none", async () => {
  const next = "the-next-secret-of-at-least-32-bytes";
  const { tokens, nowS } = create(next, SECRET);
  const claims = { iss: "evently", sub: USER, aud: "user", iat: nowS, exp: nowS + 60 };
  const kidOf = (token: string) => JSON.parse(atob(token.split(".")[0]!)).kid;
  const kid = kidOf(await tokens.issueForUser(USER));
  assert.equal(kid, kidOf(await create(next).tokens.issueForUser(USER)), "in every process alike");
  assert.notEqual(kid, kidOf(await create().tokens.issueForUser(USER)));
  assert.ok(!next.includes(kid));

  assert.equal(await tokens.verifyUser(await sign(claims)), USER, "of a program without kid");
  for (const other of ["unknown", kid, "", 1]) {
    assert.equal(await tokens.verifyUser(await sign(claims, { kid: other })), undefined);
  }
});

Deno.test("a secret of fewer than 32 bytes is refused", () => {
  assert.throws(() => create("x".repeat(31)), RangeError);
  assert.throws(() => create(SECRET, "x".repeat(31)), RangeError);
  create("é".repeat(16));
});

function create(secret = SECRET, ...others: string[]) {
  const clock = new ManualClock(new Date("2026-11-01T12:00:00Z"));
  const nowS = clock.now().getTime() / 1000;
  return {
    clock,
    nowS,
    tokens: new AccessTokens({ secrets: [secret, ...others], ttlMs: TTL_MS, clock }),
  };
}

function sign(
  claims: Record<string, unknown>,
  { key = KEY, alg = "HS256", kid }: { key?: Uint8Array; alg?: string; kid?: unknown } = {},
): Promise<string> {
  const header = { alg, ...(kid === undefined ? {} : { kid: kid as string }) };
  return new SignJWT(claims).setProtectedHeader(header).sign(key);
}

function claimsOf(token: string): unknown {
  return JSON.parse(atob(token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/")));
}
