import assert from "node:assert/strict";
import type { Page, Route } from "playwright-core";
import { eventually } from "../journeys/platform.ts";
import {
  assertBoughtOnce,
  bookedOf,
  holdByApi,
  openCheckout,
  openEvent,
  pageOf,
  payButton,
  publishEvent,
  seesTicket,
} from "./buying.ts";
import { organiserOf } from "./organiser.ts";
import { webSuite } from "./suite.ts";

const { test } = webSuite();

const RESERVE = "**/api/booking/bookings/reserve";
const CONFIRM = "**/api/booking/bookings/confirm";

test("a declined payment leaves the tickets held, and another one pays at once", async (t) => {
  t.expectConsole(/402/);
  const { eventId, person, bookingId, page } = await openCheckout(t);
  await page.getByRole("radio", { name: /^It declines/ }).check();
  // The page reads the booking anew, and has no answer until the second payment is sent.
  const sent = Promise.withResolvers<void>();
  await page.route(`**/bookings/${bookingId}`, async (route) => {
    await sent.promise;
    await route.continue();
  });
  await payButton(page, "₹500").click();
  const note = page.getByRole("alert");
  await note.getByText("Your bank declined the payment.").waitFor();
  assert.ok(await page.locator(":focus").getByRole("alert").count(), "the note has the focus");
  await page.getByText("2 tickets are held for you").waitFor();
  await page.getByRole("radio", { name: /^It pays/ }).check();
  const second = page.waitForRequest(CONFIRM);
  await payButton(page, "₹500").click();
  await second;
  sent.resolve();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a bank that asks its buyer is answered on the page", async (t) => {
  const { eventId, person, page } = await openCheckout(t);
  await page.getByRole("radio", { name: /^It asks you first/ }).check();
  await payButton(page, "₹500").click();
  await page.getByRole("button", { name: "Approve ₹500" }).click();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a reservation whose answer is lost is asked for again and holds once", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  const sent = await loseAnswers(page, { pattern: RESERVE, times: 2 });
  await openEvent(page, eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await page.getByText("2 tickets are held for you").waitFor();
  assert.equal(sent.length, 3);
  assert.equal(new Set(sent.map(({ idempotency_key }) => idempotency_key)).size, 1);
  assert.equal((await bookedOf(t, { person, eventId })).length, 1);
});

test("a reload while a reservation has no answer asks for the same one", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, eventId, 2);
  // The look at what is held is lost as well, so that only the key can prevent a second hold.
  await page.route("**/api/booking/bookings/user/**", (route) => route.abort());
  const sent = await loseAnswers(page, { pattern: RESERVE, times: 1 });
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await eventually("the reservation was sent", () => Promise.resolve(sent.length > 0));
  await page.reload();
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await page.getByText("2 tickets are held for you").waitFor();
  assert.equal((await bookedOf(t, { person, eventId })).length, 1);
});

test("a payment whose answer is lost is found out and made once", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId, person, page } = await openCheckout(t);
  await payButton(page, "₹500").waitFor();
  await loseAnswers(page, { pattern: CONFIRM, times: 1 });
  await payButton(page, "₹500").click();
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a payment that never arrived is sent again, after a reload too", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId, person, page } = await openCheckout(t);
  await payButton(page, "₹500").waitFor();
  await page.route(CONFIRM, (route) => route.abort());
  await payButton(page, "₹500").click();
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await page.unroute(CONFIRM);
  await page.reload();
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("offline tickets are asked for again as soon as the network is back", async (t) => {
  t.expectConsole(/ERR_|Failed to load/);
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, eventId, 2);
  const button = page.getByRole("button", { name: "Hold 2 tickets" }).first();
  await button.waitFor();
  await page.context().setOffline(true);
  await button.click();
  await page.getByText("You are offline.").waitFor();
  await page.context().setOffline(false);
  await page.getByText("2 tickets are held for you").waitFor();
  assert.equal((await bookedOf(t, { person, eventId })).length, 1);
});

test("a double press pays once", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  let sent = 0;
  await page.route(CONFIRM, async (route) => {
    sent++;
    await route.continue();
  });
  await page.goto(`/checkout/${bookingId}`);
  await payButton(page, "₹500").dblclick();
  await seesTicket(page);
  assert.equal(sent, 1);
  await assertBoughtOnce(t, { person, eventId });
});

test("back from the checkout shows what is held, and holding again leads there", async (t) => {
  const { eventId, name } = await publishEvent(t);
  const person = await t.person();
  const page = await pageOf(t, person);
  await openEvent(page, eventId, 2);
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await payButton(page, "₹500").waitFor();
  const checkout = page.url();
  await page.goBack();
  await page.getByRole("heading", { level: 1, name }).waitFor();
  const bar = page.getByRole("complementary", { name: "Held tickets" });
  await bar.getByText("2 tickets held for you").waitFor();
  await page.getByRole("button", { name: "Hold 2 tickets" }).first().click();
  await page.waitForURL(checkout);
  await page.reload();
  await payButton(page, "₹500").waitFor();
  assert.equal((await bookedOf(t, { person, eventId })).length, 1);
});

test("tickets that are let go are free at once, in every tab", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  await page.goto(`/events/${eventId}`);
  const other = await page.context().newPage();
  await other.goto("/");
  const bars = [page, other].map((tab) => tab.getByRole("complementary", { name: "Held tickets" }));
  await Promise.all(bars.map((bar) => bar.waitFor()));
  await bars[0]!.getByRole("button", { name: "Let them go" }).click();
  await Promise.all(bars.map((bar) => bar.waitFor({ state: "detached" })));
  assert.deepEqual((await bookedOf(t, { person, eventId })).map(({ status }) => status), [
    "expired",
  ]);
  await page.goto(`/checkout/${bookingId}`);
  await page.getByRole("button", { name: "Hold 2 again" }).click();
  await page.getByText("2 tickets are held for you").waitFor();
});

test("a second tab and a second device see the payment of the first", async (t) => {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  const tab = await page.context().newPage();
  const device = await pageOf(t, person);
  const pages = [page, tab, device];
  await Promise.all(pages.map((each) => each.goto(`/checkout/${bookingId}`)));
  await Promise.all(pages.map((each) => payButton(each, "₹500").waitFor()));
  await payButton(page, "₹500").click();
  await seesTicket(page);
  // The tab hears of it; the device is told by its stream, or finds out when it pays.
  await seesTicket(tab);
  await payButton(device, "₹500").click().catch(() => {});
  await device.getByText("Paid. You are going.").waitFor();
  await assertBoughtOnce(t, { person, eventId });
});

test("when others were faster, the page offers what is left", async (t) => {
  t.expectConsole(/409|ERR_FAILED/);
  const { eventId } = await publishEvent(t, { capacity: 3 });
  const [person, other] = await Promise.all([t.person(), t.person()]);
  const page = await pageOf(t, person);
  await openEvent(page, eventId, 2);
  const button = page.getByRole("button", { name: "Hold 2 tickets" }).first();
  await button.waitFor();
  // What the page knows of the seats stays as it is.
  await page.route("**/check-availability?**", (route) => route.abort());
  await holdByApi(t, other, { eventId, quantity: 2 });
  await page.unroute("**/check-availability?**");
  await button.click();
  await page.getByRole("button", { name: "Take 1" }).first().click();
  await page.getByText("1 ticket is held for you").waitFor();
});

test("an event that is cancelled while its checkout is open: said there, nothing paid", async (t) => {
  const { eventId, person, page } = await openCheckout(t);
  await payButton(page, "₹500").waitFor();
  await (await organiserOf(t.platform)).cancel(eventId);
  await seesCancelled(page);
  assert.deepEqual((await bookedOf(t, { person, eventId })).map(({ payments }) => payments), [0]);
});

test("who pays for an event that was just cancelled learns so, and pays nothing", async (t) => {
  t.expectConsole(/40[0-9]/);
  const { eventId, person, bookingId, page } = await openCheckout(t);
  await payButton(page, "₹500").waitFor();
  // What the page knows of the booking stays as it is, until it has paid.
  await page.route(`**/bookings/${bookingId}`, (route) => route.abort());
  t.expectConsole(/ERR_FAILED/);
  await (await organiserOf(t.platform)).cancel(eventId);
  const refused = page.waitForResponse(CONFIRM);
  await payButton(page, "₹500").click();
  assert.equal((await refused).ok(), false);
  await page.unroute(`**/bookings/${bookingId}`);
  await seesCancelled(page);
  assert.deepEqual((await bookedOf(t, { person, eventId })).map(({ payments }) => payments), [0]);
});

test("a booking of another account is shown to nobody", async (t) => {
  t.expectConsole(/403|404/);
  const { eventId } = await publishEvent(t);
  const [owner, stranger] = await Promise.all([t.person(), t.person()]);
  const bookingId = await holdByApi(t, owner, { eventId });
  const page = await pageOf(t, stranger);
  await page.goto(`/checkout/${bookingId}`);
  await page.getByRole("heading", { name: "This booking is not of this account" }).waitFor();
  await page.getByText(`You are logged in as ${stranger.email}.`).waitFor();
});

/** Longest wait for what an open checkout asks for from time to time. */
const CHECKOUT_PATIENCE_MS = 40_000;

async function seesCancelled(page: Page): Promise<void> {
  const title = page.getByRole("heading", { name: "This event is cancelled" });
  await title.waitFor({ timeout: CHECKOUT_PATIENCE_MS });
  await page.getByText("Nothing was paid.").waitFor();
  await page.getByRole("link", { name: "See what else is on" }).waitFor();
}

/** Lets requests reach the server, and cuts the connection before their answers. @returns the bodies that were sent */
async function loseAnswers(
  page: Page,
  { pattern, times }: { pattern: string; times: number },
): Promise<Record<string, unknown>[]> {
  const sent: Record<string, unknown>[] = [];
  await page.route(pattern, async (route: Route) => {
    sent.push(route.request().postDataJSON());
    if (sent.length > times) return await route.continue();
    const answer = await route.fetch();
    assert.ok(answer.ok(), `the server answered ${answer.status()}`);
    await route.abort("connectionreset");
  });
  return sent;
}
