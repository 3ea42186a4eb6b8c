import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  assertPoolsAddUp,
  createEventWorld,
  createOffer,
  numberedChanges,
  seatsOf,
} from "../testing/world.ts";

const NOT_YOURS = "Event not found or you don't have permission";

Deno.test("createPool() adds a pool, which lists show after the house", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);

  const { status, body } = await offer.send("POST", "/pools", { name: " Stalls ", capacity: 40 });

  assert.equal(status, 201);
  const zero = { held: 0, sold: 0, set_aside: 0 };
  assert.deepEqual(Object.entries(body), [
    ["pool_id", body.pool_id],
    ...Object.entries({ name: "Stalls", capacity: 40, available: 40, ...zero }),
  ]);
  const house = { pool_id: offer.eventId, name: "House", capacity: 100, available: 100, ...zero };
  assert.deepEqual(await offer.pools(), [house, body]);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("createPool() refuses bad fields and names them", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const cases: [Record<string, unknown>, string, string][] = [
    [{ name: undefined }, "name", "name is required"],
    [{ name: " \u200b" }, "name", "name is required"],
    [{ name: 7 }, "name", "name must be a string"],
    [{ name: "x".repeat(101) }, "name", "name must have at most 100 characters"],
    [{ capacity: undefined }, "capacity", "capacity must be positive"],
    [{ capacity: null }, "capacity", "capacity must be positive"],
    [{ capacity: 0 }, "capacity", "capacity must be positive"],
    [{ capacity: -3 }, "capacity", "capacity must be positive"],
    [{ capacity: 1.5 }, "capacity", "capacity must be a whole number"],
    [{ capacity: "10" }, "capacity", "capacity must be a whole number"],
    [{ capacity: 2_147_483_648 }, "capacity", "capacity must be at most 2147483647"],
  ];
  for (const [fields, path, error] of cases) {
    const answer = await offer.send("POST", "/pools", { name: "Stalls", capacity: 5, ...fields });
    assert.equal(answer.status, 400, JSON.stringify(fields));
    assert.equal(answer.body.error, error);
    assert.equal(answer.body.details[0].path, path);
  }
  assert.equal((await offer.send("POST", "/pools")).status, 400);
  assert.equal((await offer.send("POST", "/pools", "{")).status, 400);
  assert.equal((await offer.pools()).length, 1);
});

Deno.test("createPool() makes at most 20 pools besides the house", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const answers = await Promise.all(
    times(22, (i) => offer.send("POST", "/pools", { name: `Block ${i}`, capacity: 1 })),
  );
  const refused = answers.filter(({ status }) => status !== 201);
  assert.deepEqual(
    refused.map(({ status, body }) => [status, body.code, body.error]),
    times(2, () => [
      409,
      "OFFER_FULL",
      "Cannot add to the event's pools as 20 is the most: current value is 20",
    ]),
  );
  assert.equal((await offer.pools()).length, 21);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("updatePool() renames and resizes; stored values are no change", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  const put = (body: unknown) => offer.send("PUT", `/pools/${pool.pool_id}`, body);

  const renamed = await put({ name: "Balcony", capacity: 25 });
  assert.deepEqual([renamed.status, renamed.body], [
    200,
    { ...pool, name: "Balcony", capacity: 25, available: 25 },
  ]);
  const ledger = () => world.sql`SELECT count(*) FROM seat_ledger`;
  const changes = () => numberedChanges(world);
  const before = [await ledger(), await changes()];
  for (const body of [renamed.body, { name: " Balcony" }, { capacity: 25 }, {}]) {
    const same = await put(body);
    assert.deepEqual([same.status, same.body], [200, renamed.body]);
  }
  assert.deepEqual([await ledger(), await changes()], before);
  const empty = await put(undefined);
  assert.deepEqual([empty.status, empty.body.code], [400, "INVALID_JSON"]);
  assert.equal((await put({ capacity: 0 })).body.error, "capacity must be positive");
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("updatePool() refuses a capacity below what is held and sold, and says how many", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool({ capacity: 10 });
  const type = await offer.type({ pools: [{ pool_id: pool.pool_id, units: 2 }] });
  await offer.held(type.ticket_type_id, { quantity: 2 });
  const sold = await offer.held(type.ticket_type_id, { quantity: 1 });
  await seatsOf(world, offer.eventId).commit(sold);
  const put = (capacity: number) => offer.send("PUT", `/pools/${pool.pool_id}`, { capacity });

  const { status, body } = await put(5);
  assert.deepEqual([status, body.code, body.error], [
    409,
    "CAPACITY_BELOW_SOLD",
    "Cannot set capacity to 5 as seats are held or sold: current value is 6",
  ]);
  const lowered = await put(6);
  assert.equal(lowered.status, 200);
  const { capacity, available, held, sold: taken } = lowered.body;
  assert.deepEqual([capacity, available, held, taken], [6, 0, 4, 2]);
  assert.equal(await offer.tryHold(type.ticket_type_id), "seats");
  await assertPoolsAddUp(world.sql, offer.eventId);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("updatePool() resizes the house as total_capacity does, and never renames it", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const put = (body: unknown) => offer.send("PUT", `/pools/${offer.eventId}`, body);
  await seatsOf(world, offer.eventId).held(3);

  const resized = await put({ name: "House", capacity: 50 });
  assert.deepEqual([resized.status, resized.body.capacity, resized.body.available], [200, 50, 47]);
  const { body: event } = await world.send("GET", `/events/${offer.eventId}`);
  assert.deepEqual([event.total_capacity, event.version], [50, 3]);

  const below = await put({ capacity: 2 });
  assert.deepEqual([below.status, below.body.error], [
    409,
    "Cannot set total_capacity to 2 as seats are held or sold: current value is 3",
  ]);
  const renamed = await put({ name: "Hall" });
  assert.deepEqual([renamed.status, renamed.body.error], [
    400,
    "name of the house must stay House",
  ]);
  assert.equal((await put({})).status, 200);
  assert.equal((await world.send("GET", `/events/${offer.eventId}`)).body.version, 3);
});

Deno.test("deletePool() refuses while seats are taken or a type draws on the pool", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  const draw = { pools: [{ pool_id: pool.pool_id }] };
  const type = await offer.type({ name: "Early bird", ...draw });
  const archived = await offer.type({ name: "Last year", ...draw, status: "archived" });
  const held = await offer.held(type.ticket_type_id, { quantity: 4 });
  const remove = () => offer.send("DELETE", `/pools/${pool.pool_id}`);

  const drawn = await remove();
  assert.deepEqual([drawn.status, drawn.body.code, drawn.body.error], [
    409,
    "POOL_IN_USE",
    "Cannot delete pool as ticket types draw on it: Early bird",
  ]);
  await offer.change(type.ticket_type_id, { status: "archived" });
  const taken = await remove();
  assert.deepEqual([taken.status, taken.body.error], [
    409,
    "Cannot delete pool as seats are held or sold: current value is 4",
  ]);
  assert.equal((await offer.types())[2]!.pools.length, 1, "a refusal changes nothing");

  await seatsOf(world, offer.eventId).release(held);
  const gone = await remove();
  assert.deepEqual([gone.status, gone.body], [200, { message: "Pool deleted successfully" }]);
  assert.equal((await remove()).status, 404);
  assert.equal((await offer.pools()).length, 1);
  const [, ...types] = await offer.types();
  assert.deepEqual(
    types.map(({ ticket_type_id, pools, version }) => [ticket_type_id, pools, version]),
    [[type.ticket_type_id, [], 3], [archived.ticket_type_id, [], 2]],
  );
  const again = await offer.change(archived.ticket_type_id, { status: "active" });
  assert.equal(again.available, 100);
  await assertInventoryAddsUp(world.sql, offer.eventId);
});

Deno.test("deletePool() never deletes the house", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const { status, body } = await offer.send("DELETE", `/pools/${offer.eventId}`);
  assert.deepEqual([status, body.error], [
    409,
    "Cannot delete pool as it is the house, on which every ticket type draws",
  ]);
});

Deno.test("pools of unknown and foreign events and unknown pools are 404", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  const other = await createOffer(world);
  const poolOfOther = await other.pool();
  const analyst = await world.actor("analyst");
  const superAdmin = await world.actor("super_admin");
  const { token } = await world.actor();
  const body = { name: "Mine", capacity: 1 };

  for (const eventId of [offer.eventId, newId()]) {
    const path = `/admin/events/${eventId}/pools`;
    for (
      const [method, place] of [
        ["GET", ""],
        ["POST", ""],
        ["PUT", `/${pool.pool_id}`],
        ["PUT", `/${eventId}`],
        ["DELETE", `/${pool.pool_id}`],
      ]
    ) {
      const answer = await world.send(method!, path + place, {
        token,
        ...(method === "GET" ? {} : { body }),
      });
      assert.deepEqual([answer.status, answer.body.error], [404, NOT_YOURS], `${method} ${place}`);
    }
  }
  for (const method of ["PUT", "DELETE"]) {
    for (const poolId of [newId(), poolOfOther.pool_id]) {
      const { status, body: answer } = await offer.send(method, `/pools/${poolId}`, {});
      assert.deepEqual([status, answer.code], [404, "POOL_NOT_FOUND"]);
    }
    const malformed = await offer.send(method, "/pools/7", {});
    assert.deepEqual([malformed.status, malformed.body.error], [400, "Invalid pool ID"]);
  }

  const path = `/admin/events/${offer.eventId}/pools`;
  assert.equal((await world.send("GET", path)).status, 401);
  assert.equal((await world.send("GET", path, { token: analyst.token })).status, 200);
  assert.equal((await world.send("POST", path, { token: analyst.token, body })).status, 403);
  assert.equal((await world.send("POST", path, { token: superAdmin.token, body })).status, 201);
});

Deno.test("the pools of a cancelled event stay as they are", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const pool = await offer.pool();
  await offer.send("DELETE", "");
  const path = `/pools/${pool.pool_id}`;
  const final = "Cannot change event as a cancelled event is final: current status is cancelled";
  for (
    const [method, place, body] of [
      ["POST", "/pools", { name: "New", capacity: 1 }],
      ["PUT", path, { capacity: 11 }],
      ["DELETE", path, undefined],
      ["PUT", `/pools/${offer.eventId}`, { capacity: 11 }],
    ] as const
  ) {
    const answer = await offer.send(method, place, body);
    assert.deepEqual([answer.status, answer.body.error], [409, final], `${method} ${place}`);
  }
  assert.equal((await offer.send("PUT", path, pool)).status, 200);
});
