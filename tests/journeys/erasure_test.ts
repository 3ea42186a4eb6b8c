import assert from "node:assert/strict";
import postgres from "postgres";
import { newId } from "@evently/shared/ids";
import type { Sql } from "@evently/shared/postgres";
import { eventually, startTestPlatform } from "./platform.ts";

const PASSWORD = "a password of this test";

/** The tables of a database in which a text stands anywhere. */
async function tablesWith(sql: Sql, text: string): Promise<string[]> {
  const tables = await sql<{ name: string }[]>`
    SELECT table_name AS name FROM information_schema.tables
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`;
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await sql`
      SELECT FROM ${sql(name)} t WHERE strpos(lower(t::text), ${text.toLowerCase()}) > 0 LIMIT 1`;
    if (rows.length > 0) found.push(name);
  }
  return found;
}

Deno.test("a deleted account leaves its payments, and nothing that says whose they were", async () => {
  await using platform = await startTestPlatform();
  const usersDb = postgres(platform.usersUrl, { max: 1 });
  await using _closed = { [Symbol.asyncDispose]: () => usersDb.end() };
  const { call, eventsDb, bookingsDb } = platform;
  const unique = newId();
  const traces = {
    email: `${unique}@example.com`,
    name: `Asha ${unique}`,
    phone: "+91 98765 43210",
  };
  const { body: user } = await call("POST", "/api/user/auth/register", {
    body: { ...traces, phone_number: traces.phone, password: PASSWORD },
  });
  const token = user.access_token;
  const { body: { events } } = await call("GET", "/api/event/events");
  const event = events.find((one: { available_seats: number }) => one.available_seats > 100);
  async function reserve(): Promise<string> {
    const { body } = await call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id: event.event_id, quantity: 1, idempotency_key: newId() },
    });
    return body.reservation_id;
  }
  const [paid, held] = [await reserve(), await reserve()];
  const confirmed = await call("POST", "/api/booking/bookings/confirm", {
    token,
    body: { reservation_id: paid, payment_token: "tok_visa", payment_method: "card" },
  });
  assert.equal(confirmed.status, 200);
  const { body: file } = await call("GET", "/api/user/users/export", { token });
  assert.deepEqual(
    file.bookings.map((one: { booking_id: string }) => one.booking_id).toSorted(),
    [paid, held].toSorted(),
  );
  assert.equal(file.profile.email, traces.email);
  assert.notDeepEqual(await tablesWith(usersDb as unknown as Sql, unique), []);

  const close = (giveUp: boolean) =>
    call("DELETE", "/api/user/users/account", {
      token,
      body: { password: PASSWORD, give_up_tickets: giveUp },
    });
  assert.equal((await close(false)).body.code, "ACCOUNT_HAS_TICKETS");
  assert.equal((await close(true)).status, 200);

  const rows = await eventually("what was open has ended", async () => {
    const found = await bookingsDb`
      SELECT b.booking_id, b.status, p.status AS payment FROM bookings b
        LEFT JOIN payments p ON p.booking_id = b.booking_id AND p.event_id = b.event_id
       WHERE b.user_id = ${user.user_id}`;
    return found.every(({ status }) => status === "cancelled") && found;
  });
  assert.deepEqual(rows.length, 2, "bookings stay, as payments do");
  assert.ok(rows.some(({ booking_id, payment }) => booking_id === paid && payment !== null));
  await eventually("the mail that confirms it is sent", async () => {
    const open = await usersDb`
      SELECT FROM outbox WHERE topic = 'account.erased' AND delivered_at IS NULL`;
    return open.length === 0;
  });
  for (const trace of [unique, traces.phone]) {
    // The mail that confirms it is kept for a day after it was sent, as all messages are.
    assert.deepEqual(
      (await tablesWith(usersDb as unknown as Sql, trace)).filter((name) => name !== "outbox"),
      [],
    );
    assert.deepEqual(await tablesWith(bookingsDb, trace), []);
    assert.deepEqual(await tablesWith(eventsDb, trace), []);
  }
  const { body: ticket } = await call("GET", confirmed.body.ticket_url);
  assert.notEqual(ticket.status, "valid");
  assert.ok(!JSON.stringify(ticket).includes(unique), "no name is on the ticket any more");
});
