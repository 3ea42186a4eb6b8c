import { newId } from "@evently/shared/ids";
import type { Page } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { organiserOf } from "./organiser.ts";
import type { Person, WebTest } from "./suite.ts";

/** A sold-out event of a test's own, and who has all its tickets. */
export interface SoldOutEvent {
  eventId: string;
  name: string;
  buyer: Person;
  /** Cancels one of the buyer's bookings, each of one ticket or of the number that was asked for. */
  giveBack(): Promise<void>;
}

/** Publishes an event and sells all of it, in bookings of so many tickets. */
export async function soldOutEvent(
  t: WebTest,
  { bookings }: { bookings: readonly number[] },
): Promise<SoldOutEvent> {
  const { api } = t.platform;
  const capacity = bookings.reduce((sum, quantity) => sum + quantity, 0);
  const { eventId, name } = await publishEvent(t, capacity);
  const buyer = await t.person();
  const held: string[] = [];
  for (const quantity of bookings) {
    const { reservation_id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
      headers: headersOf(buyer),
      body: { event_id: eventId, quantity, idempotency_key: newId() },
    }));
    held.push(reservation_id);
  }
  return {
    eventId,
    name,
    buyer,
    async giveBack() {
      const id = held.shift();
      if (!id) throw new Error("the buyer has nothing left");
      await dataOf(api.POST("/api/booking/bookings/{id}/expire", {
        headers: headersOf(buyer),
        params: { path: { id } },
      }));
    },
  };
}

/** Publishes an event of so many seats, of one ticket type. */
export async function publishEvent(
  { platform }: WebTest,
  capacity: number,
): Promise<{ eventId: string; name: string; admin: { Authorization: string } }> {
  const organiser = await organiserOf(platform);
  const name = `Night ${newId().slice(-6)}`;
  const eventId = await organiser.event({
    name,
    capacity,
    price: 599,
    event_type: "comedy",
    start_datetime: "2035-01-01T18:00:00Z",
    end_datetime: "2035-01-01T20:00:00Z",
    timezone: "UTC",
    public_counts: true,
  });
  return { eventId, name, admin: organiser.headers };
}

/** Joins by the API, where the page is not what is tested. */
export async function joinByApi(
  { platform: { api } }: WebTest,
  person: Person,
  { eventId, quantity }: { eventId: string; quantity: number },
): Promise<void> {
  await dataOf(api.POST("/api/booking/waitlist/join", {
    headers: headersOf(person),
    body: { event_id: eventId, quantity },
  }));
}

/** Opens the waitlist's page of somebody who is logged in. */
export async function waitlistPageOf(
  t: WebTest,
  person: Person,
  { eventId, query = "" }: { eventId: string; query?: string },
): Promise<Page> {
  const page = await t.page();
  await t.logIn(page, person);
  await page.goto(`/waitlist/${eventId}${query}`);
  return page;
}

export function headersOf({ token }: Person): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}
