import assert from "node:assert/strict";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import { Line } from "../testing/line.ts";
import { createWorld, type World } from "../testing/world.ts";

async function availability({ app }: World, eventId: string) {
  const path = `/api/v1/bookings/check-availability?event_id=${eventId}&quantity=1`;
  const { status, body } = await readAnswer(
    app.request(jsonRequest("GET", `http://booking.test${path}`)),
  );
  assert.equal(status, 200);
  return body;
}

Deno.test("check-availability tells strangers how many wait for a sold-out event", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 2 });
  assert.equal((await availability(world, line.eventId)).waiting, 0);
  const [first] = await line.join(1, 2, 1);
  world.clock.advance(5_000);
  assert.equal((await availability(world, line.eventId)).waiting, 3);
  await world.waitlist.ask("DELETE", `/leave?event_id=${line.eventId}`, { userId: first! });
  assert.equal((await availability(world, line.eventId)).waiting, 3, "some seconds old");
  world.clock.advance(5_000);
  assert.equal((await availability(world, line.eventId)).waiting, 2);
});

Deno.test("check-availability counts nobody while something is left", async () => {
  await using world = await createWorld();
  const eventId = await world.createEvent({ capacity: 1 });
  world.deps.facts.waiting = () => assert.fail("asked");
  assert.ok(!("waiting" in await availability(world, eventId)));
});

Deno.test("check-availability answers without the count if that cannot be had", async () => {
  await using world = await createWorld();
  const line = await Line.of(world, { seats: 1 });
  world.deps.facts.waiting = () => Promise.reject(new Error("down"));
  const body = await availability(world, line.eventId);
  assert.deepEqual([body.available, body.available_seats], [false, 0]);
  assert.ok(!("waiting" in body));
});
