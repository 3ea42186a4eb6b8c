import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { type Program, readEventStream } from "@evently/shared/testing";
import { createStores, startProcesses } from "./five_processes.ts";
import { eventually } from "./platform.ts";

/** Longest wait for five processes to stop, however busy the machine. */
const STOP_LIMIT_MS = 60_000;

Deno.test("five processes sell, survive the loss of a service, and run without Redis", async () => {
  await using stores = await createStores();
  await using processes = await startProcesses(stores.variables);
  const { call, origin } = processes;

  const found = await eventually("search has filled its index over the network", async () => {
    const { status, body } = await call("GET", "/api/search/search?q=diwalli");
    return status === 200 && body.results[0];
  });
  const { body: session } = await call("POST", "/api/user/auth/login", {
    body: { email: "user1@example.com", password: "11111111" },
  });
  const token = session.access_token;
  const reserve = (key: string) =>
    call("POST", "/api/booking/bookings/reserve", {
      token,
      body: { event_id: found.event_id, quantity: 2, idempotency_key: key },
    });
  const confirm = (reservationId: string) =>
    call("POST", "/api/booking/bookings/confirm", {
      token,
      body: { reservation_id: reservationId, payment_token: "tok_visa", payment_method: "card" },
    });
  const path = `/api/event/events/${found.event_id}/live`;
  const watched = await openStream(origin + path);
  const own = await openStream(`${origin}/api/booking/live`, token);
  await own.message();
  const { data: before } = await watched.message();
  const first = await reserve(newId());
  assert.equal(first.status, 200, JSON.stringify(first.body));
  const { data: after } = await watched.message();
  assert.equal(after.available_seats, before.available_seats - 2, "the stream tells what was held");
  const { data: { bookings: [held] } } = await own.message();
  assert.deepEqual([held.booking_id, held.payment], [first.body.reservation_id, "pending"]);
  const confirmed = await confirm(first.body.reservation_id);
  assert.equal(confirmed.status, 200, JSON.stringify(confirmed.body));

  processes.services.get("event")!.signal("SIGKILL");
  await processes.services.get("event")!.ended;
  await watched.end();
  const key = newId();
  const unavailable = await reserve(key);
  assert.deepEqual([unavailable.status, unavailable.headers.get("Retry-After")], [503, "1"]);
  const events = await call("GET", "/api/event/events");
  assert.deepEqual([events.status, events.headers.get("Retry-After")], [503, "1"]);
  assert.equal((await call("GET", "/api/user/users/profile", { token })).status, 200);

  await processes.restart("event");
  const recovered = await reserve(key);
  assert.equal(recovered.status, 200, JSON.stringify(recovered.body));

  await stores.redis.close();
  const withoutRedis = await reserve(newId());
  assert.equal(withoutRedis.status, 200, JSON.stringify(withoutRedis.body));
  assert.equal((await confirm(withoutRedis.body.reservation_id)).status, 200);
  const { body: mine } = await call("GET", "/api/user/users/bookings", { token });
  assert.deepEqual(
    mine.slice(0, 3).map(({ status }: { status: string }) => status),
    ["confirmed", "pending", "confirmed"],
    "the latest are first",
  );

  const open = await openStream(origin + path);
  await open.message();
  let ends: Awaited<Program["ended"]>[] | undefined;
  void Promise.all(processes.all().map(({ ended }) => ended)).then((all) => ends = all);
  for (const program of processes.all()) program.signal("SIGTERM");
  await eventually("all processes have stopped", () => Promise.resolve(ends), STOP_LIMIT_MS);
  await open.end();
  await own.end();
  for (const { code, output } of ends!) assert.equal(code, 0, output);
  assert.match(ends![3]!.output, /Redis does not answer/, "the log must report the Redis outage");
});

/** Opens a stream. */
async function openStream(url: string, token?: string) {
  const headers: HeadersInit = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200);
  return readEventStream(response.body!);
}
