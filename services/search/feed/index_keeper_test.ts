import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import { changesUpTo } from "@evently/shared/feed_position";
import { times } from "@evently/shared/testing";
import { openEmbedded } from "../index/open.ts";
import type { EventChange } from "../index/search_index.ts";
import { createIndexKeeper } from "./index_keeper.ts";
import {
  createSearchWorld,
  down,
  eventDocument,
  eventQuery,
  NOW,
  positionAt,
  type SearchWorld,
} from "../testing/world.ts";

/** Time in which a full index is filled again at the latest. */
const FULL_REST_MS = 600_000;

async function namesFound(world: SearchWorld): Promise<string[]> {
  const { body } = await world.send("GET", "/api/v1/search?sort=date");
  return body.results.map(({ name }) => name);
}

async function catchUp({ keeper }: SearchWorld): Promise<void> {
  while (await keeper.catchUp());
}

Deno.test("catchUp() fills a new index once the event service answers", async () => {
  await using world = await createSearchWorld();
  world.neighbours.pages = [[eventDocument({ name: "a" })]];
  world.neighbours.beforePage = down;
  await assert.rejects(world.keeper.catchUp());
  assert.equal(world.keeper.filled, false);
  world.neighbours.beforePage = () => {};
  await catchUp(world);
  assert.equal(world.keeper.filled, true);
  assert.deepEqual(await namesFound(world), ["a"]);
});

Deno.test("catchUp() applies missed changes and reads no page twice", async () => {
  await using world = await createSearchWorld();
  const event = eventDocument({ name: "before" });
  world.neighbours.pages = [[event]];
  await catchUp(world);
  const read: number[] = [];
  world.neighbours.beforePage = (page) => void read.push(page);
  world.neighbours.pages.push([{ ...event, name: "after" }, { event_id: event.eventId }]);
  world.neighbours.pages.push([{ ...event, name: "last" }]);
  await catchUp(world);
  assert.deepEqual(await namesFound(world), ["last"]);
  assert.deepEqual(read, [1, 2]);
});

Deno.test("catchUp() rebuilds the index after the feed's database was restored", async () => {
  await using world = await createSearchWorld();
  world.neighbours.pages = [[eventDocument({ name: "lost" }), eventDocument({ name: "lost too" })]];
  await catchUp(world);
  world.neighbours.pages = [[eventDocument({ name: "restored" })]];
  await catchUp(world);
  assert.deepEqual(await namesFound(world), ["restored"]);
});

Deno.test("rebuild() joins a running rebuild", async () => {
  await using world = await createSearchWorld();
  let pages = 0;
  world.neighbours.pages = [[eventDocument()]];
  world.neighbours.beforePage = () => void pages++;
  assert.deepEqual(await Promise.all([world.keeper.rebuild(), world.keeper.rebuild()]), [1, 1]);
  // The page, and what came after it.
  assert.equal(pages, 2);
});

Deno.test("an index is current until the feed was not read to its end for two seconds", async () => {
  await using world = await createSearchWorld();
  assert.equal(world.keeper.current, false);
  world.neighbours.pages = [[eventDocument()], [eventDocument()]];
  while (await world.keeper.catchUp());
  assert.equal(world.keeper.current, true);
  world.neighbours.beforePage = down;
  world.neighbours.pages.push([eventDocument()]);
  await assert.rejects(world.keeper.catchUp());
  world.clock.advance(1_999);
  assert.equal(world.keeper.current, true);
  world.clock.advance(1);
  assert.deepEqual([world.keeper.current, world.keeper.filled], [false, true]);
  world.neighbours.beforePage = () => {};
  while (await world.keeper.catchUp());
  assert.equal(world.keeper.current, true);
});

Deno.test("a full index is emptied, takes nothing for a while, and is then filled again", async () => {
  const clock = new ManualClock(NOW);
  const index = await openEmbedded({ maxEvents: 2 });
  const events = times(3, () => eventDocument());
  const changes: EventChange[] = [];
  let reads = 0;
  const keeper = createIndexKeeper({
    index,
    clock,
    log: SILENT_LOGGER,
    feed: {
      after(position) {
        reads++;
        const last = positionAt(changes.length);
        // As in the real feed, the last change of each event.
        const latest = new Map(changes.map((change) => [change.eventId, change]));
        const rest = [...latest.values()].filter(({ change }) => change > changesUpTo(position));
        return Promise.resolve({ changes: rest, position: last, more: false, last });
      },
    },
  });
  function change(document: EventChange["document"], eventId: string): EventChange {
    const made = { eventId, change: changes.length + 1, document };
    changes.push(made);
    return made;
  }
  for (const event of events.slice(0, 2)) change(event, event.eventId);
  while (await keeper.catchUp());
  assert.deepEqual([keeper.current, index.size], [true, 2]);

  const [removed, , last] = events as [typeof events[0], unknown, typeof events[0]];
  await keeper.apply([change(last, last!.eventId)]);
  assert.deepEqual([keeper.current, keeper.filled], [false, false]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  assert.equal(index.size, 0);

  const before = reads;
  await keeper.apply([change(undefined, removed!.eventId)]);
  assert.equal(await keeper.catchUp(), false);
  assert.deepEqual([reads, keeper.filled], [before, false]);

  clock.advance(FULL_REST_MS);
  while (await keeper.catchUp());
  assert.deepEqual([keeper.current, index.size], [true, 2]);
  assert.equal((await index.search(eventQuery())).total, 2);
});
