/** Mails of the whole platform, as they arrive. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { takeMails } from "../web/mails.ts";
import { eventually, startTestPlatform, type TestPlatform } from "./platform.ts";

const DAY_MS = 24 * 3_600_000;
const BUYER = "user1@example.com";
const WAITING = "user2@example.com";
const ADMIN = "admin@example.com";
const PRICE = 400;
const ZONE = "Asia/Tokyo";
const taker = takeMails();

/** Requests of one person; each must succeed. */
async function personAt(platform: TestPlatform, email: string, { admin = false } = {}) {
  const token = await platform.logIn(email, { admin });
  return async function send(method: string, path: string, body?: unknown) {
    const answer = await platform.call(method, path, { token, body });
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
}

type Person = Awaited<ReturnType<typeof personAt>>;

async function createEvent(admin: Person, { name, capacity }: { name: string; capacity: number }) {
  const { venue_id } = await admin("POST", "/api/event/admin/venues", {
    name: "Prithvi",
    address: "20 Juhu Church Road",
    city: "Mumbai",
    country: "India",
    capacity,
  });
  const start = Date.now() + 40 * DAY_MS;
  const { event_id } = await admin("POST", "/api/event/admin/events", {
    name,
    venue_id,
    event_type: "theatre",
    timezone: ZONE,
    start_datetime: new Date(start).toISOString(),
    end_datetime: new Date(start + DAY_MS).toISOString(),
    total_capacity: capacity,
    base_price: PRICE,
  });
  await admin("PUT", `/api/event/admin/events/${event_id}`, { status: "published" });
  return event_id as string;
}

async function buy(person: Person, eventId: string, quantity: number): Promise<string> {
  const reserve = { event_id: eventId, quantity, idempotency_key: newId() };
  const { reservation_id } = await person("POST", "/api/booking/bookings/reserve", reserve);
  await person("POST", "/api/booking/bookings/confirm", {
    reservation_id,
    payment_token: "tok_visa",
    payment_method: "card",
  });
  return reservation_id;
}

Deno.test("buyers and who waits are told what happens, from the ticket to the event's end", async () => {
  await using platform = await startTestPlatform({
    ...taker.variables,
    PUBLIC_URL: "https://evently.example",
    BOOKING_CLEANUP_INTERVAL: "100ms",
    BOOKING_WAITLIST_PROCESSING_INTERVAL: "100ms",
  });
  const admin = await personAt(platform, ADMIN, { admin: true });
  const buyer = await personAt(platform, BUYER);
  const waiting = await personAt(platform, WAITING);
  const mail = (email: string, subject: string) =>
    eventually(`${email} gets "${subject}"`, () => {
      return Promise.resolve(taker.to(email).find((mail) => mail.subject === subject)?.text);
    });

  const eventId = await createEvent(admin, { name: "Zugzwang", capacity: 2 });
  const bookingId = await buy(buyer, eventId, 2);
  const ticket = await mail(BUYER, "Your tickets: Zugzwang");
  assert.match(ticket, /https:\/\/evently\.example\/tickets\/\S+/);
  assert.match(ticket, /Paid: ₹800/);
  assert.match(ticket, /GMT\+9/, "in the zone of the event");

  const start = Date.now() + 50 * DAY_MS;
  await admin("PUT", `/api/event/admin/events/${eventId}`, {
    start_datetime: new Date(start).toISOString(),
    end_datetime: new Date(start + DAY_MS).toISOString(),
  });
  const moved = await mail(BUYER, "Changed: Zugzwang");
  assert.match(moved, /Before: .* GMT\+9/);
  assert.match(moved, /cancel your booking: now you get back ₹800/);
  assert.ok(moved.includes(`https://evently.example/account/bookings/${bookingId}`));

  await waiting("POST", "/api/booking/waitlist/join", { event_id: eventId, quantity: 2 });
  const { refund_amount } = await buyer("DELETE", `/api/booking/bookings/${bookingId}`);
  assert.equal(refund_amount, 800);
  assert.match(await mail(BUYER, "Cancelled: your booking for Zugzwang"), /You get back: ₹800/);
  const offer = await mail(WAITING, "Tickets for you: Zugzwang");
  assert.match(offer, /2 tickets are held for you/);
  assert.ok(offer.includes(`https://evently.example/waitlist/${eventId}`));
  // Ten minutes later.
  await platform.bookingsDb`
    UPDATE bookings SET expires_at = now() WHERE event_id = ${eventId} AND status = 'pending'`;
  assert.match(await mail(WAITING, "Your offer has ended: Zugzwang"), /not paid in time/);

  const otherId = await createEvent(admin, { name: "Stalemate", capacity: 5 });
  await buy(buyer, otherId, 1);
  await mail(BUYER, "Your tickets: Stalemate");
  await admin("DELETE", `/api/event/admin/events/${otherId}`);
  const cancelled = await mail(BUYER, "Cancelled: Stalemate");
  assert.match(cancelled, /The organiser has cancelled the event/);
  assert.match(cancelled, /You get back: ₹400/);

  // The demo's own bookings have mails too.
  const subjects = [BUYER, WAITING].flatMap((email) =>
    taker.to(email).map(({ subject }) => `${email} ${subject}`)
  ).filter((text) => /Zugzwang|Stalemate/.test(text));
  assert.equal(new Set(subjects).size, subjects.length, `none comes twice: ${subjects.join(", ")}`);
});
