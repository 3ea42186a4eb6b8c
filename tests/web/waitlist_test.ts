import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Page } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { webSuite, type WebTest } from "./suite.ts";
import { headersOf, joinByApi, publishEvent, soldOutEvent, waitlistPageOf } from "./waiting.ts";

const { test } = webSuite();

/** What is left of an offer whose end is seen. */
const OFFER_LEFT_MS = 5_000;
/** The API says by a 404 that one does not wait; the browser notes it. */
const NOT_WAITING = /404 .*\/api\/booking\/waitlist\/position/;

test("who waits gets what comes back: from the join over the offer to the ticket", async (t) => {
  t.expectConsole(NOT_WAITING);
  const event = await soldOutEvent(t, { bookings: [2] });
  const page = await waitlistPageOf(t, await t.person(), { ...event, query: "?n=2" });
  await page.getByRole("heading", { level: 1, name: event.name }).waitFor();
  await button(page, "Join the waitlist").click();
  await heading(page, "You are 1st of 1 in line").waitFor();
  await page.getByText("No seat has come back yet.").waitFor();
  await page.getByText("For 2 tickets.").waitFor();

  await event.giveBack();
  await heading(page, "2 tickets came back. They are yours if you want them.").waitFor();
  await page.getByRole("timer").getByText(/^\d+:\d\d$/).waitFor();
  await page.getByText("₹1,198").waitFor();
  await page.getByText(/^Nobody else can buy these until/).waitFor();
  await page.getByRole("link", { name: "Take 2 tickets" }).click();
  await button(page, "Pay ₹1,198").click();
  await page.getByText("Paid. You are going.").waitFor();

  await page.goto(`/waitlist/${event.eventId}`);
  await heading(page, "You have your tickets").waitFor();
  await page.getByRole("link", { name: "Show the tickets" }).click();
  await heading(page, event.name).waitFor();
});

test("who takes fewer pays for fewer, and the next person is offered the rest", async (t) => {
  const event = await soldOutEvent(t, { bookings: [3] });
  const [first, second] = [await t.person(), await t.person()];
  await joinByApi(t, first, { eventId: event.eventId, quantity: 3 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 1 });
  const next = await waitlistPageOf(t, second, event);
  await heading(next, "You are 2nd of 2 in line").waitFor();
  await next.getByText("1 person who wants 3 tickets").waitFor();
  const page = await waitlistPageOf(t, first, event);

  await event.giveBack();
  await heading(page, /^3 tickets came back/).waitFor();
  await page.getByRole("spinbutton", { name: "Tickets that you take" }).waitFor();
  await button(page, "Take only 2").click();
  await button(page, "Pay ₹1,198").click();
  await page.getByText("Paid. You are going.").waitFor();
  await heading(next, "1 ticket came back. It is yours if you want it.").waitFor();
});

test("who passes an offer on is asked first, and sees the line's end; the next one is offered it", async (t) => {
  const event = await soldOutEvent(t, { bookings: [2] });
  const [first, second] = [await t.person(), await t.person()];
  await joinByApi(t, first, { eventId: event.eventId, quantity: 2 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 2 });
  const page = await waitlistPageOf(t, first, event);
  const next = await waitlistPageOf(t, second, event);
  await event.giveBack();
  await button(page, "Pass them on to the next person").click();
  const dialog = page.getByRole("dialog", { name: "Pass them on?" });
  await dialog.getByText("The tickets go to the next person, and you leave the line.").waitFor();
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
  await heading(page, /^2 tickets came back/).waitFor();

  await button(page, "Pass them on to the next person").click();
  await dialog.getByRole("button", { name: "Pass them on to the next person" }).click();
  await page.getByText("You passed the tickets on.").waitFor();
  await button(page, "Join the waitlist").waitFor();
  await heading(next, /^2 tickets came back/).waitFor();
});

test("an offer that nobody takes is over when the server says so, and goes to the next person", async (t) => {
  const event = await soldOutEvent(t, { bookings: [1] });
  const [first, second] = [await t.person(), await t.person()];
  await joinByApi(t, first, { eventId: event.eventId, quantity: 1 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 1 });
  const page = await waitlistPageOf(t, first, event);
  await heading(page, "You are 1st of 2 in line").waitFor();
  const next = await waitlistPageOf(t, second, event);
  await event.giveBack();
  await heading(page, /^1 ticket came back/).waitFor();
  await endOfferSoon(t, event.eventId);
  await page.getByText(/^The offer went to the next person at \d\d:\d\d\./).waitFor();
  await button(page, "Join the waitlist").waitFor();
  await heading(next, /^1 ticket came back/).waitFor();
});

test("who wants fewer keeps the place; who leaves is asked first, and is out of line", async (t) => {
  t.expectConsole(NOT_WAITING);
  const event = await soldOutEvent(t, { bookings: [4] });
  await joinByApi(t, await t.person(), { eventId: event.eventId, quantity: 4 });
  const person = await t.person();
  await joinByApi(t, person, { eventId: event.eventId, quantity: 2 });
  await joinByApi(t, await t.person(), { eventId: event.eventId, quantity: 1 });
  const page = await waitlistPageOf(t, person, event);
  await heading(page, "You are 2nd of 3 in line").waitFor();
  await button(page, "Change to 1 ticket").click();
  await page.getByText("For 1 ticket.").waitFor();
  await heading(page, "You are 2nd of 3 in line").waitFor();

  await button(page, "Leave the line").click();
  const dialog = page.getByRole("dialog", { name: "Leave the line?" });
  await dialog.getByText("You are 2nd of 3. If you come back, you begin at the end.").waitFor();
  await dialog.getByRole("button", { name: "Leave the line" }).click();
  await page.getByText("You have left the line.").waitFor();
  await button(page, "Join the waitlist").waitFor();
});

test("a place moves up while it is looked at", async (t) => {
  const event = await soldOutEvent(t, { bookings: [1] });
  const first = await t.person(), second = await t.person();
  await joinByApi(t, first, { eventId: event.eventId, quantity: 1 });
  await joinByApi(t, second, { eventId: event.eventId, quantity: 1 });
  const page = await waitlistPageOf(t, second, event);
  await heading(page, "You are 2nd of 2 in line").waitFor();
  await dataOf(t.platform.api.DELETE("/api/booking/waitlist/leave", {
    headers: headersOf(first),
    params: { query: { event_id: event.eventId } },
  }));
  await heading(page, "You are 1st of 1 in line").waitFor();
  await page.getByText("Nobody. The next tickets are yours.").waitFor();
});

test("one waits for several ticket types in the order in which they were chosen, fewer welcome", async (t) => {
  t.expectConsole(NOT_WAITING);
  const { eventId, balcony, stalls } = await soldOutTypes(t);
  const person = await t.person();
  const page = await waitlistPageOf(t, person, { eventId, query: `?n=2&type=${stalls}` });
  const boxOf = (name: string) => page.getByRole("checkbox", { name: new RegExp(`^${name}`) });
  await boxOf("Stalls").waitFor();
  assert.ok(await boxOf("Stalls").isChecked());
  await boxOf("Balcony").check();
  await page.getByText("1st choice").waitFor();
  await boxOf("Fewer are welcome").check();
  await button(page, "Join the waitlist").click();
  await page.getByText("For 2 tickets, or as few as 1.").waitFor();
  await page.getByText("Stalls, or Balcony").waitFor();
  const place = await dataOf(t.platform.api.GET("/api/booking/waitlist/position", {
    headers: headersOf(person),
    params: { query: { event_id: eventId } },
  }));
  assert.deepEqual(place.ticket_type_ids, [stalls, balcony]);
  assert.equal(place.min_quantity, 1);
});

test("who need not wait is led back to the event", async (t) => {
  t.expectConsole(NOT_WAITING);
  const { eventId, name } = await publishEvent(t, 5);
  const page = await waitlistPageOf(t, await t.person(), { eventId, query: "?n=2" });
  await heading(page, "Seats are free after all").waitFor();
  await page.getByRole("link", { name: "Get tickets" }).click();
  await page.waitForURL(`/events/${eventId}`);
  await page.getByRole("heading", { level: 1, name }).waitFor();
});

test("strangers are led to the log-in, with the way back", async (t) => {
  const event = await soldOutEvent(t, { bookings: [1] });
  const page = await t.page();
  await page.goto(`/waitlist/${event.eventId}?n=1`);
  await page.waitForURL((url) => url.pathname === "/login");
  assert.equal(new URL(page.url()).searchParams.get("to"), `/waitlist/${event.eventId}?n=1`);
});

test("the waitlist of an unknown event is a page of status 404", async (t) => {
  t.expectConsole(/404/);
  const page = await t.page();
  const response = await page.goto(`/waitlist/${newId()}`);
  assert.equal(response?.status(), 404);
  await heading(page, "There is nothing here").waitFor();
});

function heading(page: Page, name: string | RegExp) {
  return page.getByRole("heading", { name, exact: true });
}

function button(page: Page, name: string) {
  return page.getByRole("button", { name, exact: true });
}

/** Brings the end of an event's open offer near: the platform's offers are open for a minute at the least. */
async function endOfferSoon({ platform: { bookingsDb } }: WebTest, eventId: string): Promise<void> {
  const end = new Date(Date.now() + OFFER_LEFT_MS);
  await bookingsDb`
    WITH ended AS (
      UPDATE bookings SET expires_at = ${end} WHERE event_id = ${eventId} AND status = 'pending'
    )
    UPDATE waitlist_entries SET offer_expires_at = ${end}
     WHERE event_id = ${eventId} AND status = 'offered'`;
}

/** An event of several ticket types that share its seats, all sold. */
async function soldOutTypes(
  t: WebTest,
): Promise<{ eventId: string; balcony: string; stalls: string }> {
  const { api } = t.platform;
  const { eventId, admin } = await publishEvent(t, 2);
  const path = { id: eventId };
  const idOf = async (name: string) =>
    (await dataOf(api.POST("/api/event/admin/events/{id}/ticket-types", {
      headers: admin,
      params: { path },
      body: { name, price: 300, gives: 1, min_per_order: 1, status: "active", pools: [] },
    }))).ticket_type_id;
  const [stalls, balcony] = [await idOf("Stalls"), await idOf("Balcony")];
  await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers: headersOf(await t.person()),
    body: {
      event_id: eventId,
      lines: [{ ticket_type_id: stalls, quantity: 2 }],
      idempotency_key: newId(),
    },
  }));
  return { eventId, stalls, balcony };
}
