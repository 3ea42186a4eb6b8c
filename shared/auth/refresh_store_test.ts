import assert from "node:assert/strict";
import { createTestDatabase } from "@evently/shared/testing";
import { ManualClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { exactlyOne, type Pool, type Sql, transaction, type Tx } from "../postgres/mod.ts";
import { RefreshTokens } from "./refresh_store.ts";

const TTL_MS = 60_000;

Deno.test("rotate() gives a new token for the same subject, and each works once", async () => {
  await using world = await createWorld();
  const { refreshTokens, subject_id } = world;

  const first = await refreshTokens.issue(subject_id);
  const second = await refreshTokens.rotate(first);
  const third = await refreshTokens.rotate(second!.token);

  assert.equal(second?.subject_id, subject_id);
  assert.equal(third?.subject_id, subject_id);
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

Deno.test("whoever presents a rotated token ends its family, and no other", async () => {
  await using world = await createWorld();
  const [stolen, other] = await world.issue(2);
  const thiefs = await world.refreshTokens.rotate(stolen!);

  assert.equal(await world.refreshTokens.rotate(stolen!), undefined);

  assert.equal(await world.refreshTokens.rotate(thiefs!.token), undefined);
  assert.ok(await world.refreshTokens.rotate(other!));
});

Deno.test("of concurrent rotations of one token exactly one wins, and its family ends", async () => {
  await using world = await createWorld();
  for (let round = 0; round < 20; round++) {
    const [token] = await world.issue(1);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () => world.refreshTokens.rotate(token!)),
    );
    const winners = outcomes.filter((outcome) => outcome !== undefined);
    assert.equal(winners.length, 1);
    assert.equal(await world.refreshTokens.rotate(winners[0]!.token), undefined);
  }
});

Deno.test("a rotation that ends while its family is being revoked gains nothing", async () => {
  await using world = await createWorld();
  const [token] = await world.issue(1);
  let revoking: Promise<void> | undefined;

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
  await world.refreshTokens.revoke(first!);
  await world.refreshTokens.revoke(first!);
  await world.refreshTokens.revoke("never-was");
  assert.equal(await world.refreshTokens.rotate(second!.token), undefined);
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
    SELECT 'token ' || i, gen_random_uuid(), ${world.subject_id}, ${then}, ${new Date(
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
  const refreshTokensOn = (sql: Sql) =>
    new RefreshTokens({ sql: sql as Pool, clock, ttl_ms: TTL_MS });
  const refreshTokens = refreshTokensOn(sql);
  const subject_id = newId();
  await sql`
    INSERT INTO users (user_id, email, password_hash, name, created_at, updated_at)
    VALUES (${subject_id}, 'a@b.example', '-', 'A', ${clock.now()}, ${clock.now()})`;
  return {
    sql,
    clock,
    refreshTokens,
    refreshTokensOn,
    subject_id,
    issue: (count: number) =>
      Promise.all(Array.from({ length: count }, () => refreshTokens.issue(subject_id))),
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
