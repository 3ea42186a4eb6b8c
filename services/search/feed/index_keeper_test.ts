import assert from "node:assert/strict";
import { createSearchWorld, down, eventDocument, type SearchWorld } from "../testing/world.ts";

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
