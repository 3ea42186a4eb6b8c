import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, type EventWorld, type Json } from "../testing/world.ts";

const NONE = { bookings: 0, tickets: 0 };
const AT = "2030-01-01T12:00:00.000Z";
const UNTIL = "2030-01-02T12:00:00.000Z";

/** The holds of one account, as the booking service sends them. */
function holdsOf(userId: string) {
  const lapsed = { bookings: 30, tickets: 90 };
  const paid = { bookings: 2, tickets: 4 };
  return {
    held: { bookings: 1, tickets: 3, accounts: 1 },
    paying: NONE,
    last_hour: { paid, lapsed },
    last_day: { paid: NONE, lapsed: NONE },
    accounts: [{
      user_id: userId,
      held: NONE,
      last_hour: { paid: NONE, lapsed },
      last_day: { paid: NONE, lapsed },
    }],
    blocks: [{ user_id: userId, blocked_at: AT, blocked_until: UNTIL }],
  };
}

/** Replaces the booking service; returns its requests. */
function replaceBooking(
  { context }: EventWorld,
  userId: string,
  { refusal }: { refusal?: Json } = {},
): string[] {
  const requests: string[] = [];
  context.provide("booking", {
    async fetch(request: Request) {
      assert.equal(request.headers.get("X-API-Key"), context.internalApiKey);
      const path = new URL(request.url).pathname;
      requests.push(`${request.method} ${path} ${await request.text()}`.trim());
      if (request.method === "GET") return Response.json(holdsOf(userId));
      if (refusal) return Response.json(refusal, { status: 409 });
      if (request.method === "DELETE") return Response.json({ was_blocked: true });
      return Response.json({
        user_id: userId,
        blocked_at: AT,
        blocked_until: UNTIL,
        released: { bookings: 1, tickets: 3 },
        left_waitlist: true,
      });
    },
  });
  return requests;
}

async function changesOf({ sql }: EventWorld, eventId: string) {
  const rows = await sql`
    SELECT action, admin_id, subject_id, fields FROM organisation_changes
     WHERE event_id = ${eventId} AND action LIKE 'buyer.%' ORDER BY happened_at, action`;
  return rows.map(({ action, admin_id, subject_id, fields }) => ({
    action,
    admin_id,
    subject_id,
    fields: fields.map((one: Json) => [one.field, one.to]),
  }));
}

Deno.test("GET /admin/events/{id}/holds shows counts, shares, accounts, blocks and a warning", async () => {
  await using world = await createEventWorld();
  const userId = newId();
  const requests = replaceBooking(world, userId);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { token } = organiser;
  const { status, body } = await world.send("GET", `/admin/events/${event_id}/holds`, { token });
  assert.equal(status, 200);
  const sent = holdsOf(userId);
  assert.deepEqual(body, {
    total_capacity: 100,
    held: sent.held,
    paying: NONE,
    last_hour: { ...sent.last_hour, lapsed_share: 0.938 },
    last_day: sent.last_day,
    warning: "few_accounts",
    accounts: [{ ...sent.accounts[0], blocked_until: UNTIL }],
    blocks: sent.blocks,
  });
  assert.deepEqual(requests, [`GET /internal/events/${event_id}/holds`]);
});

Deno.test("an organiser blocks and unblocks an account, and the log of changes has both", async () => {
  await using world = await createEventWorld();
  const userId = newId();
  const requests = replaceBooking(world, userId);
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { token } = organiser;
  const path = `/admin/events/${event_id}/holds/blocks/${userId}`;

  const made = await world.send("PUT", path, { token, body: {} });
  assert.equal(made.status, 200);
  assert.deepEqual(made.body.released, { bookings: 1, tickets: 3 });
  await world.send("PUT", path, { token, body: { hours: 2 } });
  const undone = await world.send("DELETE", path, { token });
  assert.deepEqual([undone.status, undone.body], [200, { was_blocked: true }]);

  const internal = `/internal/events/${event_id}/holds/blocks/${userId}`;
  assert.deepEqual(requests, [
    `PUT ${internal} {"hours":24}`,
    `PUT ${internal} {"hours":2}`,
    `DELETE ${internal}`,
  ]);
  const by = { admin_id: organiser.admin_id, subject_id: event_id };
  const changes = await changesOf(world, event_id);
  assert.deepEqual(
    new Set(changes.map((one) => JSON.stringify(one))),
    new Set([
      { action: "buyer.blocked", ...by, fields: [["account", userId], ["hours", 24]] },
      { action: "buyer.blocked", ...by, fields: [["account", userId], ["hours", 2]] },
      { action: "buyer.unblocked", ...by, fields: [["account", userId]] },
    ].map((one) => JSON.stringify(one))),
  );
});

Deno.test("a block that the booking service refuses is 409, and the log says so", async () => {
  await using world = await createEventWorld();
  const userId = newId();
  const refusal = { error: "Cannot block", code: "BLOCKS_FULL", request_id: "r" };
  replaceBooking(world, userId, { refusal });
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const { status, body } = await world.send(
    "PUT",
    `/admin/events/${event_id}/holds/blocks/${userId}`,
    { token: organiser.token, body: { hours: 1 } },
  );
  assert.deepEqual([status, body.code], [409, "BLOCKS_FULL"]);
  const changes = await changesOf(world, event_id);
  assert.deepEqual(changes.map(({ action }) => action).sort(), [
    "buyer.block_refused",
    "buyer.blocked",
  ]);
});

const ROUTES = [["GET", ""], ["PUT", "/blocks/"], ["DELETE", "/blocks/"]] as const;

for (const [method, rest] of ROUTES) {
  Deno.test(`${method} /admin/events/{id}/holds${rest} is refused with 400, 401, 403, 404 and 503`, async () => {
    await using world = await createEventWorld();
    const userId = newId();
    const organiser = await world.actor();
    const { event_id } = await world.event({ organiser });
    const send = async (id: string, token?: string, user = userId) => {
      const sent = { ...(token ? { token } : {}), ...(method === "PUT" ? { body: {} } : {}) };
      const path = `/admin/events/${id}/holds${rest && rest + user}`;
      const { status, body } = await world.send(method, path, sent);
      return [status, body.error];
    };
    assert.equal((await send(event_id, organiser.token))[0], 503, "the booking service is down");
    const requests = replaceBooking(world, userId);
    assert.deepEqual(await send("x", organiser.token), [400, "Invalid event ID"]);
    if (rest) {
      assert.deepEqual(await send(event_id, organiser.token, "x"), [400, "Invalid user ID format"]);
    }
    assert.equal((await send(event_id))[0], 401);
    const user = await world.context.tokens.issueForUser(newId());
    assert.equal((await send(event_id, user))[0], 401, "of a buyer");
    const stranger = await world.actor();
    const notYours = [404, "Event not found or you don't have permission"];
    assert.deepEqual(await send(event_id, stranger.token), notYours);
    assert.deepEqual(await send(newId(), organiser.token), notYours);
    const analyst = await world.actor("analyst");
    assert.equal((await send(event_id, analyst.token))[0], method === "GET" ? 200 : 403);
    assert.equal(requests.length, method === "GET" ? 1 : 0, "no other reached the bookings");
  });
}

Deno.test("PUT /admin/events/{id}/holds/blocks/{user_id} refuses hours that are none", async () => {
  await using world = await createEventWorld();
  replaceBooking(world, newId());
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  const path = `/admin/events/${event_id}/holds/blocks/${newId()}`;
  const cases: [unknown, string][] = [
    [0, "hours must be at least 1"],
    [169, "hours must be at most 168"],
    [1.5, "hours must be a whole number"],
    ["1", "hours must be a whole number"],
  ];
  for (const [hours, error] of cases) {
    const { status, body } = await world.send("PUT", path, {
      token: organiser.token,
      body: { hours },
    });
    assert.deepEqual([status, body.error], [400, error]);
    assert.equal(body.details[0].path, "hours");
  }
  assert.deepEqual(await changesOf(world, event_id), []);
});
