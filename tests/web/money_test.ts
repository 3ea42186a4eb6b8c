/** Money that comes late or goes back in part, and currencies without decimals. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Page } from "playwright-core";
import { dataOf, eventually } from "../journeys/platform.ts";
import { violationsOf } from "./axe.ts";
import {
  assertBoughtOnce,
  bookedOf,
  holdByApi,
  pageOf,
  payButton,
  publishEvent,
  seesTicket,
} from "./buying.ts";
import { organiserOf } from "./organiser.ts";
import { untilQuiet } from "./quiet.ts";
import { type Person, webSuite, type WebTest } from "./suite.ts";

const { test } = webSuite();

/** Longest wait for a payment that takes its time. */
const PATIENCE = { timeout: 40_000 };
const CAPACITY = 2;

async function openCheckoutOf(t: WebTest, { eventId }: { eventId: string }) {
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person, { reducedMotion: "reduce" });
  await page.goto(`/checkout/${bookingId}`);
  return { person, bookingId, page };
}

async function payLater(page: Page): Promise<void> {
  await page.getByRole("radio", { name: /^It takes its time/ }).check();
  const confirmed = page.waitForResponse((response) => response.url().endsWith("/confirm"));
  await payButton(page, "₹500").click();
  assert.equal((await confirmed).status(), 202);
}

async function assertAccessible(page: Page, path: string): Promise<void> {
  await untilQuiet(page, () => page.goto(path));
  assert.deepEqual(await violationsOf(page), []);
}

test("a payment that takes its time: the page says so, asks on, and shows the ticket", async (t) => {
  const { eventId } = await publishEvent(t, { capacity: CAPACITY });
  const { person, page } = await openCheckoutOf(t, { eventId });
  await payLater(page);
  await page.getByText("We do not know yet whether the payment went through.").waitFor();
  await seesTicket(page);
  await assertBoughtOnce(t, { person, eventId });
});

test("a payment that came too late: checkout and booking say that the money came back", async (t) => {
  const { bookingsDb } = t.platform;
  const { eventId } = await publishEvent(t, { capacity: CAPACITY });
  const { person, bookingId, page } = await openCheckoutOf(t, { eventId });
  await payLater(page);
  await bookingsDb`
    UPDATE bookings SET expires_at = now() - interval '1 second' WHERE booking_id = ${bookingId}`;
  await page.getByRole("heading", { name: "Time is up" }).waitFor(PATIENCE);
  await page.getByText("your payment is still on its way.").waitFor();
  assert.equal(await page.getByText("Nothing was paid").count(), 0);
  // Somebody else takes the seats once they are free, before the provider tells that it has the money.
  const other = await t.person();
  await eventually("the seats are free", () => holdByApi(t, other, { eventId }).catch(() => false));
  await bookingsDb`
    UPDATE outbox SET due_at = now() WHERE topic = 'payment.look' AND subject_id = ${bookingId}`;
  await eventually("the money is on its way", async () => {
    const [row] = await bookingsDb`
      SELECT payment_status FROM bookings WHERE booking_id = ${bookingId}`;
    return row?.payment_status === "refunded";
  });

  await page.getByRole("heading", { name: "Your payment came too late" }).waitFor(PATIENCE);
  await assertAccessible(page, `/checkout/${bookingId}`);
  await page.getByText("had gone back before it arrived. You get back ₹500.").waitFor();
  await eventually("the money is back", async () => {
    const [refund] = await bookingsDb`SELECT done_at FROM refunds WHERE booking_id = ${bookingId}`;
    return refund?.done_at !== null;
  });
  await assertAccessible(page, `/account/bookings/${bookingId}`);
  await page.getByText("₹500 as your payment came too late · given back on").waitFor();
  assert.deepEqual((await bookedOf(t, { person, eventId })).map(({ status }) => status), [
    "expired",
  ]);
});

test("yen are bought without decimals, and a part that comes back is on the booking", async (t) => {
  const organiser = await organiserOf(t.platform);
  const eventId = await organiser.event({ name: "Kodo", price: 1_500, currency: "JPY" });
  const { person, bookingId, page } = await openCheckoutOf(t, { eventId });
  await assertAccessible(page, `/events/${eventId}`);
  await page.getByText("JP¥1,500").first().waitFor();
  await assertAccessible(page, `/checkout/${bookingId}`);
  await payButton(page, "JP¥3,000").click();
  await seesTicket(page);
  await refundByOrganiser(t, { eventId, bookingId, amount: 500, reason: "A seat was broken" });
  await eventually(
    "the part is back",
    async () => (await bookingOf(t, { person, bookingId })).refunded_amount === 500,
  );
  await assertAccessible(page, `/account/bookings/${bookingId}`);
  await page.getByText("JP¥500 from the organiser: A seat was broken · given back on").waitFor();
  await page.getByText("JP¥3,000 paid").waitFor();
});

test("prices are compared in one currency, which the filter names and lets choose", async (t) => {
  const organiser = await organiserOf(t.platform);
  const city = `Kyoto ${newId().slice(-6)}`;
  await organiser.event({ name: "Dear yen", price: 9_000, currency: "JPY", city });
  await organiser.event({ name: "Cheap yen", price: 800, currency: "JPY", city });
  await organiser.event({ name: "In dinars", price: 1.255, currency: "KWD", city });
  const listed = `/events?city=${encodeURIComponent(city)}`;
  await eventually("all are found", async () => {
    const { body } = await t.platform.call(
      "GET",
      `/api/search/search?city=${encodeURIComponent(city)}`,
    );
    return body.total === 3 || body.results?.length === 3;
  });
  const page = await t.page({ reducedMotion: "reduce" });
  await assertAccessible(page, `${listed}&currency=JPY&max=1000`);
  await page.getByText("Price in JPY").first().waitFor();
  await page.getByText("Cheap yen").first().waitFor();
  assert.equal(await page.getByText("Dear yen").count(), 0);
  assert.equal(await page.getByText("In dinars").count(), 0, "dinars are no yen");
  await assertAccessible(page, `${listed}&currency=KWD`);
  await page.getByText("Price in KWD").first().waitFor();
  await page.getByText("KWD 1.255").first().waitFor();
});

async function bookingOf(
  { platform: { api } }: WebTest,
  { person, bookingId }: { person: Person; bookingId: string },
) {
  return await dataOf(api.GET("/api/booking/bookings/{id}", {
    headers: { Authorization: `Bearer ${person.token}` },
    params: { path: { id: bookingId } },
  }));
}

async function refundByOrganiser(
  { platform }: WebTest,
  { eventId, bookingId, amount, reason }: {
    eventId: string;
    bookingId: string;
    amount: number;
    reason: string;
  },
): Promise<void> {
  const { headers } = await organiserOf(platform);
  await dataOf(platform.api.POST("/api/event/admin/events/{id}/bookings/{booking_id}/refund", {
    headers,
    params: { path: { id: eventId, booking_id: bookingId } },
    body: { amount, reason, idempotency_key: newId() },
  }));
}
