import assert from "node:assert/strict";
import { organiserOf } from "./organiser.ts";
import { webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();

suite.test("the calendar file has the event, whatever its organiser wrote", async (t) => {
  const organiser = await organiserOf(t.platform);
  const name = "Rock; Roll, और \\ Blues: एक लंबी शाम जिसमें बहुत सारे लोग आते हैं और गाते हैं";
  const description = "First line\nBEGIN:VALARM, second; line";
  const id = await organiser.event({
    name,
    description,
    start_datetime: "2099-12-12T12:30:00Z",
    end_datetime: "2099-12-12T18:30:00Z",
  });
  const response = await fetch(`${t.origin}/events/${id}/calendar.ics`);
  assert.equal(response.status, 200);
  assert.match(response.headers.get("Content-Type")!, /^text\/calendar/);
  const text = await response.text();
  const octets = new TextEncoder();
  assert.ok(text.endsWith("\r\n"));
  const raw = text.slice(0, -2).split("\r\n");
  assert.ok(raw.every((line) => octets.encode(line).length <= 75 && !/[\r\n]/.test(line)));
  assert.ok(!text.includes("\uFFFD"));
  const entry = parseCalendar(text);
  assert.equal(entry.get("SUMMARY"), name);
  assert.equal(entry.get("DESCRIPTION"), description);
  assert.equal(entry.get("DTSTART"), "20991212T123000Z");
  assert.equal(entry.get("DTEND"), "20991212T183000Z");
  assert.equal(entry.get("LOCATION"), "Town Hall, 1 Main Road, Pune");
  assert.equal(entry.get("STATUS"), "CONFIRMED");
  assert.equal(entry.get("URL"), `${t.origin}/events/${id}`);
  assert.ok(!entry.has("TRIGGER"), "a description begins no alarm");

  await organiser.change(id, { name: "Moved", start_datetime: "2099-12-12T13:30:00Z" });
  const moved = await eventually(async () => {
    const next = parseCalendar(await (await fetch(response.url)).text());
    return next.get("SUMMARY") === "Moved" ? next : undefined;
  });
  assert.equal(moved.get("UID"), entry.get("UID"));
  assert.equal(moved.get("DTSTART"), "20991212T133000Z");
  assert.ok(Number(moved.get("SEQUENCE")) > Number(entry.get("SEQUENCE")));
});

suite.test("drafts and unknown events have no calendar file; a cancelled one says so", async (t) => {
  const organiser = await organiserOf(t.platform);
  const draft = await organiser.event({ isDraft: true });
  for (const id of [draft, crypto.randomUUID(), "no-id"]) {
    const response = await fetch(`${t.origin}/events/${id}/calendar.ics`);
    assert.equal(response.status, 404, id);
    await response.body?.cancel();
  }
  const id = await organiser.event();
  assert.equal((await get(t, `/events/${id}/calendar.ics?of=sale`)).status, 404);
  await organiser.cancel(id);
  const { text } = await get(t, `/events/${id}/calendar.ics`);
  assert.equal(parseCalendar(text).get("STATUS"), "CANCELLED");
});

suite.test("the site map has public events, and robots.txt names it", async (t) => {
  const robots = await get(t, "/robots.txt");
  assert.match(robots.type, /^text\/plain/);
  const lines = robots.text.split("\n");
  assert.ok(lines.includes(`Sitemap: ${t.origin}/sitemap.xml`));
  assert.ok(lines.includes("Disallow: /tickets/"));
  assert.ok(!lines.includes("Disallow: /"));
  assert.ok(!lines.some((line) => line.startsWith("Disallow: /events")));

  const { text, type } = await get(t, "/sitemap.xml");
  assert.match(type, /^application\/xml/);
  const places = [...text.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, place]) => place!);
  assert.ok(places.includes(`${t.origin}/`));
  const { data } = await t.platform.api.GET("/api/event/events", {
    params: { query: { limit: 100 } },
  });
  assert.ok(data!.events.length >= 10);
  for (const { event_id } of data!.events) {
    assert.ok(places.includes(`${t.origin}/events/${event_id}`), event_id);
  }
});

suite.test("addresses of the old front end lead to the new pages", async (t) => {
  const moved = {
    "/dashboard": "/account/bookings",
    "/book/8f14e45f-ceea-4a3b-9d2c-0d3c1f6a7b11": "/events/8f14e45f-ceea-4a3b-9d2c-0d3c1f6a7b11",
    "/book/x%2F..%2Fy?n=2": "/events/x%2F..%2Fy?n=2",
    "/admin/login": "/console/login",
    "/admin/register": "/console/register",
    "/admin/dashboard": "/console",
    "/admin/events?page=2": "/console/events?page=2",
    "/admin/venues": "/console/venues",
  };
  for (const [from, to] of Object.entries(moved)) {
    const response = await fetch(t.origin + from, { redirect: "manual" });
    await response.body?.cancel();
    assert.equal(response.status, 308, from);
    assert.equal(response.headers.get("Location"), to, from);
  }
});

suite.test("the manifest names icons that are there, in the sizes that it says", async (t) => {
  const { text, type } = await get(t, "/manifest.webmanifest");
  assert.equal(type, "application/manifest+json");
  const { icons, start_url } = JSON.parse(text);
  assert.equal(start_url, "/");
  for (const { src, type, sizes } of icons) {
    const response = await fetch(t.origin + src);
    const bytes = new DataView(await response.arrayBuffer());
    assert.equal(response.status, 200, src);
    assert.equal(response.headers.get("Content-Type"), type, src);
    if (type === "image/png") {
      assert.equal(`${bytes.getUint32(16)}x${bytes.getUint32(20)}`, sizes, src);
    }
  }
});

async function get({ origin }: WebTest, path: string) {
  const response = await fetch(origin + path);
  return {
    status: response.status,
    type: response.headers.get("Content-Type") ?? "",
    text: await response.text(),
  };
}

/** Properties of the one entry of a calendar, unfolded and unescaped as RFC 5545 has it. */
function parseCalendar(text: string): Map<string, string> {
  const lines = text.replaceAll("\r\n ", "").trimEnd().split("\r\n");
  assert.equal(lines[0], "BEGIN:VCALENDAR");
  assert.equal(lines.at(-1), "END:VCALENDAR");
  assert.equal(lines.filter((line) => line === "BEGIN:VEVENT").length, 1);
  return new Map(lines.map((line) => {
    const colon = line.indexOf(":");
    const value = line.slice(colon + 1)
      .replaceAll(/\\([\\;,nN])/g, (_, c: string) => c.toLowerCase() === "n" ? "\n" : c);
    return [line.slice(0, colon), value];
  }));
}

const WAIT_LIMIT_MS = 10_000;
const POLL_MS = 100;

/** Events are read at most a moment late: asks until there is something. */
async function eventually<Found>(find: () => Promise<Found | undefined>): Promise<Found> {
  const untilMs = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    assert.ok(performance.now() < untilMs, "it did not change in time");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
