import assert from "node:assert/strict";
import type { Page, Request } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import { type Person, webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();

const HOUR_MS = 3_600_000;
const hoursFromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();

suite.test("on sale: two tickets are chosen, and the total follows the number", async (t) => {
  const page = await eventPage(t, { capacity: 100, price: 250 });
  const tickets = panelOf(page);
  await tickets.getByText("100 of 100 left").waitFor();
  await tickets.getByRole("button", { name: "Hold 2 tickets" }).waitFor();
  await tickets.getByRole("button", { name: "One more: Tickets" }).click();
  await tickets.getByRole("button", { name: "Hold 3 tickets" }).waitFor();
  await tickets.getByText("₹750").filter({ visible: true }).waitFor();
  await tickets.getByRole("spinbutton", { name: "Tickets" }).fill("99");
  await tickets.getByRole("spinbutton", { name: "Tickets" }).blur();
  await tickets.getByRole("button", { name: "Hold 10 tickets" }).waitFor();
  const more = tickets.getByRole("button", { name: "One more: Tickets" });
  assert.equal(await more.getAttribute("aria-disabled"), "true");
});

suite.test("few left: the number is said, and the page follows what others buy", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 100 });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByText("100 of 100 left").waitFor();
  const buyer = await t.person();
  for (let i = 0; i < 9; i++) await hold(t, { buyer, id, quantity: 10 });
  await hold(t, { buyer, id, quantity: 6 });
  await tickets.getByText("Only 4 left").waitFor();
  await hold(t, { buyer, id, quantity: 3 });
  await tickets.getByText("Only 1 left").waitFor();
  await tickets.getByText("Only 1 is left. Take 1?").waitFor();
  await hold(t, { buyer, id, quantity: 1 });
  await tickets.getByRole("heading", { name: "Sold out" }).waitFor();
  const wait = tickets.getByRole("link", { name: "Join the waitlist" });
  assert.equal(await wait.getAttribute("href"), `/waitlist/${id}?n=2`);
  await tickets.getByRole("button", { name: "One fewer: Tickets" }).click();
  assert.equal(await wait.getAttribute("href"), `/waitlist/${id}?n=1`);
});

suite.test("not yet on sale: when it begins, with a calendar entry of it", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event();
  const starts = hoursFromNow(72);
  await organiser.changeType(id, id, { name: "Standing", sales_start: starts });
  const page = await t.page({ timezoneId: "Europe/London" });
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: /^On sale \w+ \d+ \w+, \d\d:\d\d$/ }).waitFor();
  await tickets.getByText("in 3 days").waitFor();
  const calendar = tickets.getByRole("link", { name: "Remind me: calendar" });
  const path = await calendar.getAttribute("href");
  const ics = await (await fetch(t.origin + path!)).text();
  assert.match(ics, new RegExp(`DTSTART:${starts.slice(0, 19).replaceAll(/[-:]/g, "")}Z`));
  assert.match(ics, /BEGIN:VALARM/);
  assert.equal(await tickets.getByRole("button", { name: /^Hold/ }).count(), 0);
});

suite.test("cancelled: said at the top, with the refund and what else is on", async (t) => {
  // The page asks how many one booking can have, which an event that is over does not answer.
  t.expectConsole(/404 .*check-availability/);
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ city: "Nashik" });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  await panelOf(page).getByRole("button", { name: "Hold 2 tickets" }).waitFor();
  await organiser.cancel(id);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: "Cancelled" }).waitFor();
  await tickets.getByText("Bookings have been refunded in full.").waitFor();
  const link = tickets.getByRole("link", { name: "See what else is on in Nashik" });
  assert.equal(await link.getAttribute("href"), "/events?city=Nashik");
});

suite.test("sale closed: that nothing is sold, and what else is on", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ city: "Nashik" });
  await organiser.changeType(id, id, { sales_end: hoursFromNow(-1) });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: "No tickets on sale" }).waitFor();
  await tickets.getByText("The sale is over, or has a break.").waitFor();
  await tickets.getByRole("link", { name: "See what else is on in Nashik" }).waitFor();
  assert.equal(await tickets.getByRole("button", { name: /^Hold/ }).count(), 0);
});

suite.test("begun: nothing is sold any more", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ city: "Nashik" });
  await t.platform.eventsDb`
    UPDATE events SET start_at = ${hoursFromNow(-1)}, end_at = ${hoursFromNow(1)}
     WHERE event_id = ${id}`;
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: "It has begun" }).waitFor();
  await tickets.getByText("No more tickets are sold.").waitFor();
  await tickets.getByRole("link", { name: "See what else is on in Nashik" }).waitFor();
  assert.equal(await tickets.getByRole("button", { name: /^Hold/ }).count(), 0);
});

suite.test("sold out from the start: the way to the waitlist, for the number that is chosen", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 4 });
  await hold(t, { buyer: await t.person(), id, quantity: 4 });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: "Sold out" }).waitFor();
  await tickets.getByText("You pay nothing unless you get them.").waitFor();
  await tickets.getByRole("button", { name: "One more: Tickets" }).click();
  await tickets.getByRole("link", { name: "Join the waitlist" }).click();
  await page.waitForURL(/\/login\?to=/);
  const to = new URL(page.url()).searchParams.get("to");
  assert.equal(to, `/waitlist/${id}?n=3`);
});

suite.test("a type that is paused while it is chosen counts no more, and the page says so", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ price: 300 });
  const front = await organiser.addType(id, { name: "Front row", price: 900 });
  const page = await t.page();
  await t.logIn(page, await t.person());
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("button", { name: "One more: Front row" }).click();
  await tickets.getByRole("button", { name: "One more: General admission" }).click();
  await tickets.getByRole("button", { name: "Hold 2 tickets" }).waitFor();
  await organiser.changeType(id, front, { status: "paused" });
  await tickets.getByText("Tickets that you chose are not on sale any more, and do not count.")
    .waitFor();
  await tickets.getByRole("button", { name: "Hold 1 ticket" }).waitFor();
  await tickets.getByText("₹300", { exact: true }).filter({ visible: true }).first().waitFor();
  await tickets.getByText("Front row").waitFor({ state: "detached" });

  await organiser.changeType(id, id, { status: "paused" });
  await tickets.getByRole("heading", { name: "No tickets on sale" }).waitFor();
});

suite.test("past: when it took place, and more of its kind", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event();
  await t.platform.eventsDb`
    UPDATE events SET start_at = ${hoursFromNow(-30)}, end_at = ${hoursFromNow(-27)}
     WHERE event_id = ${id}`;
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByRole("heading", { name: /^Took place on / }).waitFor();
  await tickets.getByRole("link", { name: "More like this" }).waitFor();
});

suite.test("several types: limits of one order, families, free and sold-out ones", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 60, price: 300, max_tickets_per_booking: 8 });
  await organiser.addType(id, { name: "Family of four", price: 1_000, gives: 4 });
  await organiser.addType(id, { name: "Helpers", price: 0, max_per_order: 2 });
  await organiser.addType(id, { name: "Balcony", price: 500, min_per_order: 2 });
  const last = await organiser.addType(id, { name: "Front row", price: 900, capacity: 1 });
  const buyer = await t.person();
  await hold(t, { buyer, id, quantity: 1, type: last });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByText("from ").or(tickets.getByText("Free")).first().waitFor();
  await tickets.getByRole("button", { name: "Choose your tickets" }).waitFor();

  await tickets.getByRole("button", { name: "One more: Family of four" }).click();
  await tickets.getByRole("button", { name: "Hold 4 tickets" }).waitFor();
  await tickets.getByRole("button", { name: "One more: Balcony" }).click();
  await tickets.getByRole("button", { name: "Hold 6 tickets" }).waitFor();
  await tickets.getByText("₹2,000").filter({ visible: true }).waitFor();
  await tickets.getByRole("button", { name: "One more: Helpers" }).click();
  await tickets.getByRole("button", { name: "One more: Helpers" }).click();
  await tickets.getByRole("button", { name: "Hold 8 tickets" }).waitFor();
  for (const name of ["Family of four", "Balcony", "Helpers"]) {
    const more = tickets.getByRole("button", { name: `One more: ${name}` });
    assert.equal(await more.getAttribute("aria-disabled"), "true", name);
  }
  await tickets.getByRole("button", { name: "One fewer: Balcony" }).click();
  await tickets.getByRole("button", { name: "Hold 6 tickets" }).waitFor();
  assert.equal(await tickets.getByRole("spinbutton", { name: "Balcony" }).inputValue(), "0");

  const wait = tickets.getByRole("link", { name: "Join the waitlist for Front row" });
  assert.equal(await wait.getAttribute("href"), `/waitlist/${id}?n=1&type=${last}`);
});

suite.test("logged out: a hold leads to the log-in, which knows the whole choice", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event();
  const front = await organiser.addType(id, { name: "Front row", price: 900 });
  const page = await t.page();
  await page.goto(`/events/${id}`);
  await panelOf(page).getByRole("button", { name: "One more: Front row" }).click();
  await panelOf(page).getByRole("button", { name: "Hold 1 ticket" }).click();
  await page.waitForURL(/\/login\?to=/);
  const to = new URL(page.url()).searchParams.get("to");
  assert.equal(to, `/events/${id}?n=1&type=${front}`);
  // Back from there the choice is made, the button has the focus, and nothing is held by itself.
  const { email, password } = await t.person();
  await page.getByLabel("E-mail").fill(email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await panelOf(page).getByRole("button", { name: "Hold 1 ticket" }).waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === "Hold 1 ticket");
  assert.equal(new URL(page.url()).pathname, `/events/${id}`);
  await page.reload();
  await page.waitForFunction(() => document.activeElement?.textContent === "Hold 1 ticket");
});

suite.test("the keyboard alone chooses and holds", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ price: 100 });
  const page = await t.page();
  await t.logIn(page, await t.person());
  await page.goto(`/events/${id}`);
  await panelOf(page).getByRole("button", { name: "Hold 2 tickets" }).waitFor();
  await tabTo(page, () => document.activeElement?.getAttribute("type") === "number");
  await page.keyboard.press("ArrowUp");
  await panelOf(page).getByRole("button", { name: "Hold 3 tickets" }).waitFor();
  await tabTo(page, () => document.activeElement?.textContent === "Hold 3 tickets");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/checkout\//);
});

suite.test("what is pressed before the page's program has come is pressed then", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 100 });
  // A page of its own, which does not wait until it answers.
  const page = await (await t.page()).context().newPage();
  const come = Promise.withResolvers<void>();
  await page.route("**/assets/app-*.js", async (route) => {
    await come.promise;
    await route.continue();
  });
  await page.goto(`/events/${id}`, { waitUntil: "commit" });
  const more = panelOf(page).getByRole("button", { name: "One more: Tickets" });
  await more.click();
  await more.click();
  assert.equal(await page.getByRole("spinbutton", { name: "Tickets" }).inputValue(), "2");
  come.resolve();
  await panelOf(page).getByRole("button", { name: "Hold 4 tickets" }).waitFor();
});

suite.test("what the server could not load comes once React has all of the page", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event();
  await organiser.event();
  const page = await t.page();
  await page.route(`${t.origin}/events/${id}`, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withoutOthersInTown(await response.text()) });
  });
  const asked: Request[] = [];
  page.on("request", (request) => request.url().includes("city=") && asked.push(request));
  await page.addInitScript(stepReact);
  await page.goto(`/events/${id}`);
  const others = page.getByRole("region", { name: "Also in Pune" });
  for (let step = 0; step < MAX_STEPS && await others.count() === 0; step++) {
    for (const request of asked) await (await request.response())?.finished();
    await page.evaluate(() => globalThis.goOneStep());
  }
  assert.equal(await others.count(), 1);
});

suite.test("a network that is lost while React takes the page over is said afterwards", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event();
  const page = await t.page();
  await page.addInitScript(stepReact);
  await page.goto(`/events/${id}`);
  const stale = page.getByText("We cannot reach the seats just now.");
  for (let step = 0; step < MAX_STEPS && await stale.count() === 0; step++) {
    await page.evaluate(() => {
      globalThis.goOneStep();
      dispatchEvent(new Event("offline"));
    });
  }
  assert.equal(await stale.count(), 1);
});

/** Of React; a page takes a few, and more on a busy machine. */
const MAX_STEPS = 1_000;

/** The page of an event as it is rendered while search does not answer. */
function withoutOthersInTown(html: string): string {
  const without = html.replace(/<section aria-labelledby="also">[^]*?<\/section>/, "")
    .replace(/(<script[^>]* id="state"[^>]*>)([^<]*)/, (_, tag, json) => {
      const state = JSON.parse(json);
      const isOther = ({ queryKey: [kind] }: { queryKey: unknown[] }) => kind !== "search";
      state.queries.queries = state.queries.queries.filter(isOther);
      return tag + JSON.stringify(state).replaceAll("<", "\\u003c");
    });
  assert.ok(without.length < html.length - 100);
  return without;
}

declare global {
  var goOneStep: () => void;
}

/** In the page: React works by messages, of which each waits until `goOneStep` is called. */
function stepReact(): void {
  const { postMessage } = MessagePort.prototype;
  const waiting: (() => void)[] = [];
  MessagePort.prototype.postMessage = function (this: MessagePort, message: unknown) {
    waiting.push(() => postMessage.call(this, message));
  };
  globalThis.goOneStep = () => waiting.shift()?.();
}

suite.test("seats come by the stream, and nobody asks for them while it is open", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 100 });
  const page = await t.page();
  let asked = 0;
  page.on("request", (request) => asked += request.url().endsWith("/availability") ? 1 : 0);
  const opened = page.waitForResponse("**/live");
  await page.clock.install();
  await page.goto(`/events/${id}`);
  assert.equal((await opened).status(), 200);
  const buyer = await t.person();
  await hold(t, { buyer, id, quantity: 1 });
  await panelOf(page).getByText("99 of 100 left").waitFor();
  // Several times as long as a page without a stream waits between two questions.
  await page.clock.fastForward(20_000);
  await hold(t, { buyer, id, quantity: 2 });
  await panelOf(page).getByText("97 of 100 left").waitFor();
  assert.ok(asked <= 1, `asked ${asked} times`);
});

suite.test("unreachable seats: what was known stays, with the time, until they come back", async (t) => {
  t.expectConsole(/availability|live/);
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ capacity: 100 });
  const page = await t.page();
  // Without the stream the page asks by itself.
  await page.route("**/live", (route) => route.abort());
  await page.goto(`/events/${id}`);
  const tickets = panelOf(page);
  await tickets.getByText("100 of 100 left").waitFor();
  await page.route("**/availability", (route) => route.abort());
  await tickets.getByText(/We cannot reach the seats just now\. Shown: \d\d:\d\d\./).waitFor();
  await tickets.getByText("100 of 100 left").waitFor();
  await page.unroute("**/availability");
  await tickets.getByRole("button", { name: "Try again" }).click();
  await tickets.getByText(/We cannot reach the seats/).waitFor({ state: "detached" });
});

suite.test("readers elsewhere see their own time; the address can be copied", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({
    start_datetime: "2099-12-12T12:30:00Z",
    end_datetime: "2099-12-12T18:30:00Z",
  });
  const page = await t.page({
    timezoneId: "Europe/London",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  await page.goto(`/events/${id}`);
  await page.getByText("Saturday 12 December 2099, 18:00 to midnight IST").waitFor();
  await page.getByText("For you in London: 12:30 to 18:30 GMT").waitFor();
  await page.getByText("Full refund until Friday 11 December, 18:00.").waitFor();
  await page.getByText("Then half until 16:00 on the day, then none.").waitFor();
  await page.getByRole("button", { name: "Share" }).click();
  await page.getByText("The address is copied.").waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    `${t.origin}/events/${id}`,
  );
  const home = await t.page({ timezoneId: "Asia/Kolkata" });
  await home.goto(`/events/${id}`);
  await home.getByRole("button", { name: "Share" }).waitFor();
  assert.equal(await home.getByText(/^For you in/).count(), 0);
});

suite.test("over several days: the start with its time, then the end with its own", async (t) => {
  const organiser = await organiserOf(t.platform);
  const ends = [
    { end: "2099-12-31T12:30:00Z", until: "to Thursday 31 December, 18:00" },
    { end: "2099-12-31T18:30:00Z", until: "to Friday 1 January 2100, 00:00" },
  ];
  for (const { end, until } of ends) {
    const times = { start_datetime: "2099-12-30T03:30:00Z", end_datetime: end };
    const id = await organiser.event(times);
    const page = await t.page({ timezoneId: "Asia/Kolkata" });
    await page.goto(`/events/${id}`);
    const start = "Wednesday 30 December 2099, 09:00";
    await page.getByText(new RegExp(`^${start}${until} · Town Hall, Pune$`)).waitFor();
    await page.getByText(`${start} ${until} IST`).waitFor();
  }
});

suite.test("on a phone the way to the tickets stays in sight, and 320 pixels are enough", async (t) => {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event({ name: "Extraordinarilylongnamedevening of Stand-up" });
  await organiser.addType(id, { name: "Front row with a long name of its own", price: 12_345.5 });
  const page = await t.page({ viewport: { width: 320, height: 640 } });
  await page.goto(`/events/${id}`);
  const bar = page.getByRole("region", { name: "Tickets", exact: true });
  await bar.getByRole("link", { name: "Get tickets" }).click();
  const one = panelOf(page).getByRole("button", { name: "One more: Front row with" });
  await one.click();
  await bar.or(panelOf(page)).getByRole("button", { name: "Hold 1 ticket" }).first().waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 320);
});

/** The panel with the tickets. */
function panelOf(page: Page) {
  return page.getByRole("complementary", { name: "Tickets and prices" });
}

/** Opens the page of a new event. */
async function eventPage(
  t: WebTest,
  options: { capacity?: number; price?: number },
): Promise<Page> {
  const organiser = await organiserOf(t.platform);
  const id = await organiser.event(options);
  const page = await t.page();
  await page.goto(`/events/${id}`);
  return page;
}

/** Holds tickets by the API, as another buyer does. */
async function hold(
  { platform: { api } }: WebTest,
  { buyer, id, quantity, type }: { buyer: Person; id: string; quantity: number; type?: string },
): Promise<void> {
  const lines = type ? { lines: [{ ticket_type_id: type, quantity }] } : { quantity };
  await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers: { Authorization: `Bearer ${buyer.token}` },
    body: { event_id: id, idempotency_key: crypto.randomUUID(), ...lines },
  }));
}

const MAX_TABS = 40;

/** Goes on with the Tab key until what has the focus is what is meant. */
async function tabTo(page: Page, isThere: () => boolean): Promise<void> {
  for (let tabs = 0; tabs < MAX_TABS; tabs++) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(isThere)) return;
  }
  assert.fail("the keyboard does not get there");
}
