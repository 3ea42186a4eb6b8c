import assert from "node:assert/strict";
import { createEventWorld, eventFields, type EventWorld, type Json } from "../testing/world.ts";

/** An organiser with an event, and what is sent as that organiser. */
async function stage(world: EventWorld, fields: Record<string, unknown> = {}) {
  const organiser = await world.actor();
  const { token } = organiser;
  const event = await world.event({ organiser, fields });
  const change = (body: Record<string, unknown>) =>
    world.send("PUT", `/admin/events/${event.event_id}`, { token, body });
  const seen = async (): Promise<Json> =>
    (await world.send("GET", `/events/${event.event_id}`)).body;
  return { organiser, event, change, seen };
}

Deno.test("access notes are set, normalised, seen by everybody and taken away", async () => {
  await using world = await createEventWorld();
  const { change, seen } = await stage(world, { access_notes: " Ramp at the cafe\u0301 \n" });
  assert.equal((await seen()).access_notes, "Ramp at the café");
  assert.equal((await change({ access_notes: "Lift to row F" })).status, 200);
  assert.equal((await seen()).access_notes, "Lift to row F");
  for (const none of ["", null]) {
    await change({ access_notes: "Ramp" });
    assert.equal((await change({ access_notes: none })).status, 200);
    assert.ok(!("access_notes" in await seen()));
  }
});

Deno.test("access notes and pictures that break a rule are refused, and nothing changes", async () => {
  await using world = await createEventWorld();
  const { organiser: { token }, event, change, seen } = await stage(world);
  const before = await seen();
  const cases: [Record<string, unknown>, string][] = [
    [{ access_notes: "x".repeat(2_001) }, "access_notes must have at most 2000 characters"],
    [{ access_notes: "a\u0000b" }, "access_notes must not contain NUL characters"],
    [{ access_notes: 5 }, "access_notes must be a string"],
    [{ image_url: "http://x.test/a.png" }, "image_url must begin with https://"],
    [{ image_url: "//x.test/a.png" }, "image_url must be a URL that begins with https://"],
    [
      { image_url: "data:image/png;base64,AA" },
      "image_url must be a URL that begins with https://",
    ],
    [
      { image_url: `https://x.test/${"x".repeat(2_000)}` },
      "image_url must have at most 2000 characters",
    ],
  ];
  for (const [fields, error] of cases) {
    const changed = await change(fields);
    assert.deepEqual([changed.status, changed.body.error], [400, error], JSON.stringify(fields));
    const body = eventFields(world.clock.now(), { venue_id: event.venue_id, ...fields });
    const created = await world.send("POST", "/admin/events", { token, body });
    assert.deepEqual([created.status, created.body.error], [400, error], JSON.stringify(fields));
  }
  assert.deepEqual(await seen(), before);
});

Deno.test("a picture without TLS that was stored before can be sent back and replaced", async () => {
  await using world = await createEventWorld();
  const { event, change } = await stage(world);
  const stored = "http://x.test/a.png";
  await world.sql`UPDATE events SET image_url = ${stored} WHERE event_id = ${event.event_id}`;
  const kept = await change({ image_url: stored, name: "Renamed" });
  assert.deepEqual([kept.status, kept.body.image_url], [200, stored]);
  const replaced = await change({ image_url: "https://x.test/a.png" });
  assert.deepEqual([replaced.status, replaced.body.image_url], [200, "https://x.test/a.png"]);
});

Deno.test("an event without a time zone has that of its venue, else the default one", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue({ timezone: "Asia/Kolkata" });
  const atVenue = await stage(world, { venue_id });
  assert.equal((await atVenue.seen()).timezone, "Asia/Kolkata");
  const [row] = await world.sql`
    SELECT timezone FROM events WHERE event_id = ${atVenue.event.event_id}`;
  assert.equal(row?.timezone, "Asia/Kolkata", "its days are counted in it");
  assert.equal((await (await stage(world)).seen()).timezone, "UTC");
  const own = await stage(world, { venue_id, timezone: "Asia/Dubai" });
  assert.equal((await own.seen()).timezone, "Asia/Dubai");
  await own.change({ timezone: null });
  assert.equal((await own.seen()).timezone, "Asia/Kolkata");
});

Deno.test("an event that was stored without a time zone shows the default, which is no change", async () => {
  await using world = await createEventWorld();
  const { event, change, seen } = await stage(world);
  await world.sql`UPDATE events SET timezone = NULL WHERE event_id = ${event.event_id}`;
  const { status, body } = await change({ timezone: "UTC" });
  assert.deepEqual([status, body.timezone, body.version], [200, "UTC", event.version]);
  assert.equal((await seen()).timezone, "UTC");
});

Deno.test("a venue's time zone is set, refused where it is none, and taken away", async () => {
  await using world = await createEventWorld();
  const { token } = await world.actor("super_admin");
  const { venue_id } = await world.venue();
  const put = (timezone: unknown) =>
    world.send("PUT", `/admin/venues/${venue_id}`, { token, body: { timezone } });
  assert.equal((await put("Asia/Kolkata")).body.timezone, "Asia/Kolkata");
  for (const wrong of ["+05:30", "Mars/Olympus", 5]) {
    assert.equal((await put(wrong)).status, 400, String(wrong));
  }
  assert.ok(!("timezone" in (await put(null)).body));
});

Deno.test("an event shows the place of its venue and the name of its organiser", async () => {
  await using world = await createEventWorld();
  const place = { latitude: 18.5, longitude: 73.9, postal_code: "411030" };
  const { venue_id } = await world.venue(place);
  const { seen } = await stage(world, { venue_id });
  const { venue_postal_code, latitude, longitude, organiser_name } = await seen();
  assert.deepEqual({ postal_code: venue_postal_code, latitude, longitude }, place);
  assert.equal(organiser_name, "Admin");
});
