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

Deno.test("a deleted organiser leaves their events and sales, and nothing that names them", async () => {
  await using platform = await startTestPlatform();
  const usersDb = postgres(platform.usersUrl, { max: 1 });
  await using _closed = { [Symbol.asyncDispose]: () => usersDb.end() };
  const { call, eventsDb, bookingsDb } = platform;
  const unique = newId();
  const traces = {
    email: `${unique}@example.com`,
    name: `Asha ${unique}`,
    phone: "+91 98765 43299",
  };
  const { body: admin } = await call("POST", "/api/event/auth/admin/register", {
    body: { ...traces, phone_number: traces.phone, password: PASSWORD },
  });
  const token = admin.access_token;
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await call(method, `/api/event${path}`, { token, body });
    assert.ok(answer.status < 300, `${method} ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const { organisations: [own] } = await ask("GET", "/admin/organisations");
  await ask("POST", "/admin/venues", {
    name: "Fort",
    address: "1 Fort Road",
    city: "Pune",
    capacity: 9,
  });
  const hook = { url: `http://127.0.0.1:1025/${unique}`, topics: ["booking.confirmed"] };
  await ask("POST", "/admin/webhooks", hook);
  await ask("PUT", `/admin/organisations/${own.organisation_id}`, { name: `${traces.name} & Co` });
  const invitation = { email: `guest-${unique}@example.com`, role: "manager" };
  await ask("POST", `/admin/organisations/${own.organisation_id}/invitations`, invitation);

  // Another team, which goes on without them.
  const superAdmin = await platform.logIn("admin@example.com", { admin: true });
  const { body: { organisations: [other] } } = await call("GET", "/api/event/admin/organisations", {
    token: superAdmin,
  });
  const path = `/api/event/admin/organisations/${other.organisation_id}`;
  await call("POST", `${path}/invitations`, {
    token: superAdmin,
    body: { email: traces.email, role: "manager" },
  });
  await eventsDb`
    INSERT INTO memberships (admin_id, organisation_id, role, joined_at)
    VALUES (${admin.admin_id}, ${other.organisation_id}, 'analyst', now())`;
  const role = { token: superAdmin, body: { role: "manager" } };
  assert.equal((await call("PUT", `${path}/members/${admin.admin_id}`, role)).status, 200);

  const found = await tablesWith(eventsDb, unique);
  for (
    const table of ["admins", "organisations", "organisation_changes", "organisation_invitations"]
  ) {
    assert.ok(found.includes(table), `${table} in ${found}`);
  }
  const file = await ask("GET", "/auth/admin/export");
  assert.equal(file.profile.email, traces.email);
  assert.equal(file.invitations.length, 2);
  const closed = await call("DELETE", "/api/event/auth/admin/account", {
    token,
    body: { password: PASSWORD },
  });
  assert.equal(closed.status, 200, JSON.stringify(closed.body));
  await eventually("the mail that confirms it is sent", async () => {
    const open = await eventsDb`
      SELECT FROM outbox WHERE topic = 'account.erased' AND delivered_at IS NULL`;
    return open.length === 0;
  });
  for (const trace of [unique, traces.phone]) {
    // The mail that confirms it is kept for a day after it was sent, as all messages are.
    assert.deepEqual(
      (await tablesWith(eventsDb, trace)).filter((name) => name !== "outbox"),
      [],
    );
    assert.deepEqual(await tablesWith(bookingsDb, trace), []);
    assert.deepEqual(await tablesWith(usersDb as unknown as Sql, trace), []);
  }
  const [kept] = await eventsDb`
    SELECT count(*)::integer AS total FROM organisation_changes WHERE admin_id = ${admin.admin_id}`;
  assert.ok(kept!.total >= 5, "what was changed, and when, stays");
});
