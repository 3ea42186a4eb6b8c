import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { TestContext } from "@evently/shared/testing";
import { createEventWorld, createOffer, type Json, seatsOf } from "../testing/world.ts";

/** Replaces the booking service; returns the events that it was asked about. */
function takeMoney(context: TestContext, takings: unknown): string[] {
  const asked: string[] = [];
  context.provide("booking", {
    fetch(request: Request) {
      assert.equal(request.headers.get("X-API-Key"), context.internalApiKey);
      asked.push(new URL(request.url).pathname);
      return Response.json({ takings });
    },
  });
  return asked;
}

Deno.test("analytics count the seats sold now and the money paid less refunds", async () => {
  await using world = await createEventWorld();
  const asked = takeMoney(world.context, [
    { currency: "EUR", gross_minor: 1_000, refunded_minor: 1_000 },
    { currency: "INR", gross_minor: 1_000_050, refunded_minor: 250_025 },
  ]);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 30 } });
  const seats = seatsOf(world, event_id);
  await seats.commit(await seats.held(3));
  const cancelled = await seats.held(2);
  await seats.commit(cancelled);
  await seats.release(cancelled);
  await seats.held(5);

  const { status, body } = await world.send("GET", `/admin/events/${event_id}/analytics`, {
    token: organiser.token,
  });

  assert.equal(status, 200);
  assert.deepEqual(Object.entries(body), [
    ["event_id", event_id],
    ["name", "Diwali Night"],
    ["total_capacity", 30],
    ["available_seats", 22],
    ["tickets_sold", 3],
    ["capacity_utilization", 10],
    ["base_price", 1_499.5],
    ["estimated_revenue", 7_500.25],
    ["gross", 10_000.5],
    ["refunded", 2_500.25],
    ["net", 7_500.25],
    ["held_seats", 5],
    ["currency", "INR"],
    ["status", "published"],
    ["other_takings", [{ currency: "EUR", gross: 10, refunded: 10, net: 0 }]],
    ["by_type", [{
      ticket_type_id: event_id,
      name: "General admission",
      sold: 3,
      held: 5,
      estimated_revenue: 4_498.5,
    }]],
  ]);
  assert.deepEqual(asked, [`/internal/events/${event_id}/takings`]);
});

Deno.test("analytics count tickets and their prices by type, archived types too", async () => {
  await using world = await createEventWorld();
  takeMoney(world.context, []);
  const offer = await createOffer(world, { fields: { total_capacity: 40, base_price: 10 } });
  const family = await offer.type({ name: "Family", price: 30, gives: 4 });
  const early = await offer.type({ name: "Early", price: 5, capacity: 8 });
  const seats = seatsOf(world, offer.eventId);
  await seats.commit(
    await offer.held(family.ticket_type_id, { quantity: 2 }),
    await offer.held(early.ticket_type_id, { quantity: 3 }),
  );
  await offer.change(family.ticket_type_id, { price: 99 });
  await seats.commit(await offer.held(family.ticket_type_id));
  await offer.held(family.ticket_type_id);
  await seats.release(await offer.held(early.ticket_type_id));
  await offer.change(early.ticket_type_id, { status: "archived" });

  const { body } = await offer.send("GET", "/analytics");

  assert.deepEqual(
    body.by_type.map((type: Json) => [type.name, type.sold, type.held, type.estimated_revenue]),
    [["General admission", 0, 0, 0], ["Family", 3, 1, 159], ["Early", 3, 0, 15]],
  );
  assert.deepEqual([body.tickets_sold, body.held_seats, body.available_seats], [15, 4, 21]);
});

Deno.test("analytics of an event without sales are zeroes", async () => {
  await using world = await createEventWorld();
  takeMoney(world.context, []);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { body } = await world.send("GET", `/admin/events/${event_id}/analytics`, {
    token: organiser.token,
  });
  const { estimated_revenue, gross, refunded, net, other_takings } = body;
  assert.deepEqual([estimated_revenue, gross, refunded, net, other_takings], [
    0,
    0,
    0,
    0,
    undefined,
  ]);
});

Deno.test("analytics are visible to the owner, analysts and super admins", async () => {
  await using world = await createEventWorld();
  const asked = takeMoney(world.context, []);
  const { event_id } = await world.event();
  const look = async (token: string, id = event_id) =>
    (await world.send("GET", `/admin/events/${id}/analytics`, { token })).status;
  const stranger = await world.actor();
  assert.equal(await look(stranger.token), 404);
  assert.equal(await look(stranger.token, newId()), 404);
  assert.deepEqual(asked, []);
  for (const role of ["analyst", "super_admin"] as const) {
    assert.equal(await look((await world.actor(role)).token), 200, role);
  }
});

Deno.test("analytics answer 503 while the booking service is down", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { status } = await world.send("GET", `/admin/events/${event_id}/analytics`, {
    token: organiser.token,
  });
  assert.equal(status, 503);
});
