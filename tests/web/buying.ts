import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { BrowserContextOptions, Page } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import type { Person, WebTest } from "./suite.ts";

/** An event of a test's own, on sale. */
export interface SoldEvent {
  eventId: string;
  name: string;
}

/** Publishes a new event. */
export async function publishEvent(
  { platform }: WebTest,
  { capacity = 20, price = 250 }: { capacity?: number; price?: number } = {},
): Promise<SoldEvent> {
  const organiser = await organiserOf(platform);
  const name = `Evening ${newId().slice(-6)}`;
  const options = { name, capacity, price, timezone: "UTC", public_counts: true };
  return { eventId: await organiser.event(options), name };
}

/** Opens a page of somebody who is logged in. */
export async function pageOf(
  t: WebTest,
  person: Person,
  options?: BrowserContextOptions,
): Promise<Page> {
  const page = await t.page(options);
  await t.logIn(page, person);
  return page;
}

/** Opens the page of an event with a number chosen. */
export async function openEvent(page: Page, eventId: string, count: number): Promise<void> {
  await page.goto(`/events/${eventId}?n=${count}`);
  await page.getByRole("button", { name: /^Hold/ }).first().waitFor();
}

/** Holds tickets by the API. @returns the id of the booking */
export async function holdByApi(
  { platform: { api } }: WebTest,
  person: Person,
  { eventId, quantity = 2 }: { eventId: string; quantity?: number },
): Promise<string> {
  const { reservation_id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers: { Authorization: `Bearer ${person.token}` },
    body: { event_id: eventId, quantity, idempotency_key: newId() },
  }));
  return reservation_id;
}

/** A checkout that its buyer has open: two tickets of an event of its own. */
export interface OpenCheckout {
  eventId: string;
  person: Person;
  bookingId: string;
  page: Page;
}

/** Holds two tickets of a new event for a new person, and opens their checkout, once the page is prepared. */
export async function openCheckout(
  t: WebTest,
  prepare?: (page: Page) => Promise<unknown>,
): Promise<OpenCheckout> {
  const { eventId } = await publishEvent(t);
  const person = await t.person();
  const bookingId = await holdByApi(t, person, { eventId });
  const page = await pageOf(t, person);
  await prepare?.(page);
  await page.goto(`/checkout/${bookingId}`);
  return { eventId, person, bookingId, page };
}

/** What the database has of a person's bookings of an event, beside the pages. */
export interface Booked {
  status: string;
  quantity: number;
  /** Payments that took money. */
  payments: number;
}

/** A person's bookings of an event and their payments, as the database has them. */
export async function bookedOf(
  { platform: { bookingsDb } }: WebTest,
  { person, eventId }: { person: Person; eventId: string },
): Promise<Booked[]> {
  return await bookingsDb<Booked[]>`
    SELECT b.status, b.quantity, count(p.payment_id)::int AS payments
      FROM bookings b
      LEFT JOIN payments p
        ON p.event_id = b.event_id AND p.booking_id = b.booking_id AND p.status = 'captured'
     WHERE b.event_id = ${eventId} AND b.user_id = ${person.userId}
     GROUP BY b.booking_id, b.status, b.quantity, b.booked_at
     ORDER BY b.booked_at`;
}

/** Fails unless a person has bought just once, and paid for it once. */
export async function assertBoughtOnce(
  t: WebTest,
  { person, eventId, quantity = 2 }: { person: Person; eventId: string; quantity?: number },
): Promise<void> {
  const booked = await bookedOf(t, { person, eventId });
  assert.deepEqual(booked.map((row) => ({ ...row })), [
    { status: "confirmed", quantity, payments: 1 },
  ]);
}

/** The button that pays, by what it takes. */
export function payButton(page: Page, amount: string) {
  return page.getByRole("button", { name: `Pay ${amount}` });
}

/** Waits for the ticket, just paid for. */
export async function seesTicket(page: Page): Promise<void> {
  await page.getByRole("status").getByText("Paid. You are going.").waitFor();
  await page.getByRole("img", { name: /^QR code/ }).waitFor();
}
