import assert from "node:assert/strict";
import { eventDocument } from "./testing/documents.ts";
import { createSearchWorld, down } from "./testing/world.ts";

Deno.test("the filler fills until it has succeeded, then every five minutes", async () => {
  await using world = await createSearchWorld();
  let pages = 0;
  world.neighbours.beforePage = down;
  await assert.rejects(world.filler.runIfDue());
  assert.equal(world.filler.filled, false);

  world.neighbours.beforePage = () => void pages++;
  await world.filler.runIfDue();
  assert.equal(world.filler.filled, true);
  await world.filler.runIfDue();
  assert.equal(pages, 1);
  world.clock.advance(5 * 60_000);
  await world.filler.runIfDue();
  assert.equal(pages, 2);
});

Deno.test("the filler reads the events once, however many ask for it at a time", async () => {
  await using world = await createSearchWorld();
  let pages = 0;
  world.neighbours.pages = [[eventDocument()]];
  world.neighbours.beforePage = () => void pages++;
  assert.deepEqual(await Promise.all([world.filler.fill(), world.filler.fill()]), [1, 1]);
  assert.equal(pages, 1);
});

Deno.test("the filler makes good what a missed call would have said", async () => {
  await using world = await createSearchWorld();
  const event = eventDocument({ available_seats: 9 });
  await world.tell(event);
  world.clock.advance(1_000);
  world.neighbours.pages = [[{ ...event, available_seats: 2 }]];
  await world.filler.fill();
  const { body } = await world.send("GET", "/api/v1/search");
  assert.equal(body.results[0]?.available_seats, 2);
});
