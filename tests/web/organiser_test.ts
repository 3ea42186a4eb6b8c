import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { consolePageOf, newAnalyst, newOrganiser, type OrganiserAccount } from "./console_login.ts";
import { webSuite, type WebTest } from "./suite.ts";

const suite = webSuite();
const REFUSED = /Failed to load resource.*4(01|09)/;
const PRICE = 250;

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

async function makeVenue(page: Page, name: string): Promise<void> {
  await page.goto("/console/venues/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Address").fill("1 Main Road");
  await page.getByLabel("City", { exact: true }).fill("Pune");
  await page.getByLabel("Capacity").fill("40");
  await button(page, "Make the venue").click();
  await page.waitForURL("**/console/venues");
}

/** Makes a draft by the API, at a venue of its own. */
async function makeDraft({ platform: { api } }: WebTest, { headers }: OrganiserAccount) {
  const venue = { name: "Town Hall", address: "1 Main Road", city: "Pune", country: "India" };
  await dataOf(
    api.POST("/api/event/admin/venues", {
      headers,
      body: { ...venue, capacity: 20, timezone: "Asia/Kolkata" },
    }),
  );
  const body = { name: `Evening ${newId().slice(-6)}` };
  return await dataOf(api.POST("/api/event/admin/events/drafts", { headers, body }));
}

async function buy(
  { platform: { api }, ...t }: WebTest,
  eventId: string,
  lines: { ticket_type_id: string; quantity: number }[],
): Promise<void> {
  const person = await t.person();
  const headers = { Authorization: `Bearer ${person.token}` };
  const { reservation_id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers,
    body: { event_id: eventId, lines, idempotency_key: newId() },
  }));
  await dataOf(api.POST("/api/booking/bookings/confirm", {
    headers,
    body: { reservation_id, payment_token: "tok_visa", payment_method: "card" },
  }));
}

suite.test("from a venue to the first ticket: two types share a pool, and what is sold is seen", async (t) => {
  t.expectConsole(REFUSED);
  const { api } = t.platform;
  const account = await newOrganiser(t);
  const { headers } = account;
  const page = await consolePageOf(t, { account });
  await page.goto("/console");
  await page.getByRole("heading", { name: "Three steps to the first ticket" }).waitFor();
  await page.getByRole("navigation").getByText("Ravi", { exact: true }).waitFor();

  const venue = `Hall ${newId().slice(-6)}`;
  await makeVenue(page, venue);
  const name = `Monsoon ${newId().slice(-6)}`;
  await page.goto("/console/events/new");
  await page.getByLabel("Venue").selectOption({ label: `${venue}, Pune` });
  await page.getByLabel("Name").fill(name);
  await button(page, "Make the draft").click();
  await page.waitForURL("**/console/events/*/edit");
  const eventId = new URL(page.url()).pathname.split("/")[3]!;

  await page.getByLabel("Kind").selectOption({ label: "Concert" });
  await page.getByLabel("Begins on").fill("2027-12-12");
  await page.getByLabel("Begins at").fill("18:00");
  await page.getByLabel("Ends on").fill("2027-12-12");
  await page.getByLabel("Ends at").fill("21:30");
  await page.getByText("It begins on Sunday 12 December 2027, 18:00 in Pune.").waitFor();
  await page.getByLabel("Price", { exact: true }).fill(String(PRICE));
  await button(page, "Save").first().click();
  await page.getByText(/^Saved \d\d:\d\d$/).waitFor();
  const path = { id: eventId };
  const read = () => dataOf(api.GET("/api/event/admin/events/{id}", { headers, params: { path } }));
  assert.equal((await read()).start_datetime, "2027-12-12T12:30:00.000Z");

  await page.getByLabel("Name of the pool").fill("Balcony");
  await page.getByLabel("Seats of the pool").fill("4");
  await button(page, "Add the pool").click();
  await page.getByRole("rowheader", { name: "Balcony" }).waitFor();
  await button(page, "Add a ticket type").click();
  await page.getByLabel("Name of the ticket type").fill("Students");
  await page.getByLabel("Price of a ticket").fill("100");
  await page.getByRole("checkbox", { name: "Balcony" }).check();
  await button(page, "Add it").click();
  await page.getByRole("rowheader", { name: "Students" }).waitFor();
  await button(page, /^Edit: (?!Students)/).click();
  await page.getByRole("checkbox", { name: "Balcony" }).check();
  await button(page, "Save the ticket type").click();
  await eventually("both types share the pool", async () => {
    const { ticket_types } = await dataOf(
      api.GET("/api/event/admin/events/{id}/ticket-types", { headers, params: { path } }),
    );
    return ticket_types.length === 2 && ticket_types.every(({ pools }) => pools.length === 1);
  });

  await button(page, "Publish").click();
  await page.getByText("It is published.", { exact: false }).waitFor();
  const { ticket_types: types } = await dataOf(
    api.GET("/api/event/admin/events/{id}/ticket-types", { headers, params: { path } }),
  );
  await buy(t, eventId, types.map(({ ticket_type_id }) => ({ ticket_type_id, quantity: 2 })));

  await page.reload();
  const pool = page.getByRole("row").filter({
    has: page.getByRole("rowheader", { name: "Balcony" }),
  });
  await pool.getByRole("img", { name: "4 sold, 0 held, 0 free of 4" }).waitFor();
  await page.getByLabel("Seats to sell").fill("3");
  await button(page, "Save").first().click();
  await page.getByRole("link", { name: "4 are sold or held already. Enter no less than that." })
    .waitFor();

  await page.goto("/console");
  await page.getByText("₹700").first().waitFor();
  await page.getByRole("slider", { name: "Tickets sold a day" }).press("ArrowLeft");
  await button(page, "As a table").click();
  await page.getByRole("table", { name: "Tickets sold a day" })
    .getByRole("row").filter({ hasText: "₹700" }).waitFor();

  await page.goto(`/console/events/${eventId}`);
  const byType = page.getByRole("table", { name: "Sales by ticket type" });
  await byType.getByRole("row", { name: /^Students 2 0 ₹200$/ }).waitFor();
  assert.deepEqual(await violationsOf(page), []);

  await page.goto("/console/events");
  await page.getByRole("row").filter({ hasText: name }).getByRole("img", {
    name: /^4 sold, 0 held, \d+ free of 40$/,
  }).waitFor();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    button(page, "Download CSV").click(),
  ]);
  const csv = await Deno.readTextFile(await file.path());
  assert.match(
    csv,
    new RegExp(`^${eventId},${name},(?:published|sold_out),concert,.*,40,4,0,`, "m"),
  );
});

suite.test("a stale version is put beside one's own, and both changes are kept", async (t) => {
  t.expectConsole(REFUSED);
  const { api } = t.platform;
  const account = await newOrganiser(t);
  const { headers } = account;
  const { event_id: id, name } = await makeDraft(t, account);
  const page = await consolePageOf(t, { account });
  await page.goto(`/console/events/${id}/edit`);
  await page.getByLabel("Name", { exact: true }).fill(`${name}, mine`);
  await page.getByLabel("Description").fill("Mine");
  const params = { path: { id } };
  await dataOf(
    api.PUT("/api/event/admin/events/{id}", {
      headers,
      params,
      body: { name: `${name}, theirs`, description: "Theirs", access_notes: "Theirs" },
    }),
  );
  await button(page, "Save").first().click();
  await page.getByRole("heading", { name: /This event was saved by somebody else at/ }).waitFor();
  const field = (legend: string) => page.getByRole("group", { name: legend });
  assert.equal(await field("Description").getByLabel("Yours").isChecked(), true);
  assert.equal(await field("Access").getByLabel("Theirs").isChecked(), true);
  await field("Name").getByLabel("Theirs").check();
  await button(page, "Save what is chosen").click();
  await page.getByText(/^Saved /).waitFor();
  const saved = await dataOf(api.GET("/api/event/admin/events/{id}", { headers, params }));
  assert.deepEqual([saved.name, saved.description, saved.access_notes], [
    `${name}, theirs`,
    "Mine",
    "Theirs",
  ]);
});

suite.test("an analyst sees the console without what changes anything", async (t) => {
  const owner = await newOrganiser(t);
  const { event_id: id, venue_id } = await makeDraft(t, owner);
  const page = await consolePageOf(t, { account: await newAnalyst(t) });
  const changes = /\b(New|Duplicate|Save|Publish|Add|Remove|Edit|Pause|Delete|Make)\b/;
  for (
    const path of ["", "/events", `/events/${id}/edit`, "/venues", `/venues/${venue_id}/edit`]
  ) {
    await page.goto(`/console${path}`);
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    await page.locator("[aria-busy=true]").first().waitFor({ state: "detached" });
    const main = page.getByRole("main");
    for (const role of ["button", "link"] as const) {
      const names = await main.getByRole(role, { name: changes }).allInnerTexts();
      assert.deepEqual(names, [], `${role}s of /console${path}`);
    }
  }
  await page.goto(`/console/events/${id}/edit`);
  await page.getByText("You can look at everything here, and change nothing.").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).isDisabled(), true);
});

suite.test("a log-in that ends amid a form loses nothing of it", async (t) => {
  t.expectConsole(REFUSED);
  const account = await newOrganiser(t);
  const page = await consolePageOf(t, { account });
  await page.clock.install();
  await page.goto("/console/venues/new");
  await page.getByLabel("Name", { exact: true }).fill("Half a venue");
  await page.getByLabel("City", { exact: true }).fill("Nashik");
  const out = await page.context().request.post(`${t.origin}/auth/organiser/logout`, {
    headers: { Origin: t.origin },
    data: {},
  });
  assert.equal(out.status(), 200);
  await page.clock.fastForward("16:00");
  await page.waitForURL("**/console/login?to=*");
  await page.getByLabel("E-mail").fill(account.email);
  await page.getByLabel("Password", { exact: true }).fill(account.password);
  await button(page, "Sign in").click();
  await page.waitForURL("**/console/venues/new");
  await page.getByText("What you had typed is here again.").waitFor();
  assert.equal(await page.getByLabel("Name", { exact: true }).inputValue(), "Half a venue");
  assert.equal(await page.getByLabel("City", { exact: true }).inputValue(), "Nashik");
  await button(page, "Start over").click();
  assert.equal(await page.getByLabel("City", { exact: true }).inputValue(), "");
});

suite.test("a buyer and an organiser are logged in side by side", async (t) => {
  const page = await consolePageOf(t, { account: await newOrganiser(t) });
  await t.logIn(page, await t.person());
  await page.goto("/console");
  await button(page, "Log out").click();
  await page.waitForURL("**/console/login");
  await page.goto("/account");
  await page.getByRole("heading", { level: 1 }).waitFor();
  assert.equal(new URL(page.url()).pathname, "/account");
});

suite.test("a venue where events take place says which, and stays", async (t) => {
  t.expectConsole(REFUSED);
  const account = await newOrganiser(t);
  const { venue_id, name } = await makeDraft(t, account);
  const page = await consolePageOf(t, { account });
  await page.goto(`/console/venues/${venue_id}/edit`);
  await button(page, "Delete the venue").click();
  await page.getByRole("alert").getByRole("link", { name }).waitFor();
  await makeVenue(page, `Empty ${newId().slice(-6)}`);
  await page.getByRole("link", { name: /^Empty/ }).first().click();
  await button(page, "Delete the venue").click();
  await page.waitForURL("**/console/venues");
});

suite.test("the console is a shell that no search engine shows, in both languages", async (t) => {
  for (const path of ["/console", "/hi/console", "/console/login", "/console/events"]) {
    const response = await fetch(t.origin + path, { headers: { Accept: "text/html" } });
    assert.equal(response.status, 200, path);
    assert.equal(response.headers.get("X-Robots-Tag"), "noindex");
    assert.equal(response.headers.get("Cache-Control"), "private, no-store");
    assert.match(await response.text(), /<h1/);
  }
  const nowhere = await fetch(`${t.origin}/console/nothing`, { headers: { Accept: "text/html" } });
  assert.equal(nowhere.status, 404);
  await nowhere.body?.cancel();
});
