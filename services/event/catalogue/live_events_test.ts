import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import { newId } from "@evently/shared/ids";
import { readEventStream } from "@evently/shared/testing";
import type { OpenService } from "@evently/shared/services";
import { createEventWorld, type EventWorld, seatsOf } from "../testing/world.ts";
import { LiveEvents, type PublicSeenEvent } from "./live_events.ts";
import { PublicEvents } from "./public_events.ts";

/** As old as what another process has read may be. */
const CACHE_MS = 1_000;

Deno.test("a stream begins with the availability and tells of each change once", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const live = await watch(world, event_id);
  assert.match(live.headers.get("Content-Type")!, /^text\/event-stream/);
  const { body: read } = await world.send("GET", `/events/${event_id}/availability`);
  const first = await live.message();
  assert.equal(first.event, "availability");
  assert.deepEqual({ ...first.data, last_updated: read.last_updated }, read);

  await seatsOf(world, event_id).held(3);
  await tell(world.service);
  await tell(world.service);
  await seatsOf(world, event_id).held(1);
  await tell(world.service);

  const messages = [await live.message(), await live.message()];
  assert.deepEqual(messages.map(({ data }) => data.available_seats), [97, 96]);
  assert.equal(new Set([first, ...messages].map(({ id }) => id)).size, 3);
});

Deno.test("what another process sells is told within the second, with the same id", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const other = await world.anotherProcess();
  const [here, there] = [await watch(world, event_id), await watch(world, event_id, { at: other })];
  const [first, same] = [await here.message(), await there.message()];
  assert.equal(first.id, same.id);

  await seatsOf(world, event_id).held(2);
  world.clock.advance(CACHE_MS + 1);
  await tell(other);

  const told = await there.message();
  assert.equal(told.data.available_seats, 98);
  const known = await watch(world, event_id, { lastId: told.id });
  await seatsOf(world, event_id).held(1);
  await tell(world.service);
  assert.equal((await known.message()).data.available_seats, 97, "the first was known");
});

Deno.test("a sale that ends and an event that is cancelled are told; an event that is hidden is gone", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const event = await world.event({ organiser });
  const live = await watch(world, event.event_id);
  assert.equal((await live.message()).data.on_sale, true);
  const change = (body: unknown) =>
    world.send("PUT", `/admin/events/${event.event_id}`, { token: organiser.token, body });

  await change({ status: "draft" });
  await tell(world.service);
  assert.deepEqual(await live.message(), { event: "gone", data: {}, id: undefined });
  await live.end();

  await change({ status: "published" });
  const again = await watch(world, event.event_id);
  await again.message();
  const cancelled = await world.event({ organiser });
  const third = await watch(world, cancelled.event_id);
  await third.message();
  await world.send("DELETE", `/admin/events/${cancelled.event_id}`, { token: organiser.token });
  await tell(world.service);
  assert.equal((await third.message()).data.status, "cancelled");
  world.clock.set(new Date(event.start_datetime));
  await tell(world.service);
  assert.equal((await again.message()).data.on_sale, false);
});

Deno.test("drafts and unknown events have no stream; a HEAD request opens none", async () => {
  await using world = await createEventWorld({ maxStreams: 1 });
  const draft = await world.event({ draft: true });
  for (const id of [draft.event_id, newId()]) {
    assert.equal((await world.send("GET", `/events/${id}/live`)).status, 404);
  }
  assert.equal((await world.send("GET", "/events/x/live")).status, 400);
  const { event_id } = await world.event();
  const head = await world.send("HEAD", `/events/${event_id}/live`);
  assert.equal(head.status, 200);
  const live = await watch(world, event_id);
  assert.equal((await live.message()).event, "availability", "there is still room");
});

Deno.test("streams end as the process stops, and no other is opened", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const live = await watch(world, event_id);
  await live.message();
  world.service.endStreams!();
  await live.end();
  const { status, headers } = await world.send("GET", `/events/${event_id}/live`);
  assert.deepEqual([status, headers.get("Retry-After")], [503, "5"]);
});

Deno.test("there is a most of streams, and one read a pass however many watch an event", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const publicEvents = new PublicEvents({ sql: world.sql, clock: world.clock });
  const event = (await publicEvents.find(event_id)) as PublicSeenEvent;
  let reads = 0;
  const find = () => Promise.resolve((reads++, event));
  const live = new LiveEvents({ publicEvents: { find }, clock: world.clock, maxStreams: 3 });
  for (let n = 0; n < 3; n++) live.watch(event, undefined);
  assert.throws(() => live.watch(event, undefined), Unavailable);
  await live.tell();
  assert.equal(reads, 1);
  live.close();
  await live.tell();
  assert.equal(reads, 1, "nobody watches any more");
});

Deno.test("a database that is silent ends what can be called live no more", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const clock = new ManualClock(world.clock.now());
  const publicEvents = new PublicEvents({ sql: world.sql, clock });
  const event = (await publicEvents.find(event_id)) as PublicSeenEvent;
  const find = () => Promise.reject(new Error("no answer"));
  const live = new LiveEvents({ publicEvents: { find }, clock });
  const reader = readEventStream(live.watch(event, undefined).body);
  await reader.message();
  clock.advance(5_000);
  await live.tell();
  clock.advance(1);
  await live.tell();
  await reader.end();
});

/** A pass of the worker that tells readers. */
async function tell({ workers }: OpenService): Promise<void> {
  await workers.find(({ name }) => name === "tell readers of live events")!.runNow();
}

async function watch(
  world: EventWorld,
  eventId: string,
  { at = world.service, lastId }: { at?: OpenService; lastId?: string | undefined } = {},
) {
  const headers: HeadersInit = lastId === undefined ? {} : { "Last-Event-ID": lastId };
  const url = `http://event.test/api/v1/events/${eventId}/live`;
  const response = await at.app.fetch(new Request(url, { headers }), {});
  assert.equal(response.status, 200);
  return { headers: response.headers, ...readEventStream(response.body!) };
}
