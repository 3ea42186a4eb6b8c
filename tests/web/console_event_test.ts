import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { publishEvent } from "./buying.ts";
import { consolePageOf, newAnalyst, newMemberAnalyst } from "./console_login.ts";
import { organiserOf } from "./organiser.ts";
import { buyByApi, namedPerson, savedText, tamperWithLedger } from "./selling.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

/** Within this time a page that gets no answers says so. */
const SAYS_SO_MS = 2_000;
/** How long one look for something lasts, where what brings it about is tried again. */
const LOOK_MS = 1_000;

test("what a buyer buys is seen as it is bought: in figures, chart, table, CSV and ledger", async (t) => {
  const { eventId, name } = await publishEvent(t, { capacity: 20, price: 250 });
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await heading(page, 1, name).waitFor();
  await figure(page, "Sold", "0").waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  await page.getByText("Nothing is sold yet.").waitFor();

  const buyer = await namedPerson(t, '=HYPERLINK("http://evil.example")');
  const bookingId = await buyByApi(t, buyer, { eventId, quantity: 3 });
  await figure(page, "Sold", "3").waitFor();
  await figure(page, "Revenue", "₹750").waitFor();
  await figure(page, "Free", "17").waitFor();
  await page.getByRole("link", { name: buyer.name }).waitFor();
  await page.getByRole("row", { name: /^General admission On sale ₹250 3 0 17 0/ }).waitFor();

  await page.getByRole("button", { name: "60 minutes" }).click();
  const chart = page.getByRole("slider", { name: "Tickets sold a minute" });
  await chart.waitFor();
  await page.getByText("3 tickets sold, 0 in the time before.").waitFor();
  await chart.press("Home");
  assert.match(await chart.getAttribute("aria-valuetext") ?? "", /: 0 tickets, 0 before$/);
  await page.getByRole("button", { name: "As a table" }).click();
  await page.getByRole("row", { name: /\s3\s+0\s+₹750$/ }).waitFor();
  assert.deepEqual(await violationsOf(page), []);

  await tab(page, "Bookings").click();
  await page.getByText("1 booking", { exact: true }).waitFor();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  const [head = "", line = "", ...more] = (await savedText(await download)).trim().split(/\r?\n/);
  await page.getByRole("status").getByText(/^Saved: 1 kB\.$/).waitFor();
  assert.match(head, /reference,booking_id,status/);
  assert.ok(line.includes(bookingId), line);
  assert.ok(line.includes(`"'=HYPERLINK(""http://evil.example"")"`), "a formula is none: " + line);
  assert.deepEqual(more, []);

  await tab(page, "Seat ledger").click();
  await heading(page, 2, "Every seat is accounted for.").waitFor();
  await page.getByText("20 seats = 3 sold + 0 held + 17 free + 0 set aside").waitFor();
  await page.getByRole("row", { name: /^Sold 2 .* 3 seats: held → sold 3, 0, 17$/ }).waitFor();
});

test("a file goes on while its page is left, and one that breaks off is not saved", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  await buyByApi(t, await t.person(), { eventId });
  const page = await consolePageOf(t);
  const answers = [1, 2].map(() => Promise.withResolvers<"continue" | "abort">());
  let asked = 0;
  await page.route(`**/api/event/admin/events/${eventId}/bookings`, async (route) => {
    if (route.request().headers().accept !== "text/csv") return await route.continue();
    await route[await answers[asked++]!.promise]();
  });
  await page.goto(`/console/events/${eventId}/bookings`);
  await press(page, "Download CSV");
  await page.getByText(/^Fetching… /).waitFor();
  await tab(page, "Seat ledger").click();
  await heading(page, 1, "Seat ledger").waitFor();
  await page.goBack();
  await page.getByText(/^Fetching… /).waitFor();
  const download = page.waitForEvent("download");
  answers[0]!.resolve("continue");
  assert.match(await savedText(await download), /^\W?reference,/);
  await page.getByRole("status").getByText(/^Saved: /).waitFor();

  await press(page, "Download CSV");
  answers[1]!.resolve("abort");
  await page.getByText("The file broke off, so nothing was saved. Try again.").waitFor();
});

test("a wall whose numbers are old says so, until there are new ones", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const page = await consolePageOf(t);
  await page.clock.install();
  await page.goto(`/console/events/${eventId}/live`);
  await page.getByText(/^As of /).waitFor();
  let isDown = true;
  await page.route("**/api/**", (route) => isDown ? route.abort() : route.continue());
  // An answer that was on its way yet may make the numbers new once more.
  await eventually("the numbers are old", async () => {
    await page.clock.fastForward("00:40");
    return await isShown(page.getByText(/^No answer since /));
  });
  isDown = false;
  // A request that was cut off on its way back is asked again at the next turn.
  await eventually("there are new numbers", async () => {
    await page.clock.fastForward("00:10");
    return await isShown(page.getByText(/^As of /));
  });
});

test("a ledger that differs is said loudly: what, where and since when", async (t) => {
  const { eventId } = await publishEvent(t, { capacity: 10 });
  await buyByApi(t, await t.person(), { eventId });
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}/ledger`);
  await heading(page, 2, "Every seat is accounted for.").waitFor();
  await tamperWithLedger(t, eventId, { seq: 1 });
  await page.getByRole("button", { name: "Check now" }).click();
  await heading(page, 2, "The seats do not add up").waitFor();
  const row = page.getByRole("row", { name: /^An entry was changed after it was written/ });
  await row.getByText(/^The house$/).waitFor();
  await row.getByText(/^entry 1, \w{3} \d+ \w{3}, \d\d:\d\d$/).waitFor();
  const alert = page.getByRole("alert");
  assert.deepEqual(await violationsOf(page), []);
  await alert.getByText(/^No seat was changed by this check\. Download the entries/).waitFor();
});

test("a draft is published and taken off sale again, and a copy is a draft of its own", async (t) => {
  const organiser = await organiserOf(t.platform);
  const eventId = await organiser.event({ isDraft: true });
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await press(page, "Publish");
  await page.getByText("It is on sale, and in the search within moments.").waitFor();
  await press(page, "Take it off sale");
  await page.getByText("It is a draft again. Nobody can see or buy it.").waitFor();
  assert.equal(await page.getByText("It is on sale, and").count(), 0, "one outcome is shown");
  await press(page, "Publish");
  await page.getByText("It is on sale, and in the search within moments.").waitFor();
  await buyByApi(t, await t.person(), { eventId, quantity: 1 });
  await page.getByRole("button", { name: "Take it off sale" }).waitFor({ state: "detached" });

  await press(page, "Make a copy");
  await page.waitForURL((url) => !url.pathname.endsWith(eventId));
  await figure(page, "Sold", "0").waitFor();
  await page.getByRole("button", { name: "Publish" }).waitFor();
});

test("an analyst sees an event and its bookings, and no button that changes anything", async (t) => {
  const { eventId } = await publishEvent(t);
  const bookingId = await buyByApi(t, await namedPerson(t, "Asha Rao"), { eventId });
  const page = await consolePageOf(t, { account: await newAnalyst(t) });
  await page.goto(`/console/events/${eventId}`);
  await figure(page, "Sold", "2").waitFor();
  await page.getByRole("link", { name: "Asha Rao" }).waitFor();
  await page.getByRole("slider").waitFor();
  assert.deepEqual(await buttons(page), ["60 minutes", "24 hours", "28 days", "As a table"]);
  await page.goto(`/console/events/${eventId}/bookings/${bookingId}`);
  await heading(page, 2, "Payments").waitFor();
  assert.deepEqual(await buttons(page), []);
  await page.goto(`/console/events/${eventId}/waitlist`);
  await heading(page, 2, "Nobody waits").waitFor();
  assert.deepEqual(await buttons(page), []);
  await page.goto(`/console/webhooks`);
  await heading(page, 1, "Webhooks").waitFor();
  assert.deepEqual(await buttons(page), []);
});

test("who only reads in the organisation of an event has no button there that changes it", async (t) => {
  const { eventId } = await publishEvent(t);
  const bookingId = await buyByApi(t, await t.person(), { eventId });
  const page = await consolePageOf(t, { account: await newMemberAnalyst(t, eventId) });
  const organisations = page.waitForResponse(/\/admin\/organisations$/);
  await page.goto(`/console/events/${eventId}`);
  await figure(page, "Sold", "2").waitFor();
  await organisations;
  await page.goto(`/console/events/${eventId}/bookings/${bookingId}`);
  await heading(page, 2, "Payments").waitFor();
  assert.deepEqual(await buttons(page), []);
  await tab(page, "Sales").click();
  await figure(page, "Sold", "2").waitFor();
  await page.getByRole("slider").waitFor();
  assert.deepEqual(await buttons(page), ["60 minutes", "24 hours", "28 days", "As a table"]);
});

test("of another organiser's event there is nothing to see", async (t) => {
  t.expectConsole(/status of 404/);
  const { eventId } = await publishEvent(t);
  const { headers } = await organiserOf(t.platform);
  const account = { email: `${crypto.randomUUID()}@example.com`, password: "a long password" };
  await t.platform.api.POST("/api/event/auth/admin/register", {
    headers,
    body: { ...account, name: "Zoya", role: "event_manager" },
  });
  const page = await consolePageOf(t, { account });
  for (const path of ["", "/bookings", "/waitlist", "/holds", "/ledger", "/live"]) {
    await page.goto(`/console/events/${eventId}${path}`);
    await heading(page, 1, "There is nothing here").waitFor();
  }
});

test("while the API does not answer, each page has its head and says so within two seconds", async (t) => {
  const { eventId } = await publishEvent(t);
  for (const path of ["", "/bookings", "/waitlist", "/holds", "/ledger", "/live"]) {
    const page = await consolePageOf(t);
    // It hangs, which is worse than a refusal.
    await page.route("**/api/event/**", () => {});
    await page.goto(`/console/events/${eventId}${path}`);
    await page.getByRole("heading", { level: 1 }).waitFor();
    await page.getByText("This takes longer than usual. We keep trying.")
      .waitFor({ timeout: SAYS_SO_MS });
    await page.context().close();
  }
});

test("what was shown stays when the API goes away, with its time, and goes on when it is back", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const buyer = await t.person();
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await figure(page, "Sold", "0").waitFor();
  await page.route("**/api/event/admin/**", (route) => route.abort());
  await buyByApi(t, buyer, { eventId });
  await page.getByText(/^We cannot reach .* just now\. Shown: \d\d:\d\d\./).waitFor();
  await figure(page, "Sold", "0").waitFor();
  await page.unroute("**/api/event/admin/**");
  await figure(page, "Sold", "2").waitFor();
});

test("the wall shows the sale by itself, in Hindi as well", async (t) => {
  const { eventId } = await publishEvent(t, { capacity: 8 });
  const page = await consolePageOf(t);
  await page.goto(`/hi/console/events/${eventId}/live`);
  const wall = page.getByRole("region").filter({ has: page.getByText("पेमेंट चल रहा है") });
  await wall.getByRole("slider", { name: "पिछले घंटे में हर मिनट बिके टिकट" }).waitFor();
  await buyByApi(t, await t.person(), { eventId, quantity: 2 });
  await wall.getByText(/^₹500$/).waitFor();
  await wall.getByRole("button", { name: "पूरी स्क्रीन", exact: true }).click();
  await wall.getByRole("button", { name: "पूरी स्क्रीन से निकलें" }).waitFor();
});

function heading(page: Page, level: number, name: string) {
  return page.getByRole("heading", { level, name, exact: true });
}

function tab(page: Page, name: string) {
  return page.getByRole("navigation", { name: "Pages of this event" }).getByRole("link", { name });
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
}

/** A figure of an event, once it has a value. */
function figure(page: Page, name: string, value: string) {
  const all = page.locator("dl").filter({ has: page.getByText("Held now", { exact: true }) });
  return all.locator("div").filter({ has: page.getByText(name, { exact: true }) })
    .getByText(value, { exact: true });
}

/** The names of the buttons in the page itself. */
async function buttons(page: Page): Promise<string[]> {
  return await page.getByRole("main").getByRole("button").allInnerTexts();
}

/** Whether something is there soon. */
async function isShown(locator: Locator): Promise<boolean> {
  return await locator.waitFor({ timeout: LOOK_MS }).then(() => true, () => false);
}
