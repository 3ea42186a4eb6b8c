import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, transaction } from "@evently/shared/postgres";
import { createHookWorld, type HookWorld } from "../testing/hooks.ts";
import { type Actor, seatsOf } from "../testing/world.ts";
import { numberChanges } from "../search_feed/number_changes.ts";
import { claimLane } from "./sale_states_sql.ts";
import { EVENT_TOPICS } from "./topics.ts";

/** The topics of what was received, in no order. */
function topics(world: HookWorld): string[] {
  return world.receiver.received.map(({ body }) => body.topic).toSorted();
}

async function update(
  world: HookWorld,
  { token }: Actor,
  eventId: string,
  body: unknown,
): Promise<void> {
  const answer = await world.send("PUT", `/admin/events/${eventId}`, { token, body });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
}

Deno.test("an event tells its publication, its changes and its cancellation; a draft tells nothing", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: EVENT_TOPICS });
  const { event_id } = await world.event({ organiser, draft: true });
  await update(world, organiser, event_id, { name: "Draft" });
  await world.deliver();
  assert.deepEqual(topics(world), []);
  await update(world, organiser, event_id, { status: "published" });
  await update(world, organiser, event_id, { status: "published", name: "Draft" });
  await update(world, organiser, event_id, { name: "Renamed" });
  await update(world, organiser, event_id, { status: "cancelled" });
  await world.deliver();
  assert.deepEqual(topics(world), ["event.cancelled", "event.changed", "event.published"]);
  const changed = world.receiver.received.find(({ body }) => body.topic === "event.changed");
  const { body: shown } = await world.send("GET", `/events/${event_id}`);
  assert.equal(changed?.body.data.name, "Renamed");
  assert.deepEqual(
    Object.keys(changed?.body.data).filter((key) => !(key in shown)),
    [],
    "nothing but what the public sees",
  );
});

Deno.test("an event tells of changes of its ticket types, its pools and its venue; a draft does not", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser);
  const { event_id, venue_id } = await world.event({ organiser });
  const draft = await world.event({ organiser, draft: true, fields: { venue_id } });
  const { token } = organiser;
  let told = 0;
  async function change(method: string, path: string, body?: unknown) {
    const answer = await world.send(method, path, { token, body });
    assert.ok(answer.status < 300, JSON.stringify(answer.body));
    await world.deliver();
    const news = world.receiver.received.slice(told);
    told += news.length;
    return { answer: answer.body, news: news.map(({ body }) => [body.topic, body.data.event_id]) };
  }
  const once = [["event.changed", event_id]];
  for (const [id, expected] of [[event_id, once], [draft.event_id, []]] as const) {
    const offer = `/admin/events/${id}`;
    const pool = await change("POST", `${offer}/pools`, { name: "Balcony", capacity: 10 });
    const poolPath = `${offer}/pools/${pool.answer.pool_id}`;
    const type = await change("POST", `${offer}/ticket-types`, { name: "Child", price: 1 });
    const typePath = `${offer}/ticket-types/${type.answer.ticket_type_id}`;
    const changes = [
      pool,
      await change("PUT", poolPath, { capacity: 12 }),
      await change("PUT", poolPath.replace(pool.answer.pool_id, id), { capacity: 90 }),
      await change("DELETE", poolPath),
      type,
      await change("PUT", typePath, { price: 2 }),
      await change("DELETE", typePath),
    ];
    for (const { news } of changes) assert.deepEqual(news, expected);
    assert.deepEqual((await change("PUT", offer, { total_capacity: 90 })).news, [], "no change");
  }

  const venue = `/admin/venues/${venue_id}`;
  assert.deepEqual((await change("PUT", venue, { name: "New Hall" })).news, once);
  assert.equal(world.receiver.received.at(-1)?.body.data.venue_name, "New Hall");
  assert.deepEqual((await change("PUT", venue, { name: "New Hall" })).news, [], "no change");
  world.clock.set(new Date((await world.send("GET", `/events/${event_id}`)).body.end_datetime));
  const late = { token: await world.tokenOf(organiser), body: { name: "Old Hall" } };
  assert.equal((await world.send("PUT", venue, late)).status, 200);
  await world.deliver();
  assert.equal(world.receiver.received.length, told, "it is over");
});

Deno.test("webhooks get the topics that they have", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: ["event.cancelled"] });
  const { event_id } = await world.event({ organiser });
  await update(world, organiser, event_id, { name: "Renamed" });
  await update(world, organiser, event_id, { status: "cancelled" });
  await world.deliver();
  assert.deepEqual(topics(world), ["event.cancelled"]);
});

Deno.test("a change that is rolled back tells nothing", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: EVENT_TOPICS });
  const { event_id } = await world.event({ organiser, draft: true });
  const { token } = organiser;
  const body = { status: "published", total_capacity: 50, version: 99 };
  const { status } = await world.send("PUT", `/admin/events/${event_id}`, { token, body });
  assert.equal(status, 409);
  await world.deliver();
  assert.deepEqual(topics(world), []);
});

Deno.test("an event tells once that it sold out, and once that it has seats again", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: ["event.sold_out", "event.available"] });
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 2 } });
  const seats = seatsOf(world, event_id);
  const tell = async () => {
    await numberChanges({ seatSql: world.sql });
    await Promise.all([world.tellSoldOut(), world.tellSoldOut()]);
    await world.tellSoldOut();
    await world.deliver();
    return topics(world);
  };
  const [first, second] = [await seats.held(), await seats.held()];
  assert.deepEqual(await tell(), ["event.sold_out"]);
  const { data } = world.receiver.received[0]!.body;
  assert.deepEqual([data.event_id, data.status, data.available_seats], [event_id, "sold_out", 0]);
  await seats.commit(first);
  assert.deepEqual(await tell(), ["event.sold_out"], "nothing new");
  await seats.release(second);
  assert.deepEqual(await tell(), ["event.available", "event.sold_out"]);
  await seats.held();
  assert.deepEqual(await tell(), ["event.available", "event.sold_out", "event.sold_out"]);
});

/** A fact as the booking service sends it, with more than it should. */
function bookingFact(eventId: string, fields: Record<string, unknown> = {}) {
  return {
    message_id: newId(),
    topic: "booking.confirmed",
    event_id: eventId,
    created_at: "2030-01-01T12:00:00Z",
    data: {
      booking_id: newId(),
      booking_reference: "EVT-ABC234",
      quantity: 2,
      total_amount: 2_999,
      currency: "INR",
      email: "buyer@example.com",
      payment_token: "tok_secret",
    },
    ...fields,
  };
}

Deno.test("POST /internal/webhooks/facts delivers a fact once, without what is not public", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: ["booking.confirmed"] });
  const { event_id } = await world.event({ organiser });
  const fact = bookingFact(event_id);
  assert.deepEqual(await world.fact(fact), { deliveries: 1 });
  assert.deepEqual(await world.fact(fact), { deliveries: 0 });
  await world.deliver();
  assert.deepEqual(await world.fact(fact), { deliveries: 0 });
  await world.deliver();
  const [received, ...more] = world.receiver.received;
  assert.equal(more.length, 0);
  const { email: _, payment_token: __, ...data } = fact.data;
  assert.deepEqual(received?.body, {
    id: fact.message_id,
    topic: "booking.confirmed",
    created_at: "2030-01-01T12:00:00.000Z",
    data: { event_id, ...data },
  });
  assert.ok(!received?.text.includes("tok_secret") && !received?.text.includes("@example.com"));
});

Deno.test("POST /internal/webhooks/facts tells organisers of their own events alone", async () => {
  await using world = await createHookWorld();
  const [one, another] = [await world.actor(), await world.actor()];
  const superAdmin = await world.actor("super_admin");
  await world.hook(one, { url: world.receiver.url("/one"), topics: ["booking.confirmed"] });
  await world.hook(another, { url: world.receiver.url("/another"), topics: ["booking.confirmed"] });
  await world.hook(superAdmin, {
    url: world.receiver.url("/super"),
    topics: ["booking.confirmed"],
  });
  const { event_id } = await world.event({ organiser: one });
  assert.deepEqual(await world.fact(bookingFact(event_id)), { deliveries: 1 });
  assert.deepEqual(await world.fact(bookingFact(newId())), { deliveries: 0 }, "of no event");
  await world.deliver();
  assert.deepEqual(world.receiver.received.map(({ path }) => path), ["/one"]);
});

Deno.test("POST /internal/webhooks/wanted tells what webhooks want of events", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  await world.hook(organiser, { topics: ["booking.confirmed"] });
  await world.hook(organiser, { topics: ["booking.confirmed", "waitlist.joined"] });
  const { event_id } = await world.event({ organiser });
  const { event_id: ofAnother } = await world.event();
  const ask = (eventIds: unknown) =>
    world.internal("POST", "/webhooks/wanted", { event_ids: eventIds });
  const { status, body } = await ask([event_id, ofAnother, newId()]);
  assert.equal(status, 200);
  assert.deepEqual(body, {
    events: [{ event_id, topics: ["booking.confirmed", "waitlist.joined"] }],
  });
  assert.equal((await ask([])).status, 400);
  assert.equal((await ask(["x"])).status, 400);
  assert.equal((await ask(Array.from({ length: 101 }, () => newId()))).status, 400);
});

Deno.test("a lane of the feed is claimed once from where it was read", async () => {
  await using world = await createHookWorld();
  const { change } = await exactlyOne(
    world.sql<{ change: number }[]>`SELECT change FROM webhook_feed WHERE lane = 0`,
    (row) => row,
  );
  const claim = (last: number) =>
    transaction(world.sql, (tx) => claimLane(tx, { lane: 0, change }, { last }));
  assert.deepEqual([await claim(change + 2), await claim(change + 1)], [true, false]);
});

Deno.test("POST /internal/webhooks/facts ignores topics of a later version", async () => {
  await using world = await createHookWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  assert.deepEqual(await world.fact(bookingFact(event_id, { topic: "booking.dreamt" })), {
    deliveries: 0,
  });
});

Deno.test("POST /internal/webhooks/facts is refused with 400 and 401", async () => {
  await using world = await createHookWorld();
  const fact = bookingFact(newId());
  const cases: [unknown, RegExp][] = [
    [{}, /facts/],
    [{ facts: [] }, /facts/],
    [{ facts: Array(101).fill(fact) }, /facts/],
    [{ facts: [{ ...fact, message_id: "x" }] }, /message_id/],
    [{ facts: [{ ...fact, topic: undefined }] }, /topic/],
    [{ facts: [{ ...fact, event_id: undefined }] }, /event_id/],
    [{ facts: [{ ...fact, created_at: "now" }] }, /created_at/],
    [{ facts: [{ ...fact, data: undefined }] }, /data/],
  ];
  for (const [body, named] of cases) {
    const answer = await world.internal("POST", "/webhooks/facts", body);
    assert.equal(answer.status, 400, JSON.stringify(body));
    assert.match(answer.body.error, named);
  }
  const request = new Request("http://event.test/internal/webhooks/facts", { method: "POST" });
  const { status } = await world.service.app.fetch(request, {});
  assert.equal(status, 401);
});
