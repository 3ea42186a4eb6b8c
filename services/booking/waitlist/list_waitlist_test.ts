import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { cancelBooking } from "../orders/cancel_booking.ts";
import { knowUsers } from "../testing/organiser_client.ts";
import { createWorld, withCode } from "../testing/world.ts";
import { serveWaitlist } from "./serve_waitlist.ts";

const OFFER_MS = 600_000;
const HOUR_MS = 3_600_000;

Deno.test("an organiser sees who waits: places, passes, offers, and why there is none", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 4 });
  const [pair] = [
    await world.reserve({ eventId, quantity: 2 }),
    await world.reserve({ eventId, quantity: 2 }),
  ];
  const now = world.clock.now();
  const [group, single, third] = [newId(), newId(), newId()];
  knowUsers(world, { [group]: "Asha Rao", [third]: "Ben Okri" });
  const first = await world.waitlist.join(eventId, { quantity: 4 }, group);
  const second = await world.waitlist.join(eventId, {}, single);
  await world.waitlist.join(eventId, { quantity: 2, min_quantity: 1 }, third);
  await cancelBooking(world.deps, pair);
  await serveWaitlist(world.deps, eventId);
  world.clock.advance(1_000);

  const list = await world.organiser.waitlist(eventId, "?limit=2");
  const gathering = {
    code: "GATHERING",
    kept: 1,
    of: 4,
    passed: 1,
    until: new Date(now.getTime() + 12 * HOUR_MS).toISOString(),
  };
  const offer = await world.waitlist.position(eventId, single);
  assert.deepEqual(list, {
    entries: [
      {
        waitlist_id: first.waitlist_id,
        user_id: group,
        buyer_name: "Asha Rao",
        buyer_email: "asha.rao@example.com",
        position: 1,
        quantity: 4,
        min_quantity: 4,
        ticket_type_ids: [eventId],
        status: "waiting",
        joined_at: now.toISOString(),
        passed: 1,
        passes: [{ at: now.toISOString(), by_position: 2, seats: 1, kept: 1 }],
        why: gathering,
      },
      {
        waitlist_id: second.waitlist_id,
        user_id: single,
        position: 0,
        quantity: 1,
        min_quantity: 1,
        ticket_type_ids: [eventId],
        status: "offered",
        joined_at: now.toISOString(),
        passed: 0,
        passes: [],
        offered_at: now.toISOString(),
        expires_at: new Date(now.getTime() + OFFER_MS).toISOString(),
        offer: {
          reservation_id: offer.reservation_id,
          ticket_type_id: eventId,
          quantity: 1,
          partial: false,
          last: false,
        },
      },
    ],
    total: 3,
    page: 1,
    limit: 2,
    has_more: true,
    paused: false,
  });
  assert.deepEqual((await world.waitlist.position(eventId, group)).why, gathering, "as its user");

  const rest = await world.organiser.waitlist(eventId, "?limit=2&page=2");
  assert.deepEqual([rest.entries.length, rest.has_more], [1, false]);
  const [{ position, user_id, buyer_name, why }] = rest.entries;
  assert.deepEqual([position, user_id, buyer_name], [2, third, "Ben Okri"]);
  assert.deepEqual(why, { code: "BEHIND_A_GROUP", until: gathering.until });
});

Deno.test("an organiser pauses the offers: people join and wait, and are served on resuming", async () => {
  await using world = await createWorld();
  knowUsers(world, {});
  const eventId = await world.createEvent({ capacity: 1 });
  const reservation = await world.reserve({ eventId });
  const paused = { paused: true, paused_at: world.clock.now().toISOString() };
  assert.deepEqual(await world.organiser.pauseWaitlist(eventId, true), paused, "before anybody");
  world.clock.advance(1_000);
  assert.deepEqual(await world.organiser.pauseWaitlist(eventId, true), paused, "again");
  const userId = newId();
  await world.waitlist.join(eventId, {}, userId);
  await cancelBooking(world.deps, reservation);
  await serveWaitlist(world.deps, eventId);
  world.clock.advance(1_000);
  const { status, why } = await world.waitlist.position(eventId, userId);
  assert.deepEqual([status, why], ["waiting", { code: "PAUSED" }]);
  const { paused_at } = await world.organiser.waitlist(eventId);
  assert.equal(paused_at, paused.paused_at);
  await assert.rejects(world.reserve({ eventId }), withCode("NOT_ENOUGH_SEATS"));

  assert.deepEqual(await world.organiser.pauseWaitlist(eventId, false), { paused: false });
  await serveWaitlist(world.deps, eventId);
  assert.equal((await world.waitlist.position(eventId, userId)).status, "offered");
});

Deno.test("the waitlist of an event without any is empty", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent();
  const empty = { entries: [], total: 0, page: 1, limit: 20, has_more: false, paused: false };
  assert.deepEqual(await world.organiser.waitlist(eventId), empty);
});
