import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, createOffer, type Offer } from "../testing/world.ts";

/** State and available tickets of each type, by name. */
async function seen(offer: Offer): Promise<Record<string, [string, number]>> {
  const types = await offer.types();
  return Object.fromEntries(types.map(({ name, state, available }) => [name, [state, available]]));
}

Deno.test("types of a draft are on sale soon, and those of an event that has begun no more", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id: eventId, start_datetime } = await world.event({ organiser, draft: true });
  const offer = await createOffer(world, { organiser, eventId });
  await offer.type({ name: "Paused", status: "paused" });
  const states = async () => Object.values(await seen(offer));
  assert.deepEqual(await states(), [["soon", 0], ["paused", 0]]);
  assert.equal(await offer.tryHold(eventId), "not_on_sale");

  await offer.send("PUT", "", { status: "published" });
  assert.deepEqual(await states(), [["on_sale", 100], ["paused", 0]]);
  assert.equal(await offer.tryHold(eventId), "held");

  world.clock.set(new Date(start_datetime));
  const token = await world.context.tokens.issueForAdmin({
    adminId: organiser.admin_id,
    role: "event_manager",
    permissions: "{}",
  });
  const path = `/admin/events/${eventId}/ticket-types`;
  const { body } = await world.send("GET", path, { token });
  assert.deepEqual([body.ticket_types[0].state, body.ticket_types[0].available], ["ended", 0]);
  assert.equal(await offer.tryHold(eventId), "not_on_sale");
});

Deno.test("a type that no order can have is sold out, whatever is free", async () => {
  await using world = await createEventWorld();
  const offer = await createOffer(world, { fields: { max_tickets_per_booking: 6 } });
  const group = await offer.type({ name: "Group", gives: 2, min_per_order: 4 });
  const table = await offer.type({ name: "Table", gives: 4 });
  const hold = (id: string, quantity: number) => offer.tryHold(id, { quantity, buyerId: newId() });

  assert.deepEqual(await seen(offer), {
    "General admission": ["on_sale", 100],
    Group: ["sold_out", 0],
    Table: ["on_sale", 25],
  });
  assert.equal(await hold(group.ticket_type_id, 4), "max");

  await offer.send("PUT", "", { max_held_per_user: 3 });
  assert.deepEqual((await seen(offer)).Table, ["sold_out", 0]);
  assert.equal(await hold(table.ticket_type_id, 1), "buyer_limit");

  await offer.send("PUT", "", { max_held_per_user: 8, max_tickets_per_booking: 8 });
  assert.deepEqual((await seen(offer)).Group, ["on_sale", 50]);
  assert.equal(await hold(group.ticket_type_id, 4), "held");
});
