import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { expireDue } from "../orders/expire_due.ts";
import { Line } from "../testing/line.ts";
import { RecordingProvider } from "../testing/recording_provider.ts";
import { createWorld, type World, type WorldOptions } from "../testing/world.ts";
import { leaveWaitlist } from "./leave_waitlist.ts";
import { serveWaitlist } from "./serve_waitlist.ts";

const OFFER_MS = 600_000;
const NOT_WAITING = [404, "Not in waitlist for this event"] as const;
const NO_OFFER = [404, "No open offer for this event"] as const;

/** A sold-out event, a user who waits, and an offer to that user of seats that came back. */
async function offerTo(
  options: WorldOptions,
  { wanted = {}, freed = 2 }: { wanted?: Record<string, unknown>; freed?: number } = {},
) {
  const world = await createWorld(options);
  const eventId = await world.createEvent({ capacity: 4 });
  const freedLater = await world.reserve({ eventId, quantity: freed });
  await world.reserve({ eventId, quantity: 4 - freed });
  const userId = newId();
  const entry = await world.waitlist.join(eventId, { quantity: 2, ...wanted }, userId);
  await giveBack(world, freedLater);
  await serveWaitlist(world.deps, eventId);
  return { world, eventId, userId, entry, offer: await world.waitlist.position(eventId, userId) };
}

/** A buyer gives a reservation back. */
async function giveBack(
  world: World,
  { bookingId, userId }: { bookingId: string; userId: string },
) {
  const token = await world.context.tokens.issueForUser(userId);
  const path = `http://booking.test/api/v1/bookings/${bookingId}`;
  const headers = { Authorization: `Bearer ${token}` };
  const { status } = await world.app.request(path, { method: "DELETE", headers });
  assert.equal(status, 200);
}

function confirm(
  world: World,
  { userId, reservationId }: { userId: string; reservationId: string },
) {
  const body = {
    reservation_id: reservationId,
    payment_token: "tok_visa",
    payment_method: "card",
  };
  return world.waitlist.send("POST", "/../bookings/confirm", { userId, body });
}

Deno.test("an offer is shown with what it costs and until when, and only its user can confirm it", async () => {
  const { world, eventId, userId, entry, offer } = await offerTo({});
  await using _world = world;
  const { reservation_id } = offer;
  const expiresAt = new Date(world.clock.now().getTime() + OFFER_MS).toISOString();
  assert.deepEqual(offer, {
    position: 0,
    total_waiting: 0,
    status: "offered",
    estimated_wait: "Next in line",
    quantity_requested: 2,
    offered_at: world.clock.now().toISOString(),
    expires_at: expiresAt,
    reservation_id,
    waitlist_id: entry.waitlist_id,
    min_quantity: 2,
    ticket_type_ids: [eventId],
    ahead: { entries: 0, seats: 0 },
    offer: {
      reservation_id,
      ticket_type_id: eventId,
      quantity: 2,
      partial: false,
      last: false,
      expires_at: expiresAt,
      total_amount: 3_000,
      currency: "INR",
    },
  });

  const stranger = await confirm(world, { userId: newId(), reservationId: reservation_id });
  assert.deepEqual([stranger.status, stranger.body.error], [
    403,
    "Reservation does not belong to authenticated user",
  ]);
  const confirmed = await confirm(world, { userId, reservationId: reservation_id });
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
  const after = await world.waitlist.position(eventId, userId);
  assert.deepEqual([after.status, after.offer, after.reservation_id], [
    "converted",
    undefined,
    undefined,
  ]);
  await world.waitlist.assertRefused(NOT_WAITING, "DELETE", "/leave", {
    userId,
    body: { event_id: eventId },
  });
  const again = await world.waitlist.join(eventId, {}, userId);
  assert.notEqual(again.waitlist_id, entry.waitlist_id, "who has bought can wait anew");
  await world.settle();
  await world.assertInvariants();
});

Deno.test("POST /waitlist/decline ends an entry with a full offer; it can join at the end", async () => {
  const { world, eventId, userId, offer } = await offerTo({});
  await using _world = world;
  const next = newId();
  await world.waitlist.join(eventId, {}, next);
  const body = { event_id: eventId };
  assert.deepEqual(await world.waitlist.ask("POST", "/decline", { userId, body }), {
    message: "Offer declined",
  });
  assert.equal((await world.waitlist.position(eventId, userId)).status, "expired");
  await world.waitlist.assertRefused(NO_OFFER, "POST", "/decline", { userId, body });
  const late = await confirm(world, { userId, reservationId: offer.reservation_id });
  assert.equal(late.status, 409, JSON.stringify(late.body));
  await serveWaitlist(world.deps, eventId);
  assert.equal((await world.waitlist.position(eventId, next)).status, "offered");

  const { status, position: place } = await world.waitlist.join(eventId, { quantity: 2 }, userId);
  assert.deepEqual([status, place], ["waiting", 1]);
  await world.settle();
  await world.assertInvariants();
});

Deno.test("POST /waitlist/decline of a partial offer keeps the place and waits for all", async () => {
  const wanted = { quantity: 3, fewer_welcome: true };
  const { world, eventId, userId, entry, offer } = await offerTo({}, { wanted });
  await using _world = world;
  assert.deepEqual([offer.offer.quantity, offer.offer.partial], [2, true]);
  await world.waitlist.join(eventId, { quantity: 4 });
  await world.waitlist.ask("POST", "/decline", { userId, body: { event_id: eventId } });
  const { status, position: place, min_quantity, waitlist_id } = await world.waitlist.position(
    eventId,
    userId,
  );
  assert.deepEqual([status, place, min_quantity, waitlist_id], [
    "waiting",
    1,
    3,
    entry.waitlist_id,
  ]);
  const changed = await world.waitlist.ask("PATCH", "", {
    userId,
    body: { event_id: eventId, quantity: 1 },
  });
  assert.deepEqual([changed.quantity, changed.position], [1, 1], "less than was offered before");
  await world.settle();
  await world.assertInvariants();
});

Deno.test("leaveWaitlist() gives back an offer that is made meanwhile", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  const { eventId } = line;
  const [userId, next] = await line.join(1, 1) as [string, string];
  await line.free(1);
  const { waitlist } = world.deps;
  let isFirst = true;
  // The statement reads the entry before the worker's has committed, and changes nothing after it.
  const overtaken: typeof waitlist.leave = async (input) => {
    if (!isFirst) return await waitlist.leave(input);
    isFirst = false;
    await line.serve();
    return undefined;
  };
  const deps = { ...world.deps, waitlist: { ...waitlist, leave: overtaken } };
  await assert.doesNotReject(leaveWaitlist(deps, { userId, eventId }));
  await line.serve();
  await world.waitlist.assertRefused(NOT_WAITING, "GET", `/position?event_id=${eventId}`, {
    userId,
  });
  assert.deepEqual(await line.states([next]), ["offered 1"]);
  await world.assertInvariants();
});

Deno.test("DELETE /waitlist/leave ends an open offer, and its seats go to the next", async () => {
  const { world, eventId, userId, offer } = await offerTo({});
  await using _world = world;
  const next = newId();
  await world.waitlist.join(eventId, { quantity: 2 }, next);
  await world.waitlist.ask("DELETE", `/leave?event_id=${eventId}`, { userId });
  const path = `/position?event_id=${eventId}`;
  await world.waitlist.assertRefused(NOT_WAITING, "GET", path, { userId });
  const late = await confirm(world, { userId, reservationId: offer.reservation_id });
  assert.equal(late.status, 409, JSON.stringify(late.body));
  await serveWaitlist(world.deps, eventId);
  assert.equal((await world.waitlist.position(eventId, next)).status, "offered");
  await world.settle();
  await world.assertInvariants();
});

Deno.test("PATCH /waitlist is 409 while there is an offer, unless it changes nothing", async () => {
  const { world, eventId, userId } = await offerTo({});
  await using _world = world;
  const error = "Cannot change waitlist entry as there is an offer: take, decline or leave it";
  const change = (quantity: number) =>
    ["PATCH", "", { userId, body: { event_id: eventId, quantity } }] as const;
  await world.waitlist.assertRefused([409, error], ...change(1));
  assert.equal((await world.waitlist.ask(...change(2))).status, "offered");
});

Deno.test("an offer lapses: it reads as expired at once and cannot be answered", async () => {
  const { world, eventId, userId, entry, offer } = await offerTo({});
  await using _world = world;
  world.clock.advance(OFFER_MS);
  const body = { event_id: eventId };
  for (const isSwept of [false, true]) {
    if (isSwept) await expireDue(world.deps);
    const { status, position: place, offer: shown } = await world.waitlist.position(
      eventId,
      userId,
    );
    assert.deepEqual([status, place, shown], ["expired", 0, undefined], `swept: ${isSwept}`);
    await world.waitlist.assertRefused(NO_OFFER, "POST", "/decline", { userId, body });
    const late = await confirm(world, { userId, reservationId: offer.reservation_id });
    assert.deepEqual([late.status, late.body.error], [400, "Reservation not found or expired"]);
  }
  const again = await world.waitlist.join(eventId, { quantity: 3 }, userId);
  assert.notEqual(again.waitlist_id, entry.waitlist_id);
  await world.settle();
  await world.assertInvariants();
});

for (
  const [method, path, verb] of [
    ["POST", "/decline", "decline offer as it"],
    ["DELETE", "/leave", "leave waitlist as the offer"],
  ] as const
) {
  Deno.test(`${method} /waitlist${path} is 409 while the offer is being paid for`, async () => {
    const payments = new RecordingProvider();
    const { world, eventId, userId, offer } = await offerTo({ payments });
    await using _world = world;
    const body = { event_id: eventId };
    const error = `Cannot ${verb} is being confirmed. Please try again.`;
    payments.beforeAuthorise = async () => {
      await world.waitlist.assertRefused([409, error], method, path, { userId, body });
      assert.equal((await world.waitlist.position(eventId, userId)).status, "offered");
    };
    const { status } = await confirm(world, { userId, reservationId: offer.reservation_id });
    assert.equal(status, 200);
    assert.equal((await world.waitlist.position(eventId, userId)).status, "converted");
  });
}
