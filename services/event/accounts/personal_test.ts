/** Organisers' copy of their data, and the end of their account. Traces in every table: `tests/journeys/erasure_test.ts`. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { tokenOf } from "@evently/shared/testing";
import { deliverMails, join } from "../testing/teams.ts";
import { type Actor, createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

const PASSWORD = "correct horse";
const DAY_MS = 24 * 3_600_000;

interface Registered extends Actor {
  email: string;
  refresh_token: string;
}

/** Registers an organiser with an organisation of their own. */
async function registered(world: EventWorld, name = "Asha"): Promise<Registered> {
  const email = `${newId()}@example.com`;
  const body = { email, password: PASSWORD, name, phone_number: "+91 98200 10001" };
  const { body: session } = await world.send("POST", "/auth/admin/register", { body });
  await deliverMails(world);
  const token: string = session.access_token;
  await world.send("GET", "/admin/organisations", { token });
  return { admin_id: session.admin_id, token, email, refresh_token: session.refresh_token };
}

async function close(world: EventWorld, { token }: Actor, body: unknown = { password: PASSWORD }) {
  const answer = await world.send("DELETE", "/auth/admin/account", { token, body });
  return [answer.status, answer.body.code] as const;
}

async function rowOf({ sql }: EventWorld, { admin_id }: Actor): Promise<Json> {
  return (await sql`SELECT * FROM admins WHERE admin_id = ${admin_id}`)[0];
}

Deno.test("GET /auth/admin/export is a file with profile, organisations, invitations and changes", async () => {
  await using world = await createEventWorld();
  const asha = await registered(world);
  const path = `/admin/organisations/${asha.admin_id}/invitations`;
  const body = { email: "ben@example.com", role: "manager" };
  assert.equal((await world.send("POST", path, { ...asha, body })).status, 201);
  await world.venue({ name: "Town Hall" }, asha);
  const answer = await world.send("GET", "/auth/admin/export", asha);
  assert.equal(answer.status, 200);
  assert.match(answer.headers.get("Content-Disposition")!, /"evently-organiser\.json"$/);
  assert.equal(answer.headers.get("Cache-Control"), "no-store");
  const { profile, organisations, invitations, changes } = answer.body;
  assert.deepEqual([profile.email, profile.phone_number], [asha.email, "+91 98200 10001"]);
  assert.deepEqual(organisations.map(({ role }: Json) => role), ["owner"]);
  assert.deepEqual(
    invitations.map(({ email, sent_by_you }: Json) => [email, sent_by_you]),
    [["ben@example.com", true]],
  );
  assert.deepEqual(
    changes.map(({ action }: Json) => action).toSorted(),
    ["invitation.created", "venue.created"],
  );
  assert.equal((await world.send("GET", "/auth/admin/export")).status, 401);
});

Deno.test("DELETE /auth/admin/account asks for the password, and limits guesses", async () => {
  const limits = { guessesPerEmail: 2, requestsPerAddress: 0, mailsPerHour: 0 };
  await using world = await createEventWorld({ limits });
  const asha = await registered(world);
  assert.deepEqual(await close(world, asha, { password: "wrong-1" }), [403, "WRONG_PASSWORD"]);
  assert.deepEqual(await close(world, asha, { password: "wrong-2" }), [403, "WRONG_PASSWORD"]);
  assert.deepEqual(await close(world, asha, { password: "wrong-3" }), [429, "RATE_LIMITED"]);
  assert.deepEqual(await close(world, asha, {}), [400, "VALIDATION_FAILED"]);
  const { status } = await world.send("DELETE", "/auth/admin/account", {
    body: { password: PASSWORD },
  });
  assert.equal(status, 401);
  assert.equal((await rowOf(world, asha)).email, asha.email);
});

Deno.test("a deleted organiser is gone at once, and a mail confirms it", async () => {
  await using world = await createEventWorld();
  const asha = await registered(world);
  const both = await Promise.all([close(world, asha), close(world, asha)]);
  assert.ok(both.some(([status]) => status === 200));
  const { email, name, phone_number, erased_at } = await rowOf(world, asha);
  assert.deepEqual([name, phone_number], ["—", null]);
  assert.ok(erased_at !== null && !email.includes(asha.email));
  assert.deepEqual(await close(world, asha), [401, "UNAUTHORIZED"]);
  assert.equal((await world.send("GET", "/auth/admin/export", asha)).status, 401);
  const created = await world.send("POST", "/admin/organisations", {
    ...asha,
    body: { name: "Again" },
  });
  assert.equal(created.status, 401, "the token opens nothing any more");
  const { refresh_token } = asha;
  const refreshed = await world.send("POST", "/auth/admin/refresh", { body: { refresh_token } });
  assert.equal(refreshed.status, 401);
  const sessions = await world.sql`
    SELECT FROM refresh_tokens WHERE subject_id = ${asha.admin_id}`;
  assert.equal(sessions.length, 0, "nothing of a session is left");
  for (const address of [asha.email, email]) {
    const body = { email: address, password: PASSWORD };
    assert.ok((await world.send("POST", "/auth/admin/login", { body })).status !== 200);
    await world.send("POST", "/auth/admin/forgot-password", { body: { email: address } });
  }
  const mails = await deliverMails(world);
  assert.deepEqual(mails.map(({ to, subject }) => [to, subject]), [
    [asha.email, "Your account is deleted"],
  ]);
  const again = { email: asha.email, password: PASSWORD, name: "Asha" };
  const { status } = await world.send("POST", "/auth/admin/register", { body: again });
  assert.equal(status, 201, "the address is free");
});

Deno.test("the only one of an organisation with published events keeps the account until they are over", async () => {
  await using world = await createEventWorld();
  const asha = await registered(world);
  const { event_id } = await world.event({ organiser: asha });
  await world.event({ organiser: asha, draft: true });
  assert.deepEqual(await close(world, asha), [409, "ACCOUNT_HAS_EVENTS"]);
  const kept = await rowOf(world, asha);
  assert.equal(kept.email, asha.email);
  assert.equal(
    (await world.send("GET", "/admin/organisations", asha)).body.organisations.length,
    1,
  );
  world.clock.advance(31 * DAY_MS);
  const token = await world.context.tokens.issueForAdmin({
    adminId: asha.admin_id,
    role: "event_manager",
    permissions: "{}",
  });
  assert.deepEqual(await close(world, { ...asha, token }), [200, undefined]);
  const [event] = await world.sql`
    SELECT e.status, o.name FROM events e JOIN organisations o USING (organisation_id)
     WHERE e.event_id = ${event_id}`;
  assert.deepEqual({ ...event }, { status: "published", name: "—" }, "events and sales stay");
});

Deno.test("the only owner of a team hands it on first; the team keeps its events and its name", async () => {
  await using world = await createEventWorld();
  const asha = await registered(world);
  const ben = await world.actor();
  const organisationId = asha.admin_id;
  await join(world, { actor: ben, organisationId, role: "manager" });
  await world.event({ organiser: asha });
  assert.deepEqual(await close(world, asha), [409, "LAST_OWNER"]);
  const path = `/admin/organisations/${organisationId}`;
  const owner = { ...asha, body: { role: "owner" } };
  assert.equal((await world.send("PUT", `${path}/members/${ben.admin_id}`, owner)).status, 200);
  const named = { ...ben, body: { name: "Monsoon Echoes" } };
  assert.equal((await world.send("PUT", path, named)).status, 200);
  assert.deepEqual(await close(world, asha), [200, undefined]);
  const { body } = await world.send("GET", path, ben);
  assert.equal(body.name, "Monsoon Echoes");
  const { body: { members } } = await world.send("GET", `${path}/members`, ben);
  assert.deepEqual(members.map(({ admin_id }: Json) => admin_id), [ben.admin_id]);
  const { body: { changes } } = await world.send("GET", `${path}/changes`, ben);
  const left = changes.find(({ action }: Json) => action === "member.left");
  assert.deepEqual([left.admin_name, left.subject_name], ["—", "—"]);
  assert.ok(!JSON.stringify(changes).includes("Asha"));
  assert.ok(
    changes.some(({ action, admin_name }: Json) =>
      action === "event.created" && admin_name === "—"
    ),
  );
});

Deno.test("invitations that a deleted organiser sent and got are gone, and so are their mails", async () => {
  await using world = await createEventWorld();
  const [asha, ben] = [await registered(world), await registered(world, "Ben")];
  const invite = (by: Registered, email: string) =>
    world.send("POST", `/admin/organisations/${by.admin_id}/invitations`, {
      ...by,
      body: { email, role: "analyst" },
    });
  await invite(asha, "chitra@example.com");
  const [sent] = await deliverMails(world);
  await invite(asha, "dev@example.com");
  await invite(ben, asha.email.toUpperCase());
  assert.deepEqual(await close(world, asha), [200, undefined]);
  assert.deepEqual([...await world.sql`SELECT FROM organisation_invitations`], []);
  const mails = await deliverMails(world);
  assert.deepEqual(mails.map(({ to }) => to), [asha.email], "the mail that confirms it alone");
  const token = tokenOf(sent!);
  const { status } = await world.send("POST", "/auth/admin/invitation", { body: { token } });
  assert.equal(status, 400);
  const { body } = await world.send("GET", `/admin/organisations/${ben.admin_id}/changes`, ben);
  assert.ok(!JSON.stringify(body).toLowerCase().includes(asha.email));
});

Deno.test("the last super admin stays, also of two who leave at once", async () => {
  await using world = await createEventWorld();
  const supers = [await registered(world), await registered(world)];
  await world.sql`UPDATE admins SET role = 'super_admin'`;
  const outcomes = await Promise.all(supers.map((one) => close(world, one)));
  assert.deepEqual(outcomes.toSorted(), [[200, undefined], [409, "LAST_SUPER_ADMIN"]]);
});

Deno.test("an event that is published while its owner leaves is either refused or keeps them", async () => {
  await using world = await createEventWorld();
  for (let round = 0; round < 8; round++) {
    const asha = await registered(world);
    const { event_id } = await world.event({ organiser: asha, draft: true });
    const [[closed], published] = await Promise.all([
      close(world, asha),
      world.send("PUT", `/admin/events/${event_id}`, { ...asha, body: { status: "published" } }),
    ]);
    const [event] = await world.sql`SELECT status FROM events WHERE event_id = ${event_id}`;
    assert.equal(event!.status, published.status === 200 ? "published" : "draft");
    assert.notDeepEqual([closed, published.status], [200, 200]);
  }
});
