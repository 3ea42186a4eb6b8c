/** Stops a real process during a payment: it, or another process, completes the payment, which is captured once. */
import assert from "node:assert/strict";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { DATABASE_VARIABLES, DATABASES, type Pool } from "@evently/shared/postgres";
import { createTestDatabase, startProgram } from "@evently/shared/testing";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { callAt, eventually, type TestPlatform } from "./platform.ts";

const MAIN = new URL("../../services/gateway/main.ts", import.meta.url);
const SANITIZED = { sanitizeOps: false, sanitizeResources: false };

/** Creates databases, and starts programs that use them. */
async function createSite() {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const urls = Object.fromEntries(
    DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
  );
  await seedDatabases(urls, SYSTEM_CLOCK);
  return {
    bookingsDb: databases[2]!.sql,
    start: (variables: Record<string, string>) =>
      startProgram(MAIN, {
        ...urls,
        ENVIRONMENT: "development",
        BOOKING_TAKEOVER_AFTER: "1h",
        BOOKING_CLEANUP_INTERVAL: "100ms",
        ...variables,
      }),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}

/** Reserves as the seeded user; returns the event, and a function that pays through the given platform. */
async function reserve(call: TestPlatform["call"]) {
  const { body: { access_token: token } } = await call("POST", "/api/user/auth/login", {
    body: { email: "user1@example.com", password: "11111111" },
  });
  const { body: { events } } = await call("GET", "/api/event/events");
  const { event_id: eventId } = events.find((
    { base_price, available_seats }: { base_price: number; available_seats: number },
  ) => base_price > 0 && available_seats > 0);
  const { body: { reservation_id } } = await call("POST", "/api/booking/bookings/reserve", {
    token,
    body: { event_id: eventId, quantity: 1, idempotency_key: newId() },
  });
  const body = { reservation_id, payment_token: "tok_visa", payment_method: "card" };
  const confirm = (callTarget: TestPlatform["call"], signal?: AbortSignal) =>
    callTarget("POST", "/api/booking/bookings/confirm", {
      token,
      body,
      ...(signal ? { signal } : {}),
    });
  return { eventId, confirm };
}

function waitForConfirming(bookingsDb: Pool): Promise<unknown> {
  return eventually("the payment is in progress", async () => {
    const rows = await bookingsDb`SELECT FROM bookings WHERE status = 'confirming'`;
    return rows.length > 0;
  });
}

async function assertPaidOnce(bookingsDb: Pool, eventId: string): Promise<void> {
  const rows = await bookingsDb`
    SELECT b.status AS booking, p.status AS payment FROM bookings b JOIN payments p USING (booking_id)
     WHERE b.event_id = ${eventId}`;
  assert.deepEqual(rows.map((row) => ({ ...row })), [{
    booking: "confirmed",
    payment: "captured",
  }]);
}

Deno.test(
  "a stopping process completes a payment and answers its buyer",
  SANITIZED,
  async () => {
    await using site = await createSite();
    await using program = site.start({ MOCK_PAYMENT_PROCESSING_TIME: "2500ms", STOP_GRACE: "30s" });
    const call = callAt(await program.listening());
    const { eventId, confirm } = await reserve(call);
    const answer = confirm(call);
    await waitForConfirming(site.bookingsDb);
    program.signal("SIGTERM");
    const { status, body } = await answer;
    assert.equal(status, 200, JSON.stringify(body));
    assert.equal((await program.ended).code, 0);
    await assertPaidOnce(site.bookingsDb, eventId);
  },
);

Deno.test(
  "a stopping process completes a payment whose buyer has disconnected",
  SANITIZED,
  async () => {
    await using site = await createSite();
    await using program = site.start({ MOCK_PAYMENT_PROCESSING_TIME: "1s", STOP_GRACE: "30s" });
    const call = callAt(await program.listening());
    const { eventId, confirm } = await reserve(call);
    const disconnected = new AbortController();
    const answer = confirm(call, disconnected.signal);
    await waitForConfirming(site.bookingsDb);
    disconnected.abort();
    await assert.rejects(answer);
    program.signal("SIGTERM");
    assert.equal((await program.ended).code, 0);
    await assertPaidOnce(site.bookingsDb, eventId);
  },
);

Deno.test(
  "a stopping process hands its payment over; the buyer retries and pays once",
  SANITIZED,
  async () => {
    await using site = await createSite();
    await using slow = site.start({ MOCK_PAYMENT_PROCESSING_TIME: "9s", STOP_GRACE: "100ms" });
    const call = callAt(await slow.listening());
    const { eventId, confirm } = await reserve(call);
    const answer = confirm(call).then(({ status }) => status, () => "no answer");
    await waitForConfirming(site.bookingsDb);
    slow.signal("SIGTERM");
    assert.equal((await slow.ended).code, 0);
    assert.notEqual(await answer, 200);

    await using next = site.start({});
    const callNext = callAt(await next.listening());
    const confirmed = await eventually("the payment is taken over", async () => {
      const { status, body } = await confirm(callNext);
      if (status === 503) return void assert.equal(body.code, "PAYMENT_IN_PROGRESS");
      return { status, body };
    });
    assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));
    assert.deepEqual((await confirm(callNext)).body, confirmed.body);
    await assertPaidOnce(site.bookingsDb, eventId);
  },
);
