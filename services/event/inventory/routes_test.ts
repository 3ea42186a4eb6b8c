import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import {
  assertInventoryAddsUp,
  countSeats,
  createEventWorld,
  type EventWorld,
  HOLD_TTL_MS,
  outcomes,
  seatsOf,
} from "../testing/world.ts";

/** Creates an event with this many seats. */
async function onSale(world: EventWorld, totalCapacity: number) {
  const { event_id } = await world.event({ fields: { total_capacity: totalCapacity } });
  return {
    event_id,
    seats: seatsOf(world, event_id),
    count: () => countSeats(world.sql, event_id),
  };
}

Deno.test("holdSeats() grants exactly as many concurrent holds as there are seats", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 40);

  const answers = await Promise.all(
    Array.from({ length: 30 }, () => seats.hold(Array.from({ length: 5 }, () => ({})))),
  );

  const all = answers.flatMap(outcomes);
  assert.equal(all.filter((outcome) => outcome === "held").length, 40);
  assert.equal(all.filter((outcome) => outcome === "refused").length, 110);
  assert.deepEqual(await count(), { available: 0, held: 40, sold: 0, set_aside: 0 });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("holdSeats() returns terms, available seats and a growing change number", async () => {
  await using world = await createEventWorld();
  const refundPolicy = [{ hours_before: 12, percent: 75 }];
  const event = await world.event({ fields: { total_capacity: 10, refund_policy: refundPolicy } });
  const seats = seatsOf(world, event.event_id);

  const first = await seats.hold([{ quantity: 3 }]);
  const second = await seats.hold([{ quantity: 2 }]);

  assert.deepEqual(first.event, {
    on_sale: true,
    unit_price_minor: 149_950,
    ticket_name: "General admission",
    currency: "INR",
    max_tickets_per_booking: 10,
    start_datetime: event.start_datetime,
    refund_policy: refundPolicy,
    waitlist_open: false,
  });
  assert.equal(first.available_seats, 7);
  assert.equal(second.available_seats, 5);
  assert.ok(second.seq > first.seq);
});

Deno.test("holdSeats() holds each allocation whole or not at all", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 5);

  const answer = await seats.hold([{ quantity: 3 }, { quantity: 4 }, { quantity: 2 }]);

  assert.deepEqual(outcomes(answer), ["held", "refused", "held"]);
  assert.equal((await count()).available, 0);
});

Deno.test("holdSeats() holds for one of several what that one asked for", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 5);
  const id = newId();

  const answer = await seats.hold([{ quantity: 6 }, { id, quantity: 2 }, { quantity: 4 }]);

  assert.deepEqual(outcomes(answer), ["refused", "held", "refused"]);
  const [again] = (await seats.hold([{ id }])).results;
  assert.ok(again?.outcome === "existing" && again.quantity === 2);
  assert.equal((await count()).held, 2);
});

Deno.test("holdSeats() refuses more than the maximum per booking", async () => {
  await using world = await createEventWorld();
  const { seats } = await onSale(world, 100);
  assert.deepEqual(outcomes(await seats.hold([{ quantity: 11 }, { quantity: 10 }])), [
    "refused",
    "held",
  ]);
});

Deno.test("holdSeats() takes nothing for an existing allocation and describes it", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 10);
  const id = await seats.held(2);

  const again = await seats.hold([{ id, quantity: 4 }]);

  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  assert.deepEqual(again.results, [{
    allocation_id: id,
    outcome: "existing",
    quantity: 2,
    gives: 1,
    state: "held",
    unit_price_minor: 149_950,
    expires_at: expiresAt,
  }]);
  assert.equal((await count()).held, 2);
});

Deno.test("holdSeats() takes the seats of a repeated id once", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 10);
  const id = newId();

  const answer = await seats.hold([{ id, quantity: 2 }, {}, { id, quantity: 2 }]);

  assert.deepEqual(outcomes(answer), ["held", "held", "existing"]);
  const [, , twin] = answer.results;
  assert.ok(twin?.outcome === "existing" && twin.quantity === 2 && twin.state === "held");
  assert.equal((await count()).held, 3);
});

Deno.test("holdSeats() leaves the seats that a replay does not need to others", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 4);
  const first = await seats.held();
  const second = await seats.held();

  const answer = await seats.hold([{ id: first }, { id: second }, {}, {}, {}]);

  assert.deepEqual(outcomes(answer), ["existing", "existing", "held", "held", "refused"]);
  assert.equal((await count()).available, 0);
});

Deno.test("holdSeats() reports a replay on a sold-out event as existing", async () => {
  await using world = await createEventWorld();
  const { seats } = await onSale(world, 1);
  const id = await seats.held();
  assert.deepEqual(outcomes(await seats.hold([{}, { id }])), ["refused", "existing"]);
});

Deno.test("holdSeats() holds a released allocation again only with revive", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 5);
  const id = await seats.held(2);
  await seats.release(id);

  const plain = await seats.hold([{ id, quantity: 3 }]);
  assert.ok(plain.results[0]?.outcome === "existing" && plain.results[0].state === "released");
  assert.equal((await count()).held, 0);

  assert.deepEqual(outcomes(await seats.hold([{ id, quantity: 3 }], { revive: true })), ["held"]);
  assert.equal((await count()).held, 3);
  await assertInventoryAddsUp(world.sql);
});

Deno.test("holdSeats() refuses unknown events, drafts and events that have begun", async () => {
  await using world = await createEventWorld();
  const draft = await world.event({ draft: true });
  const begun = await world.event();
  world.clock.advance(31 * 24 * 3_600_000);

  for (const eventId of [newId(), draft.event_id, begun.event_id]) {
    const answer = await seatsOf(world, eventId).hold([{}]);
    assert.deepEqual(outcomes(answer), ["refused"]);
    assert.equal(answer.event.on_sale, false);
  }
});

Deno.test("commitSeats() sells held seats, is idempotent, refuses unknown and released ones", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 10);
  const held = await seats.held(2);
  const released = await seats.held();
  await seats.release(released);

  const answer = await seats.commit(held, released, newId(), held);

  assert.deepEqual(outcomes(answer), ["committed", "refused", "refused", "committed"]);
  assert.deepEqual(outcomes(await seats.commit(held)), ["committed"]);
  assert.deepEqual(await count(), { available: 8, held: 0, sold: 2, set_aside: 0 });
});

Deno.test("an expired hold cannot be sold or extended", async () => {
  await using world = await createEventWorld();
  const { event_id, seats } = await onSale(world, 10);
  const id = await seats.held();
  world.clock.advance(HOLD_TTL_MS);

  assert.deepEqual(outcomes(await seats.commit(id)), ["refused"]);
  const later = new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  const extended = await world.internal("POST", `/events/${event_id}/seats/extend`, {
    items: [{ allocation_id: id, expires_at: later }],
  });
  assert.deepEqual(outcomes(extended.body), ["refused"]);
});

Deno.test("commitSeats() refuses holds of an ended event and keeps earlier sales", async () => {
  await using world = await createEventWorld();
  const { seats, event_id } = await onSale(world, 10);
  const [sold, held] = [await seats.held(), await seats.held()];
  await seats.commit(sold);
  const [{ end_at }] = await world.sql<[{ end_at: Date }]>`
    UPDATE events SET start_at = ${world.clock.now()}, end_at = ${world.clock.now()}::timestamptz + interval '1 s'
     WHERE event_id = ${event_id} RETURNING end_at`;
  world.clock.set(end_at);
  assert.deepEqual(outcomes(await seats.commit(sold, held)), ["committed", "refused"]);
});

Deno.test("extendSeats() never shortens a hold", async () => {
  await using world = await createEventWorld();
  const { event_id, seats } = await onSale(world, 10);
  const id = await seats.held();
  const extend = (byMs: number) =>
    world.internal("POST", `/events/${event_id}/seats/extend`, {
      items: [{
        allocation_id: id,
        expires_at: new Date(world.clock.now().getTime() + byMs).toISOString(),
      }],
    });

  assert.deepEqual(outcomes((await extend(2 * HOLD_TTL_MS)).body), ["extended"]);
  assert.deepEqual(outcomes((await extend(1_000)).body), ["extended"]);
  world.clock.advance(2 * HOLD_TTL_MS - 1);
  assert.deepEqual(outcomes(await seats.commit(id)), ["committed"]);
});

Deno.test("releaseSeats() releases held and sold seats once", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 10);
  const held = await seats.held(2);
  const sold = await seats.held(3);
  await seats.commit(sold);

  const answers = await Promise.all(
    Array.from({ length: 8 }, () => seats.release(held, sold, newId(), held)),
  );

  const released = answers.flatMap(({ results }) =>
    results.filter(({ outcome }) => outcome === "released").map(({ allocation_id }) =>
      allocation_id
    )
  );
  assert.deepEqual(released.toSorted(), [held, sold].toSorted());
  assert.deepEqual(await count(), { available: 10, held: 0, sold: 0, set_aside: 0 });
});

Deno.test("an open waitlist keeps released seats from the public", async () => {
  await using world = await createEventWorld();
  const { seats, count } = await onSale(world, 3);
  const id = await seats.held(2);

  await seats.waitlist(true);
  await seats.waitlist(true);
  const refused = await seats.hold([{}]);
  assert.deepEqual(outcomes(refused), ["refused"]);
  assert.equal(refused.event.waitlist_open, true);

  await seats.release(id);
  assert.deepEqual(await count(), { available: 0, held: 0, sold: 0, set_aside: 3 });
  assert.deepEqual(
    outcomes(await seats.hold([{ quantity: 2 }, { quantity: 2 }], { source: "waitlist" })),
    ["held", "refused"],
  );
  await assertInventoryAddsUp(world.sql);

  await seats.waitlist(false);
  assert.deepEqual(await count(), { available: 1, held: 2, sold: 0, set_aside: 0 });
  assert.deepEqual(outcomes(await seats.hold([{}])), ["held"]);
  await assertInventoryAddsUp(world.sql);
});

Deno.test("openWaitlist() lets somebody wait whom the public seats cannot serve", async () => {
  await using world = await createEventWorld();
  const { seats, event_id: eventId, count } = await onSale(world, 3);
  const path = `/events/${eventId}/waitlist`;
  const open = (...minQuantities: number[]) =>
    world.internal("POST", `${path}/open`, {
      wanted: minQuantities.map((few) => ({ ticket_type_ids: [eventId], min_quantity: few })),
    });
  await seats.held(2);

  const opened = await open(1, 2, 1);
  assert.equal(opened.status, 200);
  assert.deepEqual(opened.body.results, ["available", "waits", "waits"]);
  assert.deepEqual(await count(), { available: 0, held: 2, sold: 0, set_aside: 1 });

  const listed = async () => {
    const question = { event_ids: [eventId, newId()] };
    const answer = await world.internal("POST", "/waitlist/supply", question);
    assert.equal(answer.status, 200);
    return answer.body.events;
  };
  const [event, ...others] = await listed();
  assert.deepEqual(others, []);
  assert.deepEqual([event.on_sale, event.set_aside], [true, { 0: 1 }]);
  const [type] = event.types;
  assert.deepEqual([type.ticket_type_id, type.open, type.generation], [eventId, true, 1]);
  assert.deepEqual([type.pools, type.units, type.status], [[0], [1], "active"]);

  const close = (generation: number) =>
    world.internal("POST", `${path}/close`, {
      types: [{ ticket_type_id: eventId, generation }],
    });
  await open(1);
  assert.deepEqual((await close(1)).body.closed, [], "somebody began to wait since");
  assert.deepEqual(await count(), { available: 0, held: 2, sold: 0, set_aside: 1 });
  assert.deepEqual((await close(2)).body.closed, [eventId]);
  assert.deepEqual(await count(), { available: 1, held: 2, sold: 0, set_aside: 0 });
  assert.deepEqual((await close(2)).body.closed, [eventId]);
  await assertInventoryAddsUp(world.sql);
});

Deno.test("nobody can wait for an unknown event, nor for one that is not on sale", async () => {
  await using world = await createEventWorld();
  const open = async (eventId: string) => {
    const wanted = [{ ticket_type_ids: [eventId], min_quantity: 1 }];
    return (await world.internal("POST", `/events/${eventId}/waitlist/open`, { wanted })).body;
  };
  assert.deepEqual(await open(newId()), { outcome: "unknown_event" });
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 1 } });
  await seatsOf(world, event_id).held();
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
  assert.deepEqual(await open(event_id), { outcome: "not_on_sale" });
});

Deno.test("release() keeps what it is told to, whatever comes before or after", async () => {
  await using world = await createEventWorld();
  const { seats, event_id: eventId, count } = await onSale(world, 10);
  const [held, sold] = [await seats.held(4), await seats.held(4)];
  await seats.commit(sold);
  const release = async (...keep: number[]) => {
    const batches = [{ event_id: eventId, allocation_ids: [held, sold], keep }];
    const answer = await world.internal("POST", "/seats/release", { batches });
    assert.equal(answer.status, 200);
    return outcomes(answer.body.batches[0]);
  };
  assert.deepEqual(await release(3, 1), ["released", "released"]);
  assert.deepEqual(await count(), { available: 6, held: 3, sold: 1, set_aside: 0 });
  assert.deepEqual(await release(3, 2), ["unchanged", "unchanged"]);
  assert.deepEqual(await release(2, 0), ["released", "released"]);
  assert.deepEqual(await release(3, 3), ["unchanged", "unchanged"]);
  assert.deepEqual(await count(), { available: 8, held: 2, sold: 0, set_aside: 0 });
  assert.deepEqual(outcomes(await seats.commit(held)), ["committed"]);
  assert.deepEqual(await count(), { available: 8, held: 0, sold: 2, set_aside: 0 });
  await assertInventoryAddsUp(world.sql);
});

Deno.test("a cancelled event sells nothing and its sold seats can be released", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const seats = seatsOf(world, event_id);
  const held = await seats.held();
  const sold = await seats.held();
  await seats.commit(sold);
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });

  assert.deepEqual(outcomes(await seats.hold([{}])), ["refused"]);
  assert.deepEqual(outcomes(await seats.commit(held)), ["refused"]);
  assert.deepEqual(outcomes(await seats.release(held, sold)), ["released", "released"]);
  await assertInventoryAddsUp(world.sql);
});

Deno.test("commit, release and extend change nothing of an unknown event", async () => {
  await using world = await createEventWorld();
  const unknown = newId();
  const seats = seatsOf(world, unknown);
  assert.deepEqual(outcomes(await seats.commit(newId())), ["refused"]);
  assert.deepEqual(outcomes(await seats.release(newId())), ["unchanged"]);
  const extended = await world.internal("POST", `/events/${unknown}/seats/extend`, {
    items: [{ allocation_id: newId(), expires_at: world.clock.now().toISOString() }],
  });
  assert.deepEqual(outcomes(extended.body), ["refused"]);
});

Deno.test("seat routes refuse malformed batches with 400", async () => {
  await using world = await createEventWorld();
  const { event_id, count } = await onSale(world, 10);
  const expiresAt = new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  const item = { allocation_id: newId(), quantity: 1, expires_at: expiresAt };
  const batch = (fields: Record<string, unknown>) => ({ batches: [{ event_id, ...fields }] });
  const bodies = [
    {},
    { batches: [] },
    batch({}),
    batch({ items: [] }),
    batch({ items: Array.from({ length: 513 }, () => item) }),
    { batches: times(2, () => ({ event_id, items: times(257, () => item) })) },
    batch({ items: [{ ...item, quantity: 0 }] }),
    batch({ items: [{ ...item, quantity: 1e300 }] }),
    batch({ items: [{ ...item, quantity: 1.5 }] }),
    batch({ items: [{ ...item, allocation_id: "1" }] }),
    batch({ items: [{ ...item, expires_at: "0000-01-01T00:00:00Z" }] }),
    batch({ items: [{ ...item, expires_at: "soon" }] }),
    { ...batch({ items: [item] }), source: "nobody" },
    batch({ event_id: "42", items: [item] }),
    "{",
  ];
  for (const body of bodies) {
    const answer = await world.internal("POST", "/seats/hold", body);
    assert.equal(answer.status, 400, JSON.stringify(body));
  }
  const ids = { batches: times(2, () => ({ event_id, allocation_ids: times(257, newId) })) };
  for (const verb of ["commit", "release"]) {
    assert.equal((await world.internal("POST", `/seats/${verb}`, ids)).status, 400);
  }
  assert.equal((await count()).held, 0);
});

Deno.test("seat routes require the internal key", async () => {
  await using world = await createEventWorld();
  const path = "http://event.test/internal/seats/hold";
  const without = await world.service.app.fetch(new Request(path, { method: "POST" }), {});
  assert.equal(without.status, 401);
  assert.equal((await without.json()).error, "Missing or invalid API key");
  const headers = { "X-API-Key": "guess" };
  const wrong = await world.service.app.fetch(new Request(path, { method: "POST", headers }), {});
  assert.equal(wrong.status, 403);
  assert.equal((await wrong.json()).error, "Invalid API key");
});
