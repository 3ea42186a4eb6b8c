import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createEventWorld, type EventWorld, seatsOf } from "../testing/world.ts";

const DAY_MS = 24 * 3_600_000;

/** Replaces the booking service: so many people wait for each event, for two tickets each. */
function letWait({ context }: EventWorld, entries: Record<string, number>): string[][] {
  const asked: string[][] = [];
  context.provide("booking", {
    async fetch(request: Request) {
      const { event_ids }: { event_ids: string[] } = await request.json();
      asked.push(event_ids);
      const events = event_ids.filter((id) => entries[id] !== undefined)
        .map((id) => ({ event_id: id, entries: entries[id]!, tickets: 2 * entries[id]! }));
      return Response.json({ events });
    },
  });
  return asked;
}

Deno.test("GET /admin/overview counts events, holds and people who wait, and tells what to do", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const at = (days: number) => new Date(world.clock.now().getTime() + days * DAY_MS).toISOString();
  const event = (name: string, days: number, options: { draft?: boolean } = {}) =>
    world.event({
      organiser,
      ...options,
      fields: { name, start_datetime: at(days), end_datetime: at(days + 1), total_capacity: 20 },
    });
  await event("Draft soon", 5, { draft: true });
  await event("Draft later", 15, { draft: true });
  await event("On sale", 3);
  const few = await event("Few left", 6);
  const full = await event("Full", 7);
  const wanted = await event("Wanted", 8);
  const gone = await event("Gone", 2);
  await world.send("DELETE", `/admin/events/${gone.event_id}`, organiser);
  await world.event({ fields: { name: "Of another" } });
  for (const quantity of [10, 9]) await seatsOf(world, few.event_id).held(quantity);
  for (const quantity of [10, 10]) await seatsOf(world, full.event_id).held(quantity);
  await seatsOf(world, wanted.event_id).waitlist(true);
  const asked = letWait(world, { [wanted.event_id]: 3 });

  const { status, body } = await world.send("GET", "/admin/overview", organiser);

  assert.equal(status, 200, JSON.stringify(body));
  assert.deepEqual(body.events, { draft: 2, published: 4, past: 0, cancelled: 1 });
  assert.deepEqual([body.held_seats, body.waiting], [39, { entries: 3, tickets: 6 }]);
  assert.deepEqual(
    body.needs_you.map(({ name, kind, available_seats, waiting }: Record<string, unknown>) => [
      name,
      kind,
      available_seats,
      waiting,
    ]),
    [
      ["Draft soon", "draft_starts_soon", 20, 0],
      ["Few left", "few_left", 1, 0],
      ["Full", "sold_out", 0, 0],
      ["Wanted", "people_wait", 0, 3],
    ],
  );
  assert.deepEqual(body.paused_webhooks, []);
  assert.deepEqual(asked, [[wanted.event_id]]);
});

Deno.test("GET /admin/overview of a new organiser is empty, and asks nobody", async () => {
  await using world = await createEventWorld();
  await world.event();
  const { status, body } = await world.send("GET", "/admin/overview", await world.actor());
  assert.equal(status, 200, "although the booking service is down");
  assert.deepEqual(body, {
    events: { draft: 0, published: 0, past: 0, cancelled: 0 },
    held_seats: 0,
    waiting: { entries: 0, tickets: 0 },
    needs_you: [],
    paused_webhooks: [],
  });
  assert.equal((await world.send("GET", "/admin/overview")).status, 401);
  const all = await world.send("GET", "/admin/overview", await world.actor("analyst"));
  assert.equal(all.body.events.published, 1);
});

Deno.test("GET /admin/overview is 503 if people may wait and the booking service is down", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser });
  await seatsOf(world, event_id).waitlist(true);
  assert.equal((await world.send("GET", "/admin/overview", organiser)).status, 503);
});

Deno.test("GET /admin/overview names webhooks that the platform paused", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const webhookId = newId();
  const now = world.clock.now();
  await world.sql`
    INSERT INTO webhooks (webhook_id, owner_id, url, topics, status, paused_at, paused_because, secret, created_at,
                          updated_at)
    VALUES (${webhookId}, ${organiser.admin_id}, 'https://example.com/hook', '{event.published}', 'paused', ${now},
            'failing', '\\x00', ${now}, ${now})`;
  const { body } = await world.send("GET", "/admin/overview", organiser);
  assert.deepEqual(body.paused_webhooks, [
    { webhook_id: webhookId, url: "https://example.com/hook" },
  ]);
});
