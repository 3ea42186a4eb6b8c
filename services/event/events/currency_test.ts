import assert from "node:assert/strict";
import { createEventWorld, createOffer, seatsOf } from "../testing/world.ts";

Deno.test("prices have the decimals of the event's currency", async () => {
  await using world = await createEventWorld();
  for (
    const [currency, base_price, price] of [
      ["JPY", 2_147_483_647, 1_500],
      ["KWD", 2_147_483.647, 0.005],
      ["IQD", 1.25, 0.5],
      ["INR", 1_499.5, 0.01],
    ] as const
  ) {
    const organiser = await world.actor();
    const offer = await createOffer(world, { organiser, fields: { currency, base_price } });
    const type = await offer.type({ name: "Second", price });
    assert.deepEqual([type.price, type.currency], [price, currency]);
    const { body } = await world.send("GET", `/events/${offer.eventId}`);
    assert.deepEqual(
      [body.base_price, body.currency, body.price_range],
      [base_price, currency, { min: price, max: base_price }],
    );
    const changed = await offer.change(type.ticket_type_id, { price: 7 });
    assert.equal(changed.price, 7);
    const path = `/admin/events/${offer.eventId}`;
    const { token } = organiser;
    const refused = await world.send("PUT", path, { token, body: { base_price: 1.0001 } });
    assert.equal(refused.status, 400);
    assert.match(refused.body.error, /^base_price must have at most \d decimals in [A-Z]{3}$/);
    assert.equal(refused.body.details[0].path, "base_price");
  }
});

Deno.test("a change of currency keeps the numbers of all prices, or is refused", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const fields = { currency: "INR", base_price: 1_500 };
  const offer = await createOffer(world, { organiser, fields });
  const type = await offer.type({ name: "Second", price: 99.5 });
  const { token } = organiser;
  const change = (body: Record<string, unknown>) =>
    world.send("PUT", `/admin/events/${offer.eventId}`, { token, body });

  const refused = await change({ currency: "JPY" });
  assert.equal(refused.status, 400);
  assert.deepEqual(refused.body.details, [{
    path: "currency",
    message: "currency must have every price of the event: JPY has no 99.5",
  }]);
  await offer.change(type.ticket_type_id, { price: 100 });
  const { body } = await change({ currency: "JPY" });
  assert.deepEqual([body.currency, body.base_price, body.price_range], [
    "JPY",
    1_500,
    { min: 100, max: 1_500 },
  ]);
  const priced = await change({ currency: "KWD", base_price: 4.125 });
  assert.deepEqual(priced.body.price_range, { min: 4.125, max: 100 });
});

Deno.test("the currency of an event that ever sold a ticket stays", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const seats = seatsOf(world, event_id);
  const sold = await seats.held(1);
  await seats.commit(sold);
  await seats.release(sold);
  const answer = await world.send("PUT", `/admin/events/${event_id}`, {
    token: organiser.token,
    body: { currency: "USD" },
  });
  assert.deepEqual([answer.status, answer.body.code, answer.body.error], [
    409,
    "EVENT_STATE_CONFLICT",
    "Cannot change currency as the event has sold tickets: current value is INR",
  ]);
});
