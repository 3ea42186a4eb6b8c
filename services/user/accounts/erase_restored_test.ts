/** Users whom a restored backup brings back. Processes that die meanwhile: `tests/journeys/erasure_crash_test.ts`. */
import assert from "node:assert/strict";
import { RefreshTokens } from "@evently/shared/auth";
import { createLogger } from "@evently/shared/log";
import type { OpenService } from "@evently/shared/services";
import { Hono } from "hono";
import { BadCredentials } from "../errors.ts";
import { logIn } from "../sessions/log_in.ts";
import { restoreUsers } from "../testing/restore_users.ts";
import { createWorld, type RegisteredUser, type World } from "../testing/world.ts";

const LOGIN = "POST /api/v1/auth/login";
const REFRESH = "POST /api/v1/auth/refresh";
const PROFILE = "GET /api/v1/users/profile";
const ACCESS_TTL_MS = 15 * 60_000;
/** What of an account a backup has, in the order in which it can be put back. */
const TABLES = ["users", "refresh_tokens", "account_links", "outbox"];

/** A booking service that has nothing open; returns who was to be forgotten. */
function provideBooking({ context }: World): string[] {
  const forgotten: string[] = [];
  const app = new Hono();
  app.get("/internal/users/:id/person", (c) => c.json({ open_tickets: 0, waitlists: [] }));
  app.post("/internal/users/:id/forget", (c) => {
    forgotten.push(c.req.param("id"));
    return c.json({ ended: 0, remaining: 0 });
  });
  context.provide("booking", app);
  return forgotten;
}

/** Keeps all rows as they are now; the function that is returned puts back those that are missing. */
async function backUp({ sql }: World): Promise<() => Promise<void>> {
  const copies = await Promise.all(TABLES.map(async (name) => {
    const [row] = await sql`SELECT coalesce(jsonb_agg(t), '[]')::text AS rows FROM ${sql(name)} t`;
    return [name, row!.rows] as const;
  }));
  return async () => {
    for (const [name, rows] of copies) {
      await sql`
        INSERT INTO ${sql(name)}
        SELECT * FROM jsonb_populate_recordset(NULL::${sql(name)}, ${rows}::text::jsonb)
        ON CONFLICT DO NOTHING`;
    }
  };
}

function erasePass({ workers }: OpenService): Promise<void> {
  return workers.find(({ name }) => name === "erase restored users")!.runNow();
}

async function sendLogin(world: World, { email, password }: RegisteredUser) {
  return await world.send(LOGIN, { body: { email, password } });
}

async function userIds({ sql }: World): Promise<string[]> {
  return (await sql`SELECT user_id FROM users`).map(({ user_id }) => user_id);
}

Deno.test("a deleted account that a backup brings back is deleted again, and nobody else's", async () => {
  await using world = await createWorld();
  const forgotten = provideBooking(world);
  const other = await world.anotherProcess();
  const [asha, ben] = [await world.register(), await world.register()];
  await world.send("POST /api/v1/auth/forgot-password", { body: { email: asha.email } });
  const restore = await backUp(world);
  const erasedAt = world.context.clock.now();
  const { password, access_token: bearer } = asha;
  const closed = await world.send("DELETE /api/v1/users/account", { bearer, body: { password } });
  assert.equal(closed.status, 200);
  await world.deliverMails();
  world.context.clock.advance(ACCESS_TTL_MS);
  await world.deliverMails();
  forgotten.length = 0;

  await restore();
  assert.equal((await sendLogin(world, asha)).status, 200, "the backup has brought them back");
  await Promise.all([erasePass(world.service), erasePass(other)]);
  assert.deepEqual(await userIds(world), [ben.user_id]);
  assert.equal((await sendLogin(world, asha)).status, 401);
  const refreshed = await world.send(REFRESH, { body: { refresh_token: asha.refresh_token } });
  assert.equal(refreshed.status, 401);
  assert.deepEqual(
    (await world.deliverMails()).filter(({ to }) => to === asha.email),
    [],
    "they were told when they deleted it",
  );
  world.context.clock.advance(ACCESS_TTL_MS);
  await world.deliverMails();
  assert.deepEqual(forgotten, [asha.user_id, asha.user_id], "at once, and after the last token");
  const kept = await world.sql`SELECT account_id, erased_at FROM erased_accounts`;
  assert.deepEqual([...kept].map((row) => ({ ...row })), [
    { account_id: asha.user_id, erased_at: erasedAt },
  ]);

  await erasePass(world.service);
  const { status, body } = await sendLogin(world, ben);
  assert.equal(status, 200);
  assert.equal((await world.send(PROFILE, { bearer: body.access_token })).status, 200);
});

Deno.test("more accounts than a pass takes are all deleted again, each once", async () => {
  await using world = await createWorld();
  const other = await world.anotherProcess();
  const ben = await world.register();
  const total = 230;
  await restoreUsers(world.sql, total);
  await Promise.all([erasePass(world.service), erasePass(other)]);
  assert.deepEqual(await userIds(world), [ben.user_id]);
  const [messages] = await world.sql`
    SELECT count(*)::integer AS total FROM outbox WHERE topic = 'account.forget'`;
  assert.equal(messages!.total, 2 * total);
});

Deno.test("accounts whose deletion fails hold up no others, and are deleted by a later pass", async () => {
  const lines: string[] = [];
  const log = createLogger({ level: "warn", write: (line) => lines.push(line) });
  await using world = await createWorld({ log });
  const { sql } = world;
  const ids = await restoreUsers(sql, 150);
  // More than a pass puts up with, and before all others.
  const failing = ids.slice(0, 15);
  await sql`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql
        AS $$ BEGIN RAISE EXCEPTION 'not now'; END $$`;
  await sql.unsafe(`
    CREATE TRIGGER refuse BEFORE DELETE ON users FOR EACH ROW
      WHEN (OLD.user_id <= '${failing.at(-1)}') EXECUTE FUNCTION refuse()`);
  const remaining = async () => (await userIds(world)).toSorted();

  await erasePass(world.service);
  assert.deepEqual(await remaining(), ids, "a pass gives up after ten failures");
  await erasePass(world.service);
  await erasePass(world.service);
  assert.deepEqual(await remaining(), failing, "and the next goes on behind them");
  const logged = lines.map((line) => JSON.parse(line))
    .filter(({ message }) => message === "accounts: not deleted again after a restore");
  assert.deepEqual(logged.map(({ account_id }) => account_id), failing);
  assert.match(logged[0].error.message, /not now/);

  await sql`DROP TRIGGER refuse ON users`;
  await erasePass(world.service);
  assert.deepEqual(await remaining(), []);
});

Deno.test("a log-in while a restored account is deleted again leaves no session", async () => {
  await using world = await createWorld();
  for (let round = 0; round < 8; round++) {
    const user = await world.register();
    await world.sql`INSERT INTO erased_accounts VALUES (${user.user_id}, now())`;
    const [loggedIn, refreshed] = await Promise.all([
      sendLogin(world, user),
      world.send(REFRESH, { body: { refresh_token: user.refresh_token } }),
      erasePass(world.service),
    ]);
    // 503: a deadlock, of which the refresh is the victim.
    assert.ok([200, 401].includes(loggedIn.status), `${loggedIn.status}`);
    assert.ok([200, 401, 503].includes(refreshed.status), `${refreshed.status}`);
    for (const { status, body } of [loggedIn, refreshed]) {
      if (status !== 200) continue;
      const { refresh_token, access_token: bearer } = body;
      assert.equal((await world.send(REFRESH, { body: { refresh_token } })).status, 401);
      assert.equal((await world.send(PROFILE, { bearer })).status, 401);
    }
    assert.equal((await sendLogin(world, user)).status, 401);
    assert.deepEqual(await userIds(world), []);
  }
});

Deno.test("a log-in whose account is deleted while its password is verified is refused", async () => {
  await using world = await createWorld();
  const user = await world.register();
  await world.sql`INSERT INTO erased_accounts VALUES (${user.user_id}, now())`;
  const { context, sql } = world;
  const deps = {
    sql,
    tokens: context.tokens,
    refreshTokens: new RefreshTokens({ sql, clock: context.clock, ...context.refreshTokenRules }),
    passwords: {
      assertRoom() {},
      hash: () => Promise.reject(new Error("must not be called")),
      async verify() {
        await erasePass(world.service);
        return "current" as const;
      },
    },
  };
  await assert.rejects(logIn(deps, user), BadCredentials);
});
