import assert from "node:assert/strict";
import { ManualClock, SYSTEM_CLOCK } from "@evently/shared/clock";
import { SILENT_LOGGER } from "@evently/shared/log";
import { DATABASE_VARIABLES, DATABASES } from "@evently/shared/postgres";
import { createTestDatabase, jsonRequest, readAnswer, times } from "@evently/shared/testing";
import { openPlatform, readPlatformConfig } from "@evently/gateway";
import { seedDatabases } from "../services/gateway/prepare_databases.ts";
import { runBackgroundWork } from "./background_work.ts";

const AFTER_HOLD_MS = 10 * 60_000;
const HOLDS = 12;
/** Passes until released seats are counted everywhere: more than a chain of messages needs. */
const ROUNDS = 4;

Deno.test(
  "cron in two instances at once, and nothing else, ends each hold once",
  { sanitizeOps: false, sanitizeResources: false },
  async () => {
    const databases = await Promise.all(DATABASES.map(createTestDatabase));
    await using _databases = {
      [Symbol.asyncDispose]: async () => {
        await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
      },
    };
    const env = {
      ENVIRONMENT: "development",
      BOOKING_RATE_LIMIT_PER_MINUTE: "0",
      ...Object.fromEntries(
        DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
      ),
    };
    await seedDatabases(env, SYSTEM_CLOCK);
    const clock = new ManualClock(SYSTEM_CLOCK.now());
    const open = () => openPlatform(readPlatformConfig(env), { log: SILENT_LOGGER, clock });
    const instances = [await open(), await open()];
    await using _instances = {
      [Symbol.asyncDispose]: async () => {
        for (const instance of instances) await instance.close();
      },
    };
    const call = (method: string, path: string, options: { token?: string; body?: unknown } = {}) =>
      readAnswer(
        instances[0]!.app.fetch(jsonRequest(method, `http://edge.test${path}`, options), {}),
      );
    const { body: { access_token: token } } = await call("POST", "/api/user/auth/login", {
      body: { email: "user1@example.com", password: "11111111" },
    });
    const { body: { events } } = await call("GET", "/api/event/events");
    const { event_id, available_seats } = events.find(
      (event: { available_seats: number }) => event.available_seats > HOLDS,
    );
    for (
      const answer of await Promise.all(
        times(HOLDS, () =>
          call("POST", "/api/booking/bookings/reserve", {
            token,
            body: { event_id, quantity: 1, idempotency_key: crypto.randomUUID() },
          })),
      )
    ) assert.equal(answer.status, 200, JSON.stringify(answer.body));

    clock.advance(AFTER_HOLD_MS);
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all(
        instances.map(({ workers }) => runBackgroundWork({ workers, log: SILENT_LOGGER })),
      );
    }

    const [, events_db, bookings_db] = databases;
    const [ended] = await bookings_db!.sql<{ count: number }[]>`
      SELECT count(*) FROM bookings WHERE event_id = ${event_id} AND status = 'expired'`;
    assert.equal(ended?.count, HOLDS);
    const released = await events_db!.sql<{ id: string; count: number }[]>`
      SELECT id, count(*) FROM seat_ledger, unnest(allocation_ids) AS id
       WHERE event_id = ${event_id} AND operation <> 'hold' GROUP BY id`;
    assert.deepEqual(released.map(({ count }) => count), times(HOLDS, () => 1));
    const { body: event } = await call("GET", `/api/event/events/${event_id}/availability`);
    assert.equal(event.available_seats, available_seats);
  },
);
