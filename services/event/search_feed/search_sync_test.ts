import assert from "node:assert/strict";
import { Hono } from "hono";
import { type Logger, SILENT_LOGGER } from "@evently/shared/log";
import { searchSyncOver } from "./search_sync.ts";
import { createEventWorld, type EventWorld, type Json, seatsOf } from "../testing/world.ts";

/** The updates that the search service received, in order: a document's status and name, or `deleted`. */
function provideSearch(world: EventWorld) {
  const told: { event_id: string; what: string; document?: Json }[] = [];
  let waiting: (() => void) | undefined;
  function tell(entry: typeof told[number]) {
    told.push(entry);
    waiting?.();
  }
  const app = new Hono()
    .post("/internal/search/events", async (c) => {
      assert.equal(c.req.header("X-API-Key"), world.context.internalApiKey);
      const { event } = await c.req.json();
      tell({ event_id: event.event_id, what: event.status, document: event });
      return c.json({ status: "indexed" });
    })
    .delete("/internal/search/events/:id", (c) => {
      tell({ event_id: c.req.param("id"), what: `deleted ${c.req.query("version")}` });
      return c.json({ status: "deleted" });
    });
  world.context.provide("search", app);
  return {
    told,
    /** The last update after `change` was called. */
    async toldBy(change: () => Promise<unknown>): Promise<string | undefined> {
      const heard = new Promise<void>((resolve) => waiting = resolve);
      await change();
      await heard;
      return told.at(-1)?.what;
    },
  };
}

Deno.test("search is updated before an organiser's change is answered", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { told } = provideSearch(world);
  const { event_id } = await world.event({ organiser });
  const last = () => told.at(-1)!;
  const update = (body: unknown) =>
    world.send("PUT", `/admin/events/${event_id}`, { token: organiser.token, body });

  assert.equal(last().what, "published");
  await update({ name: "Renamed" });
  assert.equal(last().document.name, "Renamed");
  assert.equal(last().document.version, 3);
  await update({ status: "draft" });
  assert.equal(last().what, "deleted 4");
  await update({ status: "published" });
  assert.equal(last().what, "published");
  await world.send("DELETE", `/admin/events/${event_id}`, { token: organiser.token });
  assert.equal(last().what, "deleted 6");
});

Deno.test("search is updated when an event sells out and when seats return", async () => {
  await using world = await createEventWorld();
  const search = provideSearch(world);
  const { event_id } = await world.event({ fields: { total_capacity: 2 } });
  const seats = seatsOf(world, event_id);

  await seats.held();
  assert.equal(search.told.at(-1)?.what, "published");
  let last = "";
  assert.equal(
    await search.toldBy(async () => {
      last = await seats.held();
    }),
    "sold_out",
  );
  assert.equal(await search.toldBy(() => seats.release(last)), "published");
});

Deno.test("updateVenue() updates the search documents of published events", async () => {
  await using world = await createEventWorld();
  const { told } = provideSearch(world);
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue();
  const { event_id } = await world.event({ fields: { venue_id } });
  await world.event({ fields: { venue_id }, draft: true });
  const before = told.length;

  await world.send("PUT", `/admin/venues/${venue_id}`, { token, body: { city: "Nashik" } });

  assert.deepEqual(
    told.slice(before).map(({ event_id, document }) => [event_id, document.venue_city]),
    [[event_id, "Nashik"]],
  );
});

Deno.test("changes succeed while search is down", async () => {
  await using world = await createEventWorld();
  world.context.provide("search", { fetch: () => Promise.reject(new Error("gone")) });
  const event = await world.event({ fields: { total_capacity: 1 } });
  assert.equal(event.status, "published");
  await seatsOf(world, event.event_id).held();
});

Deno.test("eventChanged() stops waiting after its limit and logs it", async () => {
  await using world = await createEventWorld();
  const { event_id } = await world.event();
  const warnings: unknown[] = [];
  const log: Logger = { ...SILENT_LOGGER, warn: (_, fields) => void warnings.push(fields) };
  const asked = Promise.withResolvers<void>();
  const answered = Promise.withResolvers<Response>();
  const search = searchSyncOver({
    clock: world.clock,
    binding: {
      fetch() {
        asked.resolve();
        return answered.promise;
      },
    },
    internalKey: world.context.internalApiKey,
    sql: world.sql,
    log,
    maxWaitMs: 1,
  });
  await search.eventChanged(event_id);
  await asked.promise;
  answered.resolve(new Response("{}"));
  assert.deepEqual(
    warnings.map((fields) => {
      const { event_id, error } = fields as { event_id: string; error: Error };
      return [event_id, error.message];
    }),
    [[event_id, "Search took more than 1 ms to take a change"]],
  );
});
