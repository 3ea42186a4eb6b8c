import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import { publishEvent } from "./buying.ts";
import { consolePageOf } from "./console_login.ts";
import { buyByApi, namedPerson } from "./selling.ts";
import { type Person, webSuite, type WebTest } from "./suite.ts";

const { test } = webSuite();

const REFUND = "**/api/event/admin/events/*/bookings/*/refund";

test("a booking is found by name, e-mail, reference and state, and the search is in the address", async (t) => {
  const { eventId } = await publishEvent(t);
  const [asha, ben] = [await namedPerson(t, "Asha Kulkarni"), await namedPerson(t, "Ben Okri")];
  await buyByApi(t, asha, { eventId });
  await buyByApi(t, ben, { eventId, quantity: 1 });
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}/bookings`);
  await page.getByText("2 bookings", { exact: true }).waitFor();

  const search = page.getByRole("searchbox", { name: "Reference, name or e-mail" });
  await search.fill("kulkar");
  await search.press("Enter");
  await page.getByText("1 booking", { exact: true }).waitFor();
  await page.getByRole("row", { name: /Asha Kulkarni/ }).waitFor();
  assert.equal(new URL(page.url()).search, "?q=kulkar");
  await page.reload();
  await page.getByRole("row", { name: /Asha Kulkarni/ }).waitFor();
  assert.equal(await search.inputValue(), "kulkar");

  await search.fill(ben.email);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("row", { name: /Ben Okri/ }).waitFor();
  const reference = await page.getByRole("link", { name: /^EVT-/ }).innerText();
  await page.getByRole("link", { name: "Cancelled" }).click();
  await page.getByRole("heading", { name: "Nothing found" }).waitFor();
  await page.getByRole("link", { name: "Show all" }).click();
  await search.fill(reference.toLowerCase());
  await search.press("Enter");
  await page.getByText("1 booking", { exact: true }).waitFor();
  await page.getByRole("link", { name: reference }).click();
  await page.getByRole("heading", { level: 1, name: `Booking ${reference}` }).waitFor();
  await page.getByText("Number at the bank:").waitFor();
});

test("an organiser gives a part back, within what is left, and the buyer sees why", async (t) => {
  const { eventId } = await publishEvent(t, { price: 500 });
  const buyer = await t.person();
  const bookingId = await buyByApi(t, buyer, { eventId });
  const page = await openBooking(t, { eventId, bookingId });
  const amount = page.getByRole("textbox", { name: "Amount" });
  await press(page, "Go on");
  const errors = page.getByRole("alert").filter({ hasText: "There is something to mend" });
  await errors.getByRole("link", { name: "Enter an amount, such as 250 or 99.50" }).click();
  assert.ok(await amount.evaluate((field) => field === document.activeElement), "it has focus");
  await amount.fill("1,000.01");
  await press(page, "Go on");
  await errors.getByRole("link", { name: /^Enter at most ₹1,000/ }).waitFor();
  assert.deepEqual(await violationsOf(page), []);

  await amount.fill("₹ 250.50");
  await page.getByRole("textbox", { name: "Reason" }).fill("The support act is ill");
  await press(page, "Go on");
  const dialog = page.getByRole("dialog", { name: "Give back ₹250.50?" });
  await dialog.getByText("The buyer keeps 2 tickets").waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await dialog.getByRole("button", { name: "Give back ₹250.50" }).click();
  await page.getByText("₹250.50 is on its way back.").waitFor();
  await page.getByRole("listitem").filter({ hasText: "The support act is ill" }).waitFor();
  await page.getByText("Up to ₹749.50").waitFor();
  await page.getByText("₹1,000 Paid, and given back in part").waitFor();

  const { refunds, status } = await bookingOf(t, buyer, bookingId);
  assert.equal(status, "confirmed");
  assert.deepEqual(
    refunds.map(({ amount, reason, note }) => ({ amount, reason, note })),
    [{ amount: 250.5, reason: "organiser", note: "The support act is ill" }],
  );
});

test("a refund whose answer is lost is asked for again after a reload, and made once", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t, { price: 500 });
  const buyer = await t.person();
  const bookingId = await buyByApi(t, buyer, { eventId });
  const page = await openBooking(t, { eventId, bookingId });
  const keys: string[] = [];
  await page.route(REFUND, (route) => loseFirst(route, keys));
  await page.getByRole("textbox", { name: "Amount" }).fill("100");
  await press(page, "Go on");
  await page.getByRole("dialog").getByRole("button", { name: "Give back ₹100" }).click();
  await page.getByText(/^We do not know yet whether it was given back\./).waitFor();
  await page.reload();
  await page.getByText(/^We do not know yet whether it was given back\./).waitFor();
  await press(page, "Give back ₹100");
  await page.getByText("₹100 is on its way back.").waitFor();
  assert.equal(keys.length, 2);
  assert.equal(new Set(keys).size, 1);
  assert.equal((await bookingOf(t, buyer, bookingId)).refunds.length, 1);
});

test("an event is cancelled once what that does was read and its name typed, and the refunds are followed", async (t) => {
  const { eventId, name } = await publishEvent(t, { capacity: 40, price: 500 });
  const buyers = [await t.person(), await t.person()];
  for (const buyer of buyers) {
    await buyByApi(t, buyer, { eventId, quantity: 2 });
    await buyByApi(t, buyer, { eventId, quantity: 1 });
  }
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await press(page, "Cancel the event");
  const dialog = page.getByRole("dialog", { name: `Cancel ${name}?` });
  await dialog.getByText("6 tickets and ₹3,000 go back, to 2 people.").waitFor();
  await dialog.getByText("4 bookings are cancelled.").waitFor();
  const typed = dialog.getByRole("textbox", { name: "Type the name of the event to cancel it" });
  await typed.fill("Another evening");
  const cancel = dialog.getByRole("button", { name: "Cancel the event and refund everybody" });
  await cancel.click();
  await dialog.getByRole("link", { name: `Type the name as it is: ${name}` }).waitFor();
  assert.deepEqual(await violationsOf(page), []);
  await dialog.getByRole("button", { name: "Keep the event" }).click();
  await press(page, "Cancel the event");
  await typed.fill(` ${name.toUpperCase()} `);
  await cancel.click();

  await page.getByRole("heading", { name: "The event is cancelled" }).waitFor();
  // It goes on by itself; coming back shows how far it is.
  await page.goto("/console");
  await page.goto(`/console/events/${eventId}`);
  await page.getByText(/^All is done, since /).waitFor();
  const bar = page.getByRole("progressbar", { name: "4 of 4 refunds made" });
  assert.equal(await bar.getAttribute("value"), "4");
  await page.getByText("₹3,000 of ₹3,000 given back").waitFor();
  assert.equal(await page.getByRole("button", { name: "Cancel the event" }).count(), 0);
});

test("an event that cannot be counted cannot be cancelled by the page", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}`);
  await page.route("**/cancellation/preview", (route) => route.abort());
  await press(page, "Cancel the event");
  const dialog = page.getByRole("dialog");
  await dialog.getByText(/^We cannot count what it would do just now/).waitFor();
  assert.equal(await dialog.getByRole("textbox").count(), 0);
  await dialog.getByRole("button", { name: "Close" }).click();
});

async function openBooking(
  t: WebTest,
  { eventId, bookingId }: { eventId: string; bookingId: string },
): Promise<Page> {
  const page = await consolePageOf(t);
  await page.goto(`/console/events/${eventId}/bookings/${bookingId}`);
  await page.getByRole("heading", { name: "Give money back" }).waitFor();
  return page;
}

/** Sends a refund on, notes its key, and loses the answer to the first one. */
async function loseFirst(route: Route, keys: string[]): Promise<void> {
  keys.push(route.request().postDataJSON().idempotency_key);
  if (keys.length > 1) return await route.continue();
  await route.fetch();
  await route.abort();
}

/** A booking as its buyer sees it, once the bank has made its refunds. */
function bookingOf({ platform: { api } }: WebTest, buyer: Person, id: string) {
  const headers = { Authorization: `Bearer ${buyer.token}` };
  return eventually("the refunds are made", async () => {
    const booking = await dataOf(
      api.GET("/api/booking/bookings/{id}", { headers, params: { path: { id } } }),
    );
    return booking.refunds.every(({ done_at }) => done_at !== undefined) && booking;
  });
}

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole("main").getByRole("button", { name, exact: true }).first().click();
}
