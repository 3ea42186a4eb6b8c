import assert from "node:assert/strict";
import {
  type Actor,
  createEventWorld,
  type EventWorld,
  numberedChanges,
  seatsOf,
} from "../testing/world.ts";

const HOUR_MS = 3_600_000;
const STALE = "Event was updated by another admin. Please refresh and try again.";

/** An event in each state, by the state's name. */
const STATES: Record<string, (world: EventWorld, organiser: Actor) => Promise<string>> = {
  draft: async (world, organiser) => (await world.event({ organiser, draft: true })).event_id,
  published: async (world, organiser) => (await world.event({ organiser, fields: FULL })).event_id,
  sold_out: async (world, organiser) => {
    const { event_id } = await world.event({ organiser, fields: { total_capacity: 1 } });
    await seatsOf(world, event_id).held();
    return event_id;
  },
  running: async (world, organiser) => {
    const { event_id, start_datetime } = await world.event({ organiser });
    world.clock.set(new Date(Date.parse(start_datetime) + HOUR_MS));
    return event_id;
  },
  ended: async (world, organiser) => {
    const { event_id, end_datetime } = await world.event({ organiser });
    world.clock.set(new Date(Date.parse(end_datetime) + HOUR_MS));
    return event_id;
  },
  cancelled: async (world, organiser) => {
    const { event_id } = await world.event({ organiser });
    const { token } = organiser;
    await world.send("PUT", `/admin/events/${event_id}`, { token, body: { status: "cancelled" } });
    return event_id;
  },
};

const FULL = {
  description: "Lights",
  timezone: "Asia/Kolkata",
  image_url: "https://x.test/a.png",
  access_notes: "Ramp at gate 2",
  refund_policy: [{ hours_before: 2, percent: 10 }, { hours_before: 48, percent: 90 }],
};

for (const [state, make] of Object.entries(STATES)) {
  Deno.test(`sending back what was read of a ${state} event changes nothing`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const path = `/admin/events/${await make(world, organiser)}`;
    const token = await world.context.tokens.issueForAdmin({
      adminId: organiser.admin_id,
      role: "event_manager",
      permissions: "{}",
    });
    const put = (body: unknown) => world.send("PUT", path, { token, body });
    const read = async () => (await world.send("GET", "/admin/events", { token })).body.events[0];
    const before = await read();
    const changes = () => numberedChanges(world);
    const [fed] = [await changes()];
    world.clock.advance(1_000);

    const { version: _, ...unguarded } = before;
    const spelled = {
      name: ` ${before.name}\u0020`,
      start_datetime: before.start_datetime.replace("Z", "+00:00"),
      end_datetime: before.end_datetime.toLowerCase(),
      currency: before.currency.toLowerCase(),
    };
    const readOnly = { venue_name: "Elsewhere", created_by: organiser.admin_id, created_at: "now" };
    for (const body of [before, unguarded, {}, spelled, readOnly, { version: before.version }]) {
      const { status, body: after } = await put(body);
      assert.deepEqual([status, after], [200, before], JSON.stringify(body));
    }
    const stale = await put({ ...before, version: before.version + 1 });
    assert.deepEqual([stale.status, stale.body.error], [409, STALE]);
    const nothing = await put(undefined);
    assert.deepEqual([nothing.status, nothing.body.error], [
      400,
      "Invalid JSON: the request has no body",
    ]);

    assert.deepEqual(await read(), before);
    assert.deepEqual(await changes(), fed);
  });
}

Deno.test("updateEvent() validates only the values that differ from the stored ones", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor("super_admin");
  const { event_id, ...event } = await world.event({ organiser });
  world.clock.advance(
    Date.parse(event.start_datetime) - world.clock.now().getTime() + 60_000,
  );
  const token = await world.context.tokens.issueForAdmin({
    adminId: organiser.admin_id,
    role: "super_admin",
    permissions: "{}",
  });
  const put = (body: unknown) =>
    world.send("PUT", `/admin/events/${event_id}`, {
      token,
      body: { ...event, ...body as object },
    });

  const described = await put({ description: "Doors are open" });
  assert.deepEqual([described.status, described.body.version], [200, event.version + 1]);
  const past = new Date(world.clock.now().getTime() - 1).toISOString();
  const refused = await put({ start_datetime: past, version: undefined });
  assert.deepEqual(
    [refused.status, refused.body.error],
    [400, "Start datetime must be in the future"],
  );
  const later = new Date(Date.parse(event.end_datetime) + HOUR_MS).toISOString();
  const longer = await put({ end_datetime: later, description: undefined, version: undefined });
  assert.deepEqual([longer.status, longer.body.end_datetime], [200, later]);
});

Deno.test("updateVenue() changes nothing when the stored values are sent back", async () => {
  await using world = await createEventWorld();
  const owner = await world.actor();
  const rows = [{ seats: 12, name: "A" }];
  const [layoutConfig, reordered] = [{ rows, hall: 1 }, { hall: 1, rows }];
  const { venue_id, ...venue } = await world.venue(
    {
      state: "Goa",
      postal_code: "1",
      layout_config: layoutConfig,
      latitude: 18.519,
      longitude: 73.855,
    },
    owner,
  );
  await world.event({ fields: { venue_id } });
  const feed = await numberedChanges(world);
  world.clock.advance(1_000);
  const path = `/admin/venues/${venue_id}`;
  const { token } = owner;

  for (const body of [venue, {}, { city: "Pune ", layout_config: reordered }]) {
    const answer = await world.send("PUT", path, { token, body });
    assert.deepEqual([answer.status, answer.body], [200, { venue_id, ...venue }]);
  }
  const nothing = await world.send("PUT", path, { token });
  assert.deepEqual([nothing.status, nothing.body.error], [
    400,
    "Invalid JSON: the request has no body",
  ]);
  assert.deepEqual(await numberedChanges(world), feed);
});
