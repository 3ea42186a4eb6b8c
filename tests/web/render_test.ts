import assert from "node:assert/strict";
import { organiserOf } from "./organiser.ts";
import { readManifest, scriptsOf } from "./sizes.ts";
import { webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();

const EVIL = `<img src=x onerror=alert(1)> & "quotes"</script><script>alert(2)</script>`;

suite.test("home shows events with their names, places and prices without script", async (t) => {
  const { status, html } = await pageAt(t, "/");
  assert.equal(status, 200);
  assert.match(html, /<h1[^>]*>[^<]+<\/h1>/);
  assert.match(html, /<h3>Laugh Track/);
  assert.match(html, /₹1,199/);
  assert.match(html, new RegExp(`<link rel="canonical" href="${t.origin}/"/>`));
});

suite.test("an event's page is whole: name, place, price, canonical address", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({
    name: "Whole Page",
    price: 1250.5,
    description: "First paragraph.\n\nSecond paragraph.",
    access_notes: "Step-free from the east gate.",
  });
  const { status, html, headers } = await pageAt(t, `/events/${id}`);
  assert.equal(status, 200);
  assert.match(html, /<h1>Whole Page<\/h1>/);
  assert.match(html, /Town Hall, 1 Main Road, Pune/);
  assert.match(html, /₹1,250\.50/);
  assert.match(html, /<p>First paragraph\.<\/p><p>Second paragraph\.<\/p>/);
  assert.match(html, /Step-free from the east gate\./);
  assert.match(html, /20 of 20 left/);
  assert.match(html, /Full refund until/);
  assert.match(html, new RegExp(`<link rel="canonical" href="${t.origin}/events/${id}"/>`));
  assert.match(html, new RegExp(`property="og:image" content="${t.origin}/og/${id}\\.png"`));
  assert.match(headers.get("Cache-Control") ?? "", /s-maxage/);
});

suite.test("an event's structured data say what search engines want", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({
    start_datetime: "2099-12-12T12:30:00Z",
    end_datetime: "2099-12-12T18:30:00Z",
  });
  await organiser.addType(id, { name: "Front row", price: 999 });
  const event = jsonLdOf((await pageAt(t, `/events/${id}`)).html);
  assert.equal(event["@type"], "Event");
  assert.equal(event.startDate, "2099-12-12T18:00:00+05:30");
  assert.equal(event.endDate, "2099-12-13T00:00:00+05:30");
  assert.equal(event.eventStatus, "https://schema.org/EventScheduled");
  assert.equal(event.location.address.addressLocality, "Pune");
  assert.deepEqual(
    event.offers.map((
      { name, price, priceCurrency, availability }: Record<string, unknown>,
    ) => [name, price, priceCurrency, availability]),
    [
      [event.offers[0].name, 250, "INR", "https://schema.org/InStock"],
      ["Front row", 999, "INR", "https://schema.org/InStock"],
    ],
  );
  await organiser.cancel(id);
  await assertEventually(async () => {
    const cancelled = jsonLdOf((await pageAt(t, `/events/${id}`)).html);
    return cancelled.eventStatus === "https://schema.org/EventCancelled";
  });
});

suite.test("drafts, unknown events and unknown addresses are 404 with a search", async (t) => {
  const organiser = await organiserOf(t.platform);
  const draft = await organiser.event({ isDraft: true, name: "Secret Draft" });
  const paths = [
    `/events/${draft}`,
    `/events/${draft}/proof`,
    `/events/${crypto.randomUUID()}`,
    "/events/no-id",
    "/nothing/here",
  ];
  for (const path of paths) {
    const { status, html, headers } = await pageAt(t, path);
    assert.equal(status, 404, path);
    assert.match(html, /role="search"/, path);
    assert.doesNotMatch(html, /Secret Draft/, path);
    assert.equal(headers.get("Cache-Control"), "private, no-store", path);
  }
});

suite.test("what an organiser writes stays text, and ends no data block", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ name: EVIL.slice(0, 80), description: EVIL });
  await organiser.addType(id, { name: "<b>bold</b>", description: EVIL });
  for (const path of [`/events/${id}`, `/events/${id}/proof`, "/"]) {
    const { html } = await pageAt(t, path);
    assert.doesNotMatch(html, /<img src=x/, path);
    assert.doesNotMatch(html, /<script>alert/, path);
    assert.doesNotMatch(html, /<b>bold/, path);
    const state = /<script type="application\/json" id="state">(.*?)<\/script>/s.exec(html)![1]!;
    assert.ok(JSON.parse(state).queries, path);
  }
  const { html } = await pageAt(t, `/events/${id}`);
  assert.match(html, /&lt;img src=x onerror=alert\(1\)&gt;/);
  assert.equal(jsonLdOf(html).description, EVIL);
});

suite.test("requests at the same time see their own data alone", async (t) => {
  const organiser = await organiserOf(t.platform);
  const names = ["Alpha", "Beta", "Gamma", "Delta"].map((name) => `${name} ${crypto.randomUUID()}`);
  const ids = await Promise.all(names.map((name) => organiser.event({ name, city: name })));
  const pages = await Promise.all(ids.map((id) => pageAt(t, `/events/${id}`)));
  pages.forEach(({ html }, index) => {
    names.forEach((name, other) => assert.equal(html.includes(name), index === other, name));
  });
});

suite.test("the proof page gives the ledger's head, with counts where they are public", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 12, public_counts: true });
  const { api } = t.platform;
  const { data: proof } = await api.GET("/api/event/events/{id}/proof", {
    params: { path: { id } },
  });
  const open = await pageAt(t, `/events/${id}/proof`);
  assert.equal(open.status, 200);
  assert.match(open.html, /It adds up\./);
  assert.ok(proof!.head_hash.match(/.{8}/g)!.every((group) => open.html.includes(group)));
  assert.match(open.html, /<b>12<\/b>[^]*<b>0<\/b>[^]*sold/);
  const hidden = await organiser.event({ capacity: 4_321 });
  const { html } = await pageAt(t, `/events/${hidden}/proof`);
  assert.match(html, /does not publish how many seats are sold/);
  assert.doesNotMatch(html.replace(/<script.*?<\/script>/gs, ""), /4,321/);
});

suite.test("a ledger that does not add up is said loudly", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 12 });
  await t.platform.eventsDb`
    UPDATE seat_inventory SET sold = sold + 1 WHERE event_id = ${id} AND pool = 0`;
  await assertEventually(async () => {
    const { html } = await pageAt(t, `/events/${id}/proof`);
    return /role="alert"[^]*It does not add up/.test(html) && !html.includes("It adds up.");
  });
  const { html } = await pageAt(t, `/events/${id}`);
  assert.match(html, /does not add up just now/);
});

suite.test("a page without content of its own has all its scripts fetched along with it", async (t) => {
  const manifest = await readManifest();
  const id = crypto.randomUUID();
  const shells = {
    "/account": "account/account_page",
    "/account/bookings": "account/bookings_page",
    [`/account/bookings/${id}`]: "account/booking_page",
    [`/checkout/${id}`]: "checkout/checkout_page",
    "/login": "login/login_page",
    "/register": "login/register_page",
    "/tickets/EVT-ABC234": "ticket/ticket_page",
  };
  for (const [path, page] of Object.entries(shells)) {
    const { html } = await pageAt(t, path);
    const named = html.matchAll(/<link rel="modulepreload" href="\/assets\/([^"]+)">/g);
    const needed = scriptsOf(manifest, ["app/client.tsx", `app/storefront/${page}.tsx`]);
    assert.deepEqual(new Set([...named].map(([, file]) => file)), needed, path);
  }
});

/** A page as a browser without script gets it. */
async function pageAt({ origin }: WebTest, path: string) {
  const response = await fetch(origin + path, { headers: { Accept: "text/html" } });
  return { status: response.status, headers: response.headers, html: await response.text() };
}

// deno-lint-ignore no-explicit-any -- tests assert the shape
function jsonLdOf(html: string): any {
  const [, json] = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(html) ?? [];
  assert.ok(json, "the page has structured data");
  return JSON.parse(json);
}

const WAIT_LIMIT_MS = 10_000;
const POLL_MS = 100;

/** Pages and events are at most a moment old: asks until one is as it is expected. */
async function assertEventually(isSo: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + WAIT_LIMIT_MS;
  while (!await isSo()) {
    assert.ok(performance.now() < untilMs, "the page did not change in time");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
