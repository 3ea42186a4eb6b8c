import assert from "node:assert/strict";
import { createTestDatabase } from "@evently/shared/testing";
import { ManualClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { exactlyOne, type Pool, type Sql, transaction, type Tx } from "../postgres/mod.ts";
import { RefreshTokens } from "./refresh_store.ts";
import { newRefreshToken } from "./refresh_tokens.ts";

const TTL_MS = 60_000;
const REUSE_GRACE_MS = 10_000;
const SUCCESSION_SECRET = "0123456789abcdef0123456789abcdef";

Deno.test("rotate() gives a new token for the same subject, and each works once", async () => {
  await using world = await createWorld();
  const { refreshTokens, subjectId } = world;

  const first = await refreshTokens.issue(subjectId);
  const second = await refreshTokens.rotate(first);
  const third = await refreshTokens.rotate(second!.token);

  assert.equal(second?.subjectId, subjectId);
  assert.equal(third?.subjectId, subjectId);
  assert.equal(new Set([first, second?.token, third?.token]).size, 3);
});

Deno.test("rotate() answers undefined for a token that never was", async () => {
  await using world = await createWorld();
  assert.equal(await world.refreshTokens.rotate("never-was\u0000"), undefined);
});

Deno.test("a token cannot be rotated from the moment it expires", async () => {
  await using world = await createWorld();
  const [early, late] = await world.issue(2);
  world.clock.advance(TTL_MS - 1);
  assert.ok(await world.refreshTokens.rotate(early!));
  world.clock.advance(1);
  assert.equal(await world.refreshTokens.rotate(late!), undefined);
});

Deno.test("reuse of a rotated token after the grace revokes its family, and no other", async () => {
  await using world = await createWorld();
  const [stolen, other] = await world.issue(2);
  const thiefs = await world.refreshTokens.rotate(stolen!);
  world.clock.advance(REUSE_GRACE_MS);

  assert.equal(await world.refreshTokens.rotate(stolen!), undefined);

  assert.equal(await world.refreshTokens.rotate(thiefs!.token), undefined);
  assert.ok(await world.refreshTokens.rotate(other!));
});

Deno.test("reuse within the grace answers the same successor, which still detects theft", async () => {
  await using world = await createWorld();
  const [first] = await world.issue(1);
  const second = await world.refreshTokens.rotate(first!);
  world.clock.advance(REUSE_GRACE_MS - 1);
  assert.deepEqual(await world.refreshTokens.rotate(first!), second);

  const third = await world.refreshTokens.rotate(second!.token);
  world.clock.advance(REUSE_GRACE_MS);
  assert.equal(await world.refreshTokens.rotate(second!.token), undefined);
  assert.equal(await world.refreshTokens.rotate(third!.token), undefined);
});

Deno.test("reuse within the grace answers the latest successor of several", async () => {
  await using world = await createWorld();
  const [first] = await world.issue(1);
  const second = await world.refreshTokens.rotate(first!);
  const third = await world.refreshTokens.rotate(second!.token);
  assert.deepEqual(await world.refreshTokens.rotate(first!), third);
  world.clock.advance(REUSE_GRACE_MS + 1);
  assert.ok(await world.refreshTokens.rotate(third!.token));
});

Deno.test("reuse within the grace is refused, without revoking, where no successor can be told", async () => {
  await using world = await createWorld();
  const [first] = await world.issue(1);
  const second = await world.refreshTokens.rotate(first!);
  const withNewSecret = world.refreshTokensOn(world.sql, "another secret, as it was replaced");
  assert.equal(await withNewSecret.rotate(first!), undefined);
  assert.ok(await withNewSecret.rotate(second!.token));
});

Deno.test("processes with the old and the new secret follow each other's rotations", async () => {
  await using world = await createWorld();
  const next = "the next secret of the platform";
  const before = world.refreshTokensOn(world.sql, SUCCESSION_SECRET, next);
  const after = world.refreshTokensOn(world.sql, next, SUCCESSION_SECRET);
  const [first] = await world.issue(1);
  const second = await after.rotate(first!);
  const third = await before.rotate(second!.token);
  for (const process of [before, after]) {
    assert.deepEqual(await process.rotate(first!), third, "two tabs and two processes");
    assert.deepEqual(await process.rotate(second!.token), third);
  }
  const fourth = await after.rotate(third!.token);
  world.clock.advance(REUSE_GRACE_MS + 1);
  assert.equal(await before.rotate(third!.token), undefined, "theft is found");
  assert.equal(await after.rotate(fourth!.token), undefined);
});

Deno.test("concurrent rotations of one token all get a token that works, and theft is still found", async () => {
  await using world = await createWorld();
  const { refreshTokens } = world;
  for (let round = 0; round < 30; round++) {
    const [token] = await world.issue(1);
    const rotations = await Promise.all(
      Array.from({ length: 8 }, () => refreshTokens.rotate(token!)),
    );
    const next = await Promise.all(
      rotations.map((rotation) => refreshTokens.rotate(rotation!.token)),
    );
    assert.ok(next.every((rotation) => rotation?.subjectId === world.subjectId));
    const last = await refreshTokens.rotate(next[0]!.token);
    assert.ok(last);
    world.clock.advance(REUSE_GRACE_MS);
    assert.equal(await refreshTokens.rotate(token!), undefined);
    assert.equal(await refreshTokens.rotate(last.token), undefined);
  }
});

Deno.test("a family that was revoked is over for a reuse within the grace, too", async () => {
  await using world = await createWorld();
  const [first] = await world.issue(1);
  const second = await world.refreshTokens.rotate(first!);
  await world.refreshTokens.revoke(second!.token);
  assert.equal(await world.refreshTokens.rotate(first!), undefined);
});

Deno.test("revokeAll() ends every family of the subject, and no other's", async () => {
  await using world = await createWorld();
  const tokens = await world.issue(3);
  const rotated = await world.refreshTokens.rotate(tokens[0]!);
  const others = await world.refreshTokens.issue(await world.addSubject());

  await world.refreshTokens.revokeAll(world.subjectId);

  for (const token of [rotated!.token, ...tokens.slice(1)]) {
    assert.equal(await world.refreshTokens.rotate(token), undefined);
  }
  assert.ok(await world.refreshTokens.rotate(others));
});

Deno.test("a rotation that ends while all families are being revoked gains nothing", async () => {
  await using world = await createWorld();
  const [token] = await world.issue(1);
  let revoking: Promise<void> | undefined;
  const rotation = await transaction(world.sql, async (tx) => {
    const rotation = await world.refreshTokensOn(tx).rotate(token!);
    revoking = world.refreshTokens.revokeAll(world.subjectId);
    await someoneWaitsFor(tx);
    return rotation;
  });
  await revoking;
  assert.equal(await world.refreshTokens.rotate(rotation!.token), undefined);
});

Deno.test("a rotation that ends while its family is being revoked gains nothing", async () => {
  await using world = await createWorld();
  const [token] = await world.issue(1);
  let revoking: Promise<boolean> | undefined;

  const rotation = await transaction(world.sql, async (tx) => {
    const rotation = await world.refreshTokensOn(tx).rotate(token!);
    revoking = world.refreshTokens.revoke(token!);
    await someoneWaitsFor(tx);
    return rotation;
  });
  await revoking;

  assert.ok(rotation);
  assert.equal(await world.refreshTokens.rotate(rotation.token), undefined);
});

Deno.test("revoke() ends the family of any of its tokens, twice is once", async () => {
  await using world = await createWorld();
  const [first] = await world.issue(1);
  const second = await world.refreshTokens.rotate(first!);
  assert.equal(await world.refreshTokens.revoke(first!), true);
  assert.equal(await world.refreshTokens.revoke(first!), true);
  assert.equal(await world.refreshTokens.rotate(second!.token), undefined);
});

Deno.test("revoke() tells a token that is unknown, expired or no token at all", async () => {
  await using world = await createWorld();
  const [token] = await world.issue(1);
  const { refreshTokens, clock } = world;
  assert.equal(await refreshTokens.revoke(newRefreshToken()), false);
  assert.equal(await refreshTokens.revoke("never-was"), false);
  clock.advance(TTL_MS);
  assert.equal(await refreshTokens.revoke(token!), false);
});

Deno.test("tokens are stored as digests only", async () => {
  await using world = await createWorld();
  const [token] = await world.issue(1);
  const stored = await exactlyOne(
    world.sql<{ row: string }[]>`SELECT to_jsonb(refresh_tokens)::text AS row FROM refresh_tokens`,
    ({ row }) => row,
  );
  assert.ok(!stored.includes(token!));
});

Deno.test("purge() deletes what expired a lifetime ago, and keeps the rest", async () => {
  await using world = await createWorld();
  await world.issue(2);
  world.clock.advance(TTL_MS);
  await world.issue(1);
  world.clock.advance(TTL_MS);
  assert.equal(await world.refreshTokens.purge(), false);
  assert.equal(await countTokens(world.sql), 3);
  world.clock.advance(1);
  await world.refreshTokens.purge();
  assert.equal(await countTokens(world.sql), 1);
});

Deno.test("purge() deletes a bounded batch and says that there is more", async () => {
  await using world = await createWorld();
  const then = world.clock.now();
  await world.sql`
    INSERT INTO refresh_tokens (token_hash, family_id, subject_id, issued_at, expires_at)
    SELECT 'token ' || i, gen_random_uuid(), ${world.subjectId}, ${then}, ${new Date(
    then.getTime() + 1,
  )}
      FROM generate_series(1, 1001) AS i`;
  world.clock.advance(2 * TTL_MS);
  assert.equal(await world.refreshTokens.purge(), true);
  assert.equal(await countTokens(world.sql), 1);
  assert.equal(await world.refreshTokens.purge(), false);
  assert.equal(await countTokens(world.sql), 0);
});

async function createWorld() {
  const database = await createTestDatabase("users_db");
  const { sql } = database;
  const clock = new ManualClock();
  const refreshTokensOn = (sql: Sql, ...secrets: string[]) =>
    new RefreshTokens({
      sql: sql as Pool,
      clock,
      ttlMs: TTL_MS,
      reuseGraceMs: REUSE_GRACE_MS,
      secrets: secrets.length === 0 ? [SUCCESSION_SECRET] : [secrets[0]!, ...secrets.slice(1)],
    });
  const refreshTokens = refreshTokensOn(sql);
  async function addSubject(): Promise<string> {
    const userId = newId();
    await sql`
      INSERT INTO users (user_id, email, password_hash, name, created_at, updated_at)
      VALUES (${userId}, ${`${userId}@b.example`}, '-', 'A', ${clock.now()}, ${clock.now()})`;
    return userId;
  }
  const subjectId = await addSubject();
  return {
    sql,
    clock,
    refreshTokens,
    refreshTokensOn,
    addSubject,
    subjectId,
    issue: (count: number) =>
      Promise.all(Array.from({ length: count }, () => refreshTokens.issue(subjectId))),
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

function countTokens(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ count: number }[]>`SELECT count(*) FROM refresh_tokens`,
    ({ count }) => count,
  );
}

const MAX_LOOKS = 10_000;

/** Until another transaction waits for what this one has locked. */
async function someoneWaitsFor(tx: Tx): Promise<void> {
  for (let look = 0; look < MAX_LOOKS; look++) {
    const waiting = await tx`
      SELECT FROM pg_locks WHERE transactionid = pg_current_xact_id()::xid AND NOT granted`;
    if (waiting.length > 0) return;
  }
  throw new Error(`nobody waits for the transaction after ${MAX_LOOKS} looks`);
}
