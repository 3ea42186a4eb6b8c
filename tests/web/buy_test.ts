import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import {
  assertBoughtOnce,
  openEvent,
  pageOf,
  payButton,
  publishEvent,
  seesTicket,
} from "./buying.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

test("a buyer finds an event, holds two tickets, pays and gets the ticket", async (t) => {
  const event = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await page.goto(`/events?q=${encodeURIComponent(event.name)}`);
  await page.getByRole("heading", { level: 3, name: event.name }).click();
  await page.getByRole("heading", { level: 1, name: event.name }).waitFor();
  await chooseTwo(page);
  await page.getByRole("button", { name: "Hold 2 tickets" }).click();

  await page.getByRole("heading", { name: "Pay for your tickets" }).waitFor();
  await page.getByText("2 tickets are held for you").waitFor();
  assert.match(await page.getByRole("timer").innerText(), /^[45]:\d\d$/);
  await payButton(page, "₹500").click();
  await seesTicket(page);
  assert.match(new URL(page.url()).pathname, /^\/tickets\/\S+$/);
  await page.getByRole("heading", { level: 1, name: event.name }).waitFor();
  await assertBoughtOnce(t, { person, eventId: event.eventId });
});

test("a buyer needs nothing but the keyboard", async (t) => {
  const event = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, event.eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).waitFor();
  await tabTo(page, "Hold 2 tickets");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Pay for your tickets" }).waitFor();
  // Arrows choose among the ways to pay and among the outcomes.
  await tabTo(page, "Card");
  await page.keyboard.press("ArrowRight");
  assert.ok(await page.getByRole("radio", { name: "UPI" }).isChecked());
  await tabTo(page, "Pay ₹500");
  await page.keyboard.press("Enter");
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId: event.eventId });
});

test("on a screen of 320 pixels nothing is cut off from the event to the ticket", async (t) => {
  const event = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person, { viewport: { width: 320, height: 640 } });
  await openEvent(page, event.eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await payButton(page, "₹500").waitFor();
  await assertNoSidewaysScroll(page);
  await payButton(page, "₹500").click();
  await seesTicket(page);
  await assertNoSidewaysScroll(page);
  await assertBoughtOnce(t, { person, eventId: event.eventId });
});

test("free tickets are taken without a payment", async (t) => {
  const event = await publishEvent(t, { price: 0 });
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, event.eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await page.getByRole("heading", { name: "Take your tickets" }).waitFor();
  assert.equal(await page.getByText("Pay with").count(), 0);
  await page.getByRole("button", { name: "Take 2 free tickets" }).click();
  await page.getByRole("status").getByText("You are going.").waitFor();
});

test("a buyer who is not logged in comes back to the event with the number kept", async (t) => {
  const event = await publishEvent(t);
  const person = await t.person();
  const page = await t.page();
  await openEvent(page, event.eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await page.waitForURL(/\/login/);
  await page.getByLabel("E-mail").fill(person.email);
  await page.getByLabel("Password", { exact: true }).fill(person.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  const hold = page.getByRole("button", { name: "Hold 2 tickets" }).first();
  await hold.waitFor();
  // It is never held by itself.
  assert.equal(new URL(page.url()).pathname, `/events/${event.eventId}`);
  await hold.click();
  await page.getByText("2 tickets are held for you").waitFor();
});

async function chooseTwo(page: Page): Promise<void> {
  const number = page.getByRole("main").getByRole("spinbutton").first();
  await number.fill("2");
  await number.blur();
}

/** Presses Tab until something of this name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  const MAX_STOPS = 60;
  const target = page.locator(":focus").and(
    page.getByRole("button", { name }).or(page.getByRole("radio", { name })),
  );
  for (let stop = 0; stop < MAX_STOPS; stop++) {
    if (await target.count() > 0) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab does not lead to "${name}"`);
}

async function assertNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, client } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    client: document.documentElement.clientWidth,
  }));
  assert.ok(scroll <= client, `the page is ${scroll} px wide, its window ${client}`);
}
