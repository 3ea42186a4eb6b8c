import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import {
  assertInventoryAddsUp,
  createEventWorld,
  createOffer,
  eventFields,
  seatsOf,
} from "../testing/world.ts";

Deno.test("max_held_per_user is off by default, and organisers set and clear it", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const put = async (maxHeld: unknown) => {
    const { status, body } = await offer.send("PUT", "", { max_held_per_user: maxHeld });
    assert.equal(status, 200, JSON.stringify(body));
    return [body.max_held_per_user, body.version];
  };
  const seen = async () => (await world.send("GET", `/events/${offer.eventId}`)).body;
  assert.ok(!Object.hasOwn(await seen(), "max_held_per_user"));
  assert.deepEqual(await put(4), [4, 3]);
  assert.equal((await seen()).max_held_per_user, 4);
  assert.deepEqual(await put(4), [4, 3]);
  assert.deepEqual(await put(null), [undefined, 4]);
  assert.deepEqual(await put(null), [undefined, 4]);
  assert.ok(!Object.hasOwn(await seen(), "max_held_per_user"));
});

Deno.test("max_held_per_user must be a positive whole number", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { venue_id } = await world.venue();
  const offer = await createOffer(world, { organiser });
  const cases: [unknown, string][] = [
    [0, "max_held_per_user must be positive"],
    [-1, "max_held_per_user must be positive"],
    [1.5, "max_held_per_user must be a whole number"],
    ["3", "max_held_per_user must be a whole number"],
    [2 ** 31, "max_held_per_user must be at most 2147483647"],
  ];
  for (const [value, error] of cases) {
    const body = eventFields(world.clock.now(), { venue_id, max_held_per_user: value });
    for (
      const answer of [
        await world.send("POST", "/admin/events", { token: organiser.token, body }),
        await offer.send("PUT", "", { max_held_per_user: value }),
      ]
    ) {
      assert.deepEqual([answer.status, answer.body.error], [400, error]);
      assert.equal(answer.body.details[0].path, "max_held_per_user");
    }
  }
});

Deno.test("a new event with max_held_per_user limits holds from the first one", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { max_held_per_user: 3 } });
  const { eventId } = offer;
  const [anna, ben] = [newId(), newId()];
  assert.equal(await offer.tryHold(eventId, { quantity: 4, buyerId: anna }), "buyer_limit");
  assert.equal(await offer.tryHold(eventId, { quantity: 3, buyerId: anna }), "held");
  assert.equal(await offer.tryHold(eventId, { buyerId: anna }), "buyer_limit");
  assert.equal(await offer.tryHold(eventId, { buyerId: ben }), "held");
});

Deno.test("a new limit counts the tickets that buyers hold, and not those that they own", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world);
  const family = await offer.type({ name: "Family", gives: 4 });
  const anna = newId();
  const held = await offer.held(family.ticket_type_id, { buyerId: anna });
  await seatsOf(world, offer.eventId).commit(
    await offer.held(offer.eventId, { quantity: 5, buyerId: anna }),
  );

  await offer.send("PUT", "", { max_held_per_user: 5 });
  const two = { quantity: 2, buyerId: anna };
  assert.equal(await offer.tryHold(offer.eventId, two), "buyer_limit");
  assert.equal(await offer.tryHold(offer.eventId, { buyerId: anna }), "held");
  await seatsOf(world, offer.eventId).release(held);
  assert.equal(await offer.tryHold(family.ticket_type_id, { buyerId: anna }), "held");
  assert.equal(await offer.tryHold(offer.eventId, { buyerId: anna }), "buyer_limit");

  await offer.send("PUT", "", { max_held_per_user: null });
  assert.equal(await offer.tryHold(family.ticket_type_id, two), "held");
  await assertInventoryAddsUp(world.sql, offer.eventId);
});
