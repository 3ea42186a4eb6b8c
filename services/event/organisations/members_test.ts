import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { waitForBlockedSession } from "@evently/shared/testing";
import { createTeam, join } from "../testing/teams.ts";
import { createEventWorld, type Json } from "../testing/world.ts";

const MISSING_ORGANISATION = newId();

Deno.test("a lone organiser is an organisation of one, which they own", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { body } = await world.send("GET", "/admin/organisations", organiser);
  const [own] = body.organisations;
  assert.deepEqual(body.organisations, [{ ...own, name: "Admin", role: "owner" }]);
  const event = await world.event({ organiser });
  const { body: seen } = await world.send("GET", `/admin/events/${event.event_id}`, organiser);
  assert.equal(seen.organisation_id, own.organisation_id);
});

Deno.test("events and venues of programs of before belong to their creator's organisation", async () => {
  await using world = await createEventWorld();
  const { owner, manager, analyst } = await createTeam(world);
  const event = await world.event({ organiser: owner });
  await world.sql`UPDATE events SET organisation_id = NULL`;
  await world.sql`UPDATE venues SET organisation_id = NULL`;
  for (const { token } of [owner, manager, analyst]) {
    const { body } = await world.send("GET", "/admin/events", { token });
    assert.deepEqual(body.events.map(({ event_id }: Json) => event_id), [event.event_id]);
  }
  const venue = `/admin/venues/${event.venue_id}`;
  const renamed = { body: { name: "Fort" } };
  assert.equal((await world.send("PUT", venue, { ...manager, ...renamed })).status, 200);
  assert.equal(
    (await world.send("PUT", venue, { ...await world.actor(), ...renamed })).status,
    404,
  );
});

Deno.test("POST /admin/organisations makes an organisation; named, it gets what is created", async () => {
  await using world = await createEventWorld();
  const { owner, organisationId } = await createTeam(world);
  const created = await world.send("POST", "/admin/organisations", {
    ...owner,
    body: { name: "Jazz" },
  });
  assert.equal(created.status, 201);
  const headers = { "Organisation-Id": created.body.organisation_id };
  const venue = await world.venue({}, owner);
  const drafted = await world.send("POST", "/admin/events/drafts", {
    ...owner,
    headers,
    body: { name: "Night", venue_id: venue.venue_id },
  });
  assert.equal(drafted.body.organisation_id, created.body.organisation_id);
  assert.equal(drafted.body.organiser_name, "Jazz");
  assert.equal((await world.event({ organiser: owner })).organiser_name, "Admin");
  const listed = async (id: string) =>
    (await world.send("GET", "/admin/events", { ...owner, headers: { "Organisation-Id": id } }))
      .body.events.length;
  assert.deepEqual([await listed(headers["Organisation-Id"]), await listed(organisationId)], [
    1,
    1,
  ]);
  assert.equal((await world.send("GET", "/admin/events", owner)).body.total, 2);
  const list = (id: string) =>
    world.send("GET", "/admin/events", { ...owner, headers: { "Organisation-Id": id } });
  assert.equal((await list(MISSING_ORGANISATION)).status, 404);
  assert.equal((await list("x")).status, 400);
  for (const name of ["", " ", undefined, 5, "x".repeat(201)]) {
    const bad = await world.send("POST", "/admin/organisations", { ...owner, body: { name } });
    assert.equal(bad.status, 400, String(name));
  }
});

Deno.test("where registration is closed, only owners create organisations", async () => {
  await using world = await createEventWorld({ adminRegistration: "closed" });
  const { owner, manager } = await createTeam(world);
  const create = async ({ token }: { token: string }) =>
    (await world.send("POST", "/admin/organisations", { token, body: { name: "New" } })).status;
  assert.deepEqual([await create(manager), await create(owner)], [403, 201]);
  assert.equal(await create(await world.actor("super_admin")), 201);
});

Deno.test("an owner renames the organisation, which its events show", async () => {
  await using world = await createEventWorld();
  const { owner, manager, organisationId } = await createTeam(world);
  const { event_id } = await world.event({ organiser: manager });
  const path = `/admin/organisations/${organisationId}`;
  const body = { name: "Jaipur Jazz" };
  assert.equal((await world.send("PUT", path, { ...manager, body })).status, 403);
  assert.equal((await world.send("PUT", path, { ...owner, body })).body.name, "Jaipur Jazz");
  assert.equal((await world.send("GET", path, manager)).body.role, "manager");
  const shown = (await world.send("GET", `/events/${event_id}`)).body;
  assert.equal(shown.organiser_name, "Jaipur Jazz");
});

Deno.test("owners change roles, which count from the next request", async () => {
  await using world = await createEventWorld();
  const { owner, manager, analyst, organisationId } = await createTeam(world);
  const { event_id } = await world.event({ organiser: owner });
  const member = (id: string) => `/admin/organisations/${organisationId}/members/${id}`;
  const edit = async ({ token }: { token: string }, name: string) =>
    (await world.send("PUT", `/admin/events/${event_id}`, { token, body: { name } })).status;
  assert.deepEqual([await edit(manager, "A"), await edit(analyst, "B")], [200, 403]);
  const give = (id: string, role: unknown) =>
    world.send("PUT", member(id), { ...owner, body: { role } });
  assert.equal((await give(manager.admin_id, "analyst")).body.role, "analyst");
  assert.equal((await give(analyst.admin_id, "manager")).status, 200);
  assert.deepEqual([await edit(manager, "C"), await edit(analyst, "D")], [403, 200]);
  assert.equal((await give(owner.admin_id, "manager")).body.code, "LAST_OWNER");
  assert.equal((await give(newId(), "manager")).body.code, "MEMBER_NOT_FOUND");
  assert.equal((await give(manager.admin_id, "boss")).status, 400);
  const self = await world.send("PUT", member(manager.admin_id), {
    ...manager,
    body: { role: "owner" },
  });
  assert.equal(self.status, 403, "nobody promotes themselves");
});

Deno.test("a removed member's token opens nothing any more", async () => {
  await using world = await createEventWorld();
  const { owner, manager, organisationId } = await createTeam(world);
  const { event_id } = await world.event({ organiser: manager });
  const path = `/admin/events/${event_id}`;
  assert.equal((await world.send("GET", path, manager)).status, 200);
  const member = `/admin/organisations/${organisationId}/members/${manager.admin_id}`;
  assert.equal((await world.send("DELETE", member, owner)).status, 200);
  assert.equal((await world.send("GET", path, manager)).status, 404);
  assert.equal((await world.send("PUT", path, { ...manager, body: { name: "Mine" } })).status, 404);
  assert.equal((await world.send("GET", "/admin/events", manager)).body.total, 0);
  const draft = await world.send("POST", "/admin/events/drafts", {
    ...manager,
    body: { name: "Another" },
  });
  assert.equal(draft.body.error, "Forbidden: you belong to no organisation");
  assert.equal((await world.send("DELETE", member, owner)).body.code, "MEMBER_NOT_FOUND");
  assert.equal((await world.send("GET", path, owner)).body.name, "Diwali Night");
});

Deno.test("a member who is removed while they change something changes nothing", async () => {
  await using world = await createEventWorld();
  const { owner, manager, organisationId } = await createTeam(world);
  const { event_id } = await world.event({ organiser: owner });
  let change: ReturnType<typeof world.send> | undefined;
  await transaction(world.sql, async (tx) => {
    await tx`SELECT FROM events WHERE event_id = ${event_id} FOR UPDATE`;
    change = world.send("PUT", `/admin/events/${event_id}`, { ...manager, body: { name: "Mine" } });
    await waitForBlockedSession(world.sql, { unless: change });
    const member = `/admin/organisations/${organisationId}/members/${manager.admin_id}`;
    assert.equal((await world.send("DELETE", member, owner)).status, 200);
  });
  assert.equal((await change!).status, 403);
  const { body } = await world.send("GET", `/admin/events/${event_id}`, owner);
  assert.deepEqual([body.name, body.version], ["Diwali Night", 2]);
});

Deno.test("members leave; the last owner cannot", async () => {
  await using world = await createEventWorld();
  const { owner, manager, analyst, organisationId } = await createTeam(world);
  const leave = async ({ token, admin_id }: typeof owner) =>
    await world.send("DELETE", `/admin/organisations/${organisationId}/members/${admin_id}`, {
      token,
    });
  assert.equal((await leave(owner)).body.code, "LAST_OWNER");
  assert.deepEqual([(await leave(manager)).status, (await leave(analyst)).status], [200, 200]);
  assert.equal((await leave(analyst)).status, 404);
  const second = await world.actor();
  await join(world, { actor: second, organisationId, role: "owner" });
  assert.equal((await leave(owner)).status, 200);
  assert.equal((await leave(second)).body.code, "LAST_OWNER");
  const { body } = await world.send("GET", "/admin/organisations", owner);
  assert.deepEqual(body.organisations, [], "the organisation of one is not made again");
});

Deno.test("every change is logged with who made it and its fields before and after", async () => {
  await using world = await createEventWorld();
  const { owner, manager, analyst, organisationId } = await createTeam(world);
  const { event_id } = await world.event({ organiser: owner });
  world.clock.advance(1_000);
  const long = "x".repeat(400);
  const body = { name: "New", description: long, base_price: 20 };
  await world.send("PUT", `/admin/events/${event_id}`, { ...manager, body });
  await world.send("PUT", `/admin/events/${event_id}`, { ...manager, body });
  const path = `/admin/organisations/${organisationId}/changes`;
  const { body: { changes } } = await world.send("GET", path, analyst);
  assert.deepEqual(changes[0], {
    change_id: changes[0].change_id,
    happened_at: world.clock.now().toISOString(),
    admin_id: manager.admin_id,
    admin_name: "Admin",
    action: "event.updated",
    subject_id: event_id,
    subject_name: "New",
    event_id,
    fields: [
      { field: "name", from: "Diwali Night", to: "New" },
      { field: "description", from: null, to: `${"x".repeat(299)}…` },
      { field: "base_price", from: 1_499.5, to: 20 },
    ],
  });
  assert.deepEqual(
    changes.map(({ action }: Json) => action).toSorted(),
    ["event.created", "event.updated", "event.updated", "venue.created"],
    "what is stored already is no change",
  );
  const seen: string[] = [];
  for (let before = "", pages = 0; pages < 10; pages++) {
    const page = (await world.send("GET", `${path}?limit=1&before=${before}`, owner)).body;
    seen.push(...page.changes.map(({ change_id }: Json) => change_id));
    if (page.next === undefined) break;
    before = page.next;
  }
  assert.deepEqual(seen, changes.map(({ change_id }: Json) => change_id));
  assert.equal((await world.send("GET", `${path}?before=x`, owner)).status, 400);
  assert.equal((await world.send("GET", path, await world.actor())).status, 404);
});

Deno.test("no role has the right to alter the log of changes but for its names, not even its owner", async () => {
  await using world = await createEventWorld();
  const rights = await world.sql`
    SELECT privilege_type
      FROM pg_class, aclexplode(relacl)
     WHERE relname = 'organisation_changes' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')`;
  assert.deepEqual([...rights], []);
  const columns = await world.sql`
    SELECT attname FROM pg_attribute, aclexplode(attacl)
     WHERE attrelid = 'organisation_changes'::regclass AND privilege_type = 'UPDATE' ORDER BY 1`;
  assert.deepEqual(columns.map(({ attname }) => attname), ["admin_name", "fields", "subject_name"]);
});
