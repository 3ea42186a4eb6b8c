import assert from "node:assert/strict";
import { PasswordHasher } from "@evently/shared/auth";
import { SEED_EVENTS } from "./seed_data.ts";
import { seedEvents } from "./seed.ts";
import type { PoolResponse } from "./pools/wire.ts";
import type { ManagedTicketTypeResponse } from "./ticket_types/wire.ts";
import { assertInventoryAddsUp, createEventWorld, type EventWorld } from "./testing/world.ts";

const YEAR_MS = 365 * 24 * 3_600_000;

function seed(world: EventWorld): Promise<number> {
  return seedEvents({ sql: world.sql, clock: world.clock, passwords: new PasswordHasher() });
}

async function listed(world: EventWorld): Promise<{ event_id: string; start_datetime: string }[]> {
  return (await world.send("GET", "/events?limit=100")).body.events;
}

Deno.test("seeding gives the demo's admins, venues with coordinates, and events to come", async () => {
  await using world = await createEventWorld();
  assert.equal(await seed(world), SEED_EVENTS.length);

  assert.equal((await listed(world)).length, SEED_EVENTS.length);
  for (const email of ["admin@example.com", "atlanadmin@mail.com"]) {
    const body = { email, password: "11111111" };
    const { status, body: session } = await world.send("POST", "/auth/admin/login", { body });
    assert.equal(status, 200);
    assert.equal(session.role, "super_admin");
  }
  const nowhere = await world.sql`SELECT FROM venues WHERE latitude IS NULL OR timezone IS NULL`;
  assert.equal(nowhere.length, 0);
  const mute = await world.sql`
    SELECT FROM events WHERE access_notes IS NULL OR array_length(string_to_array(description, '. '), 1) < 2`;
  assert.equal(mute.length, 0, "each has a description of some sentences, and access notes");
  await assertInventoryAddsUp(world.sql);
});

Deno.test("seeding shows types that share a pool, a family ticket and a free type", async () => {
  await using world = await createEventWorld();
  await seed(world);
  const { token } = await world.actor("super_admin");
  const events = (await world.send("GET", "/events?limit=100")).body.events;
  const offerOf = async (name: string) => {
    const { event_id } = events.find((event: { name: string }) => event.name.includes(name));
    const path = `/admin/events/${event_id}`;
    const { body: { ticket_types } } = await world.send("GET", `${path}/ticket-types`, { token });
    const { body: { pools } } = await world.send("GET", `${path}/pools`, { token });
    return { types: ticket_types as ManagedTicketTypeResponse[], pools: pools as PoolResponse[] };
  };

  const concert = await offerOf("Indie Live");
  assert.deepEqual(
    concert.types.map((
      { name, price, available, pools },
    ) => [name, price, available, pools.length]),
    [
      ["Standing", 1_499, 4_500, 0],
      ["Front of stage", 2_499, 800, 1],
      ["Front of stage, early bird", 1_999, 200, 1],
    ],
  );
  const shared = concert.types.flatMap(({ pools }) => pools.map(({ pool_id }) => pool_id));
  const [, front] = concert.pools;
  assert.deepEqual(shared, [front!.pool_id, front!.pool_id]);

  const [, family] = (await offerOf("Science Fair")).types;
  assert.deepEqual([family!.name, family!.gives, family!.available], ["Family of four", 4, 300]);
  const [, expo] = (await offerOf("Tech Summit")).types;
  assert.deepEqual([expo!.kind, expo!.price, expo!.max_per_buyer], ["free", 0, 2]);
  const plain = await world.sql`SELECT FROM seat_inventory WHERE pool = 0 AND plain`;
  assert.equal(plain.length, SEED_EVENTS.length - 3);
});

Deno.test("seeding again changes nothing, also not what was edited meanwhile", async () => {
  await using world = await createEventWorld();
  await seed(world);
  await world.sql`UPDATE events SET name = 'Edited'`;
  const before = await listed(world);
  assert.equal(await seed(world), 0);
  assert.deepEqual(await listed(world), before);
});

Deno.test("seeding again moves events that have begun into the future", async () => {
  await using world = await createEventWorld();
  await seed(world);
  const ids = (await listed(world)).map(({ event_id }) => event_id).toSorted();
  world.clock.advance(YEAR_MS);
  assert.equal((await listed(world)).length, 0);

  assert.equal(await seed(world), SEED_EVENTS.length);

  assert.deepEqual((await listed(world)).map(({ event_id }) => event_id).toSorted(), ids);
});
