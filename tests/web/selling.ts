import { newId } from "@evently/shared/ids";
import type { Download } from "playwright-core";
import { dataOf } from "../journeys/platform.ts";
import { holdByApi, publishEvent, type SoldEvent } from "./buying.ts";
import type { Person, WebTest } from "./suite.ts";

const PAID = { payment_token: "tok_visa", payment_method: "card" } as const;

/** Registers somebody of a name of their own. */
export async function namedPerson(
  { platform: { api } }: WebTest,
  name: string,
): Promise<Person> {
  const account = { email: `${newId()}@example.com`, password: "a long password", name };
  const { user_id, access_token } = await dataOf(
    api.POST("/api/user/auth/register", { body: account }),
  );
  return { ...account, userId: user_id, token: access_token };
}

/** Buys tickets by the API, of a type where the event has several. @returns the id of the booking */
export async function buyByApi(
  { platform: { api } }: WebTest,
  { token }: Person,
  { eventId, quantity = 2, typeId }: { eventId: string; quantity?: number; typeId?: string },
): Promise<string> {
  const headers = { Authorization: `Bearer ${token}` };
  const wanted = typeId === undefined
    ? { quantity }
    : { lines: [{ ticket_type_id: typeId, quantity }] };
  const { reservation_id: id } = await dataOf(api.POST("/api/booking/bookings/reserve", {
    headers,
    body: { event_id: eventId, idempotency_key: newId(), ...wanted },
  }));
  const body = { reservation_id: id, ...PAID };
  await dataOf(api.POST("/api/booking/bookings/confirm", { headers, body }));
  return id;
}

/** Holds a ticket and lets it go again and again, each time without paying. */
export async function holdInVain(
  t: WebTest,
  person: Person,
  { eventId, times }: { eventId: string; times: number },
): Promise<void> {
  const headers = { Authorization: `Bearer ${person.token}` };
  for (let i = 0; i < times; i++) {
    const id = await holdByApi(t, person, { eventId, quantity: 1 });
    const params = { path: { id } };
    await dataOf(t.platform.api.POST("/api/booking/bookings/{id}/expire", { headers, params }));
  }
}

/** An event that is sold out, with its buyer, and somebody who waits. */
export interface EventWithLine extends SoldEvent {
  buyer: Person;
  /** Of the buyer, one of a ticket each. */
  bookingIds: string[];
  waiting: Person;
}

/** Sells all of a new event to one person, ticket by ticket; another one waits for two. */
export async function eventWithLine(t: WebTest, tickets: number): Promise<EventWithLine> {
  const event = await publishEvent(t, { capacity: tickets });
  const buyer = await namedPerson(t, "Asha Rao");
  const bookingIds: string[] = [];
  for (let i = 0; i < tickets; i++) {
    bookingIds.push(await buyByApi(t, buyer, { eventId: event.eventId, quantity: 1 }));
  }
  const waiting = await namedPerson(t, "Ben Okri");
  await dataOf(t.platform.api.POST("/api/booking/waitlist/join", {
    headers: { Authorization: `Bearer ${waiting.token}` },
    body: { event_id: event.eventId, quantity: 1 },
  }));
  return { ...event, buyer, bookingIds, waiting };
}

/** What a browser saved, as text. */
export async function savedText(download: Download): Promise<string> {
  return await Deno.readTextFile(await download.path());
}

/** Changes an entry of an event's ledger, as only the owner of the database could. */
export async function tamperWithLedger(
  { platform: { eventsDb } }: WebTest,
  eventId: string,
  { seq }: { seq: number },
): Promise<void> {
  await eventsDb`
    UPDATE seat_ledger SET seats = seats + 1 WHERE event_id = ${eventId} AND seq = ${seq}`;
}
