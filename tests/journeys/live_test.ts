/** Streams through the one process of `deno task start` and through the edge entry; five processes have their own test. */
import assert from "node:assert/strict";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { DATABASE_VARIABLES, DATABASES } from "@evently/shared/postgres";
import {
  bearer,
  createTestDatabase,
  type Program,
  readEventStream,
  startProgram,
} from "@evently/shared/testing";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { callAt, eventually } from "./platform.ts";

const HOMES = {
  "deno task start": new URL("../../services/gateway/main.ts", import.meta.url),
  "the edge entry": new URL("../../deploy/edge.ts", import.meta.url),
};
/** Longest wait for a program to stop, however busy the machine. */
const STOP_LIMIT_MS = 60_000;

for (const [home, entry] of Object.entries(HOMES)) {
  Deno.test(`${home}: streams are not held back, end as it stops, and go on in another process`, async () => {
    const databases = await Promise.all(DATABASES.map(createTestDatabase));
    await using _databases = {
      [Symbol.asyncDispose]: async () => {
        await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
      },
    };
    const urls = Object.fromEntries(
      DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
    );
    await seedDatabases(urls, SYSTEM_CLOCK);
    const start = () =>
      startProgram(entry, {
        ...urls,
        ENVIRONMENT: "development",
        // Longer than the test waits: nothing may stop at its end alone.
        STOP_GRACE: "10m",
      });
    await using first = start();
    await using second = start();
    const [origin, other] = [await first.listening(), await second.listening()];
    const call = callAt(origin);
    const { body: { access_token: token } } = await call("POST", "/api/user/auth/login", {
      body: { email: "user1@example.com", password: "11111111" },
    });
    const { body: { events } } = await call("GET", "/api/event/events");
    const { event_id: eventId } = events.find(
      ({ available_seats }: { available_seats: number }) => available_seats > 4,
    );
    const reserve = async () => {
      const { status, body } = await call("POST", "/api/booking/bookings/reserve", {
        token,
        body: { event_id: eventId, quantity: 1, idempotency_key: newId() },
      });
      assert.equal(status, 200, JSON.stringify(body));
      return body.reservation_id;
    };
    const watch = async (at: string, ids: { seats?: string; own?: string } = {}) => ({
      seats: await openStream(`${at}/api/event/events/${eventId}/live`, ids.seats),
      own: await openStream(`${at}/api/booking/live`, ids.own, token),
    });

    const here = await watch(origin);
    const { data: { available_seats: seats } } = await here.seats.message();
    await here.own.message();
    const reservationId = await reserve();
    // The streams are open: what was held back by anybody would come with their end only.
    const toldSeats = await here.seats.message();
    const toldOwn = await here.own.message();
    assert.equal(toldSeats.data.available_seats, seats - 1);
    assert.equal(toldOwn.data.bookings[0].booking_id, reservationId);

    const there = await watch(other, { seats: toldSeats.id!, own: toldOwn.id! });
    const nextId = await reserve();
    assert.equal(
      (await there.seats.message()).data.available_seats,
      seats - 2,
      "the first was known",
    );
    assert.equal((await there.own.message()).data.bookings[0].booking_id, nextId);

    for (const [program, streams] of [[first, here], [second, there]] as const) {
      await stop(program);
      await streams.seats.end();
      await streams.own.end();
    }
  });
}

async function stop(program: Program): Promise<void> {
  let ended: Awaited<Program["ended"]> | undefined;
  void program.ended.then((end) => ended = end);
  program.signal("SIGTERM");
  const { code, output } = await eventually(
    "the program has stopped",
    () => Promise.resolve(ended),
    STOP_LIMIT_MS,
  );
  assert.equal(code, 0, output);
}

/** Opens a stream. Its reader accepts compressed answers, as browsers do. */
async function openStream(url: string, lastId?: string, token?: string) {
  const headers = {
    "Accept-Encoding": "gzip, br",
    ...(token === undefined ? {} : bearer(token)),
    ...(lastId === undefined ? {} : { "Last-Event-ID": lastId }),
  };
  const response = await fetch(url, { headers });
  assert.equal(response.status, 200);
  assert.match(response.headers.get("Cache-Control")!, /no-transform/);
  return readEventStream(response.body!);
}
