import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, eventFields, venueFields } from "../testing/world.ts";

Deno.test("createVenue() answers with the keys in the contract's order", async () => {
  await using world = await createEventWorld();
  const { token, admin_id } = await world.actor();
  const layoutConfig = { rows: [{ name: "A", seats: 12 }] };
  const fields = { state: "Maharashtra", postal_code: "411030", layout_config: layoutConfig };

  const { status, body } = await world.send("POST", "/admin/venues", {
    token,
    body: venueFields({ ...fields, latitude: 18.519, longitude: 73.855 }),
  });

  assert.equal(status, 201);
  const { venue_id, created_at } = body;
  assert.deepEqual(Object.entries(body), [
    ["venue_id", venue_id],
    ["name", "Shaniwar Wada"],
    ["address", "1 Fort Road"],
    ["city", "Pune"],
    ["state", "Maharashtra"],
    ["country", "India"],
    ["postal_code", "411030"],
    ["capacity", 5_000],
    ["layout_config", layoutConfig],
    ["created_at", created_at],
    ["updated_at", created_at],
    ["latitude", 18.519],
    ["longitude", 73.855],
    ["created_by", admin_id],
    ["organisation_id", admin_id],
  ]);
});

Deno.test("createVenue() refuses invalid venues with 400", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor();
  const deep = JSON.parse('{"a":'.repeat(20) + "1" + "}".repeat(20));
  const required = "Name, address, and city are required";
  const cases: [Record<string, unknown>, string | undefined][] = [
    [{ name: undefined }, required],
    [{ address: " " }, required],
    [{ city: null }, required],
    [{ capacity: 0 }, "Capacity must be positive"],
    [{ capacity: undefined }, "Capacity must be positive"],
    [{ capacity: 1e12 }, undefined],
    [{ capacity: "many" }, undefined],
    [{ name: "a\u0000b" }, undefined],
    [{ name: "\u200b" }, required],
    [{ city: "\ud800" }, "city must not contain half a surrogate pair"],
    [{ name: "x".repeat(501) }, undefined],
    [{ latitude: 1 }, "latitude and longitude must be given together"],
    [{ latitude: 91, longitude: 0 }, undefined],
    [{ layout_config: deep }, undefined],
    [{ layout_config: { text: "a\u0000b" } }, undefined],
    [{ layout_config: { "\ud800": 1 } }, undefined],
    [{ layout_config: "rows" }, undefined],
  ];
  for (const [fields, error] of cases) {
    const answer = await world.send("POST", "/admin/venues", { token, body: venueFields(fields) });
    assert.equal(answer.status, 400, JSON.stringify(fields));
    if (error !== undefined) assert.equal(answer.body.error, error);
  }
  assert.equal((await world.send("GET", "/admin/venues", { token })).body.total, 0);
});

Deno.test("venues are listed by name, filtered regardless of case, and paged", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor();
  await world.venue({ name: "Zenith Hall", city: "Mumbai", state: "Maharashtra" });
  await world.venue({ name: "Arena", city: "Chennai", state: "Tamil Nadu" });
  await world.venue({ name: "Opera", city: "Mumbai", address: "5 Arena Street" });
  const list = async (query: string) => {
    const { body } = await world.send("GET", `/admin/venues?${query}`, { token });
    return body.venues.map(({ name }: { name: string }) => name);
  };

  assert.deepEqual(await list(""), ["Arena", "Opera", "Zenith Hall"]);
  assert.deepEqual(await list("city=mum"), ["Opera", "Zenith Hall"]);
  assert.deepEqual(await list("state=tamil"), ["Arena"]);
  assert.deepEqual(await list("search=arena"), ["Arena", "Opera"]);
  assert.deepEqual(await list("city=MÚMBAI"), ["Opera", "Zenith Hall"]);
  assert.deepEqual(await list("search=mu_bai"), []);
  assert.deepEqual(await list("limit=1&page=2"), ["Opera"]);
  const { body } = await world.send("GET", "/admin/venues?limit=2", { token });
  assert.deepEqual(
    Object.entries(body).slice(1),
    [["total", 3], ["page", 1], ["limit", 2], ["has_more", true]],
  );
});

Deno.test("updateVenue() changes the given fields; null and empty texts remove values", async () => {
  await using world = await createEventWorld();
  const owner = await world.actor();
  const { token } = owner;
  const fields = { state: "Goa", postal_code: "1", latitude: 1, longitude: 2 };
  const venue = await world.venue(fields, owner);

  const { status, body } = await world.send("PUT", `/admin/venues/${venue.venue_id}`, {
    token,
    body: { name: "New", state: "", postal_code: null, latitude: null, longitude: null },
  });

  assert.equal(status, 200);
  const { state: _, postal_code: __, latitude: ___, longitude: ____, ...kept } = venue;
  assert.deepEqual(body, { ...kept, name: "New" });
});

Deno.test("a venue is found by its new texts after an update", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue({ state: "Goa" });
  const body = { name: "Théâtre", address: "Rue Mu\u0308ller", city: "Zürich", state: "Zürich" };
  await world.send("PUT", `/admin/venues/${venue_id}`, { token, body });
  for (const query of ["search=theatre", "search=RUE%20MULLER", "city=zurich", "state=zurich"]) {
    const found = await world.send("GET", `/admin/venues?${query}`, { token });
    assert.equal(found.body.total, 1, query);
  }
  assert.equal(
    (await world.send("GET", "/admin/venues?search=shaniwar", { token })).body.total,
    0,
  );
  const cleared = { state: null };
  await world.send("PUT", `/admin/venues/${venue_id}`, { token, body: cleared });
  assert.equal((await world.send("GET", "/admin/venues?state=zurich", { token })).body.total, 0);
});

Deno.test("updateVenue() refuses invalid changes", async () => {
  await using world = await createEventWorld();
  const owner = await world.actor();
  const { token } = owner;
  const { venue_id } = await world.venue({ latitude: 1, longitude: 2 }, owner);
  const half = [{ latitude: 1 }, { latitude: null }, { longitude: null, latitude: 1 }];
  for (const body of [{ capacity: -1 }, { name: "" }, ...half, { city: 5 }, "{"]) {
    const { status } = await world.send("PUT", `/admin/venues/${venue_id}`, { token, body });
    assert.equal(status, 400, JSON.stringify(body));
  }
  const unknown = await world.send("PUT", `/admin/venues/${newId()}`, { token, body: {} });
  assert.equal(unknown.status, 404);
  assert.equal(unknown.body.error, "Venue not found");
  const malformed = await world.send("PUT", "/admin/venues/42", { token, body: {} });
  assert.equal(malformed.status, 400);
  assert.equal(malformed.body.error, "Invalid venue ID");
});

Deno.test("deleteVenue() refuses a venue with events", async () => {
  await using world = await createEventWorld();
  const owner = await world.actor();
  const { token } = owner;
  const used = (await world.event({ organiser: owner, draft: true })).venue_id;
  const free = (await world.venue({}, owner)).venue_id;
  const remove = (id: string) => world.send("DELETE", `/admin/venues/${id}`, { token });

  const conflict = await remove(used);
  assert.equal(conflict.status, 409);
  assert.equal(conflict.body.error, "Cannot delete venue with associated events");
  assert.deepEqual((await remove(free)).body, { message: "Venue deleted successfully" });
  const again = await remove(free);
  assert.equal(again.status, 404);
  assert.equal(again.body.error, "Venue not found");
  assert.equal((await remove("42")).body.error, "Invalid venue ID");
});

Deno.test("a venue is changed by its owner or a super admin and used by everybody", async () => {
  await using world = await createEventWorld();
  const [owner, other] = [await world.actor(), await world.actor()];
  const superAdmin = await world.actor("super_admin");
  const venue = await world.venue({}, owner);
  const path = `/admin/venues/${venue.venue_id}`;

  for (const body of [{ name: "Mine" }, {}, venue]) {
    const refused = await world.send("PUT", path, { token: other.token, body });
    assert.deepEqual([refused.status, refused.body.error], [404, "Venue not found"]);
  }
  const refused = await world.send("DELETE", path, { token: other.token });
  assert.deepEqual([refused.status, refused.body.error], [404, "Venue not found"]);
  const listed = await world.send("GET", "/admin/venues", { token: other.token });
  assert.deepEqual(listed.body.venues, [venue]);
  const event = await world.event({ organiser: other, fields: { venue_id: venue.venue_id } });
  assert.equal(event.venue_name, venue.name);

  for (const [token, name] of [[owner.token, "Ours"], [superAdmin.token, "Corrected"]] as const) {
    const { status, body } = await world.send("PUT", path, { token, body: { name } });
    assert.deepEqual([status, body.name, body.created_by], [200, name, owner.admin_id]);
  }
  const free = await world.venue({}, owner);
  const deleted = await world.send("DELETE", `/admin/venues/${free.venue_id}`, {
    token: superAdmin.token,
  });
  assert.equal(deleted.status, 200);
});

Deno.test("a venue is never deleted while an event is created at it", async () => {
  await using world = await createEventWorld();
  const owner = await world.actor();
  const other = await world.actor();
  const moved = await world.event({ organiser: other, draft: true });
  for (let round = 0; round < 10; round++) {
    const { venue_id } = await world.venue({}, owner);
    const body = eventFields(world.clock.now(), { venue_id });
    const [deleted, created, update] = await Promise.all([
      world.send("DELETE", `/admin/venues/${venue_id}`, { token: owner.token }),
      world.send("POST", "/admin/events", { token: other.token, body }),
      world.send("PUT", `/admin/events/${moved.event_id}`, {
        token: other.token,
        body: { venue_id },
      }),
    ]);
    const answers = [deleted.status, created.status, update.status];
    const used = [created, update].filter(({ status }) => status < 300).length;
    assert.ok(answers.every((status) => [200, 201, 400, 409].includes(status)), String(answers));
    assert.equal(deleted.status === 200, used === 0, String(answers));
  }
});

Deno.test("venue routes require an admin, and analysts only read", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue();
  const analyst = await world.actor("analyst");
  const user = await world.context.tokens.issueForUser(newId());
  const writes: [string, string, unknown][] = [
    ["POST", "/admin/venues", venueFields()],
    ["PUT", `/admin/venues/${venue_id}`, { name: "Mine" }],
    ["DELETE", `/admin/venues/${venue_id}`, undefined],
  ];
  for (const [method, path, body] of writes) {
    assert.equal((await world.send(method, path, { body })).status, 401);
    assert.equal((await world.send(method, path, { body, token: user })).status, 401);
    const forbidden = await world.send(method, path, { body, token: analyst.token });
    assert.equal(forbidden.status, 403);
    assert.match(forbidden.body.error, /^Forbidden: /);
  }
  assert.equal((await world.send("GET", "/admin/venues")).status, 401);
  assert.equal((await world.send("GET", "/admin/venues", { token: analyst.token })).status, 200);
});

Deno.test("a token whose admin was deleted creates nothing", async () => {
  await using world = await createEventWorld();
  const token = await world.context.tokens.issueForAdmin({
    adminId: newId(),
    role: "super_admin",
    permissions: "{}",
  });
  const answer = await world.send("POST", "/admin/venues", { token, body: venueFields() });
  assert.equal(answer.status, 401);
  assert.equal(answer.body.error, "Unauthorized: invalid admin token");
});
