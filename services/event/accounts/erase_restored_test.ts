/** Organisers whom a restored backup brings back; what is deleted of them: `personal_test.ts`. */
import assert from "node:assert/strict";
import { RefreshTokens } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import { createLogger } from "@evently/shared/log";
import type { OpenService } from "@evently/shared/services";
import { createTeam, deliverMails } from "../testing/teams.ts";
import { type Actor, createEventWorld, type EventWorld, type Json } from "../testing/world.ts";
import { eraseRestoredAdmin } from "./erase_restored_admin.ts";
import { logInAdmin } from "./log_in_admin.ts";

const PASSWORD = "correct horse";

interface Registered extends Actor {
  email: string;
  refresh_token: string;
}

async function registered(world: EventWorld, name = "Asha"): Promise<Registered> {
  const email = `${newId()}@example.com`;
  const body = { email, password: PASSWORD, name };
  const { body: session } = await world.send("POST", "/auth/admin/register", { body });
  await deliverMails(world);
  const token: string = session.access_token;
  await world.send("GET", "/admin/organisations", { token });
  return { admin_id: session.admin_id, token, email, refresh_token: session.refresh_token };
}

/** As a restore does it: the account is that of the backup, and its id is put back among those that were deleted. */
async function putBack({ sql }: EventWorld, { admin_id }: Actor): Promise<void> {
  await sql`INSERT INTO erased_accounts VALUES (${admin_id}, now())`;
}

function erasePass({ workers }: OpenService): Promise<void> {
  return workers.find(({ name }) => name === "erase restored admins")!.runNow();
}

async function logIn(world: EventWorld, { email }: Registered) {
  return await world.send("POST", "/auth/admin/login", { body: { email, password: PASSWORD } });
}

async function refresh(world: EventWorld, refreshToken: string) {
  return await world.send("POST", "/auth/admin/refresh", { body: { refresh_token: refreshToken } });
}

/** Deletes one again; returns what the log says of it. */
async function erase({ sql, clock }: EventWorld, { admin_id }: Actor): Promise<Json[]> {
  const lines: string[] = [];
  const log = createLogger({ level: "warn", write: (line) => lines.push(line) });
  assert.equal(await eraseRestoredAdmin({ sql, clock, log }, admin_id), true);
  assert.equal(await eraseRestoredAdmin({ sql, clock, log }, admin_id), false, "once");
  return lines.map((line) => JSON.parse(line));
}

Deno.test("a deleted organiser whom a backup brings back is deleted again, and nobody else", async () => {
  await using world = await createEventWorld();
  const { sql } = world;
  const other = await world.anotherProcess();
  const [asha, ben] = [await registered(world), await registered(world, "Ben")];
  const [before] = await sql`SELECT * FROM admins WHERE admin_id = ${asha.admin_id}`;
  const body = { password: PASSWORD };
  const closed = await world.send("DELETE", "/auth/admin/account", { ...asha, body });
  assert.equal(closed.status, 200);
  await deliverMails(world);
  await sql`
    UPDATE admins SET email = ${before!.email}, email_key = ${before!.email_key}, name = 'Asha',
           password_hash = ${before!.password_hash}, password_changed_at = NULL, erased_at = NULL
     WHERE admin_id = ${asha.admin_id}`;
  await sql`
    INSERT INTO memberships VALUES (${asha.admin_id}, ${asha.admin_id}, 'owner', now())`;
  const { status, body: session } = await logIn(world, asha);
  assert.equal(status, 200, "the backup has brought them back");

  await Promise.all([erasePass(world.service), erasePass(other)]);
  assert.equal((await logIn(world, asha)).status, 401);
  assert.equal((await refresh(world, session.refresh_token)).status, 401);
  const [after] = await sql`SELECT * FROM admins WHERE admin_id = ${asha.admin_id}`;
  assert.equal(after!.name, "—");
  assert.ok(after!.erased_at !== null && !after!.email.includes(asha.email));
  assert.deepEqual(await deliverMails(world), [], "they were told when they deleted it");
  const [ids] = await sql`SELECT array_agg(account_id) AS ids FROM erased_accounts`;
  assert.deepEqual(ids!.ids, [asha.admin_id]);

  await erasePass(world.service);
  assert.equal((await logIn(world, ben)).status, 200);
  const { body: { organisations } } = await world.send("GET", "/admin/organisations", ben);
  assert.deepEqual(organisations.map(({ role }: Json) => role), ["owner"]);
});

Deno.test("more organisers than a pass takes are all deleted again", async () => {
  await using world = await createEventWorld();
  const { sql } = world;
  const ben = await registered(world, "Ben");
  await sql`
    WITH restored AS (
      INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
      SELECT gen_random_uuid(), 'organiser' || i || '@example.com', '-', 'Asha', 'event_manager', now(), now()
        FROM generate_series(1, 130) i
      RETURNING admin_id
    )
    INSERT INTO erased_accounts SELECT admin_id, now() FROM restored`;
  await erasePass(world.service);
  const left = await sql`SELECT admin_id FROM admins WHERE erased_at IS NULL AND name = 'Asha'`;
  assert.deepEqual([...left], []);
  assert.equal((await logIn(world, ben)).status, 200);
});

Deno.test("a team whose owner is deleted again goes on, and a super admin gives it another", async () => {
  await using world = await createEventWorld();
  const { organisationId, owner, manager, analyst } = await createTeam(world);
  const { event_id } = await world.event({ organiser: owner });
  await putBack(world, owner);
  assert.deepEqual(
    (await erase(world, owner)).map(({ message, organisation_id }) => [message, organisation_id]),
    [["accounts: a team has no owner after a restore", organisationId]],
  );
  const path = `/admin/organisations/${organisationId}`;
  const { body: { members } } = await world.send("GET", `${path}/members`, manager);
  const roles = members.map(({ admin_id, role }: Json) => [admin_id, role]);
  assert.deepEqual(
    roles.toSorted(),
    [
      [manager.admin_id, "manager"],
      [analyst.admin_id, "analyst"],
    ].toSorted(),
  );
  const title = { ...manager, body: { name: "Monsoon Echoes" } };
  assert.equal((await world.send("PUT", `/admin/events/${event_id}`, title)).status, 200);
  const { body: { changes } } = await world.send("GET", `${path}/changes`, manager);
  assert.ok(changes.some(({ action }: Json) => action === "member.left"));
  const given = { ...await world.actor("super_admin"), body: { role: "owner" } };
  const answer = await world.send("PUT", `${path}/members/${manager.admin_id}`, given);
  assert.equal(answer.status, 200);
});

Deno.test("events on sale of an organiser who is deleted again go on without a name, and the log tells", async () => {
  await using world = await createEventWorld();
  const asha = await registered(world);
  const { event_id } = await world.event({ organiser: asha });
  await putBack(world, asha);
  assert.deepEqual(
    (await erase(world, asha)).map(({ message, organisation_ids, events }) => [
      message,
      organisation_ids,
      events,
    ]),
    [["accounts: events on sale have no organiser after a restore", [asha.admin_id], 1]],
  );
  const [event] = await world.sql`
    SELECT e.status, o.name FROM events e JOIN organisations o USING (organisation_id)
     WHERE e.event_id = ${event_id}`;
  assert.deepEqual({ ...event }, { status: "published", name: "—" });
});

Deno.test("an organiser's log-in while they are deleted again leaves no session", async () => {
  await using world = await createEventWorld();
  const { sql, clock, context } = world;
  const asha = await registered(world);
  await putBack(world, asha);
  const refreshTokens = new RefreshTokens({ sql, clock, ...context.refreshTokenRules });
  const passwords = {
    assertRoom() {},
    hash: () => Promise.reject(new Error("must not be called")),
    async verify() {
      await erasePass(world.service);
      return "current" as const;
    },
  };
  const deps = { sql, tokens: context.tokens, refreshTokens, passwords };
  const credentials = { email: asha.email, password: PASSWORD };
  await assert.rejects(logInAdmin(deps, credentials), { code: "BAD_CREDENTIALS" });
  // As if it had been issued at the very moment.
  const token = await refreshTokens.issue(asha.admin_id);
  assert.equal((await refresh(world, token)).status, 401);

  for (let round = 0; round < 8; round++) {
    const ben = await registered(world, "Ben");
    await putBack(world, ben);
    const [loggedIn, refreshed] = await Promise.all([
      logIn(world, ben),
      refresh(world, ben.refresh_token),
      erasePass(world.service),
    ]);
    // 503: a deadlock, of which the refresh is the victim.
    assert.ok([200, 401].includes(loggedIn.status), `${loggedIn.status}`);
    assert.ok([200, 401, 503].includes(refreshed.status), `${refreshed.status}`);
    for (const { status, body } of [loggedIn, refreshed]) {
      if (status === 200) assert.equal((await refresh(world, body.refresh_token)).status, 401);
    }
    assert.equal((await logIn(world, ben)).status, 401);
  }
});
