/**
 * `deno task bench:spread`: measures reservations and confirmations on one event and spread over fifty, and the expiry of
 * due holds; all counted in the database. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { bookingIdOf } from "../services/booking/orders/booking.ts";
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { runLoad } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { confirmRequest, reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent, createUsers } from "./lib/stores.ts";
import { type BenchUser, issueUsers } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 5_000);
const EVENTS = 50;
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const CAPACITY = 1_000_000;
const USERS = 2_000;
/** Fails after this time. */
const EXPIRY_TIMEOUT_MS = 120_000;
const POLL_MS = 20;

/** A reservation ready to be confirmed. */
interface Reserved {
  user: BenchUser;
  bookingId: string;
}

await using databases = await createBenchDatabases();
const eventsDb = databases.pool("events_db");
const bookingsDb = databases.pool("bookings_db");
const events: string[] = [];
for (let i = 0; i < EVENTS; i++) events.push(await createEvent(eventsDb, CAPACITY));
const users = await issueUsers(USERS);
await createUsers(databases.pool("users_db"), users);
await using platform = await startPlatform(databases);

await confirm((await reserve(events)).reserved);
const rates: Record<string, { reserve: number; confirm: number }> = {};
for (const [name, on] of [["one event", events.slice(0, 1)], ["fifty events", events]] as const) {
  const before = await countBookings(databases);
  const { reserved, rate } = await reserve(on);
  const durable = await countBookings(databases) - before;
  mustHold(
    durable === reserved.length,
    `${durable} bookings are durable, expected ${reserved.length}`,
  );
  rates[name] = { reserve: rate, confirm: await confirm(reserved) };
  print(
    `${name.padEnd(12)}: ${rate.toFixed(0)} reservations a second, ` +
      `${rates[name].confirm.toFixed(0)} confirmations a second, ${IN_FLIGHT} in flight`,
  );
}
const [one, fifty] = Object.values(rates);
print(
  `fifty events against one: ${(fifty!.reserve / one!.reserve).toFixed(2)} x the reservations, ` +
    `${(fifty!.confirm / one!.confirm).toFixed(2)} x the confirmations`,
);

await reserve(events);
await mustAddUp(databases);
await expire();
await mustAddUp(databases);

/** Reserves one seat per request, each with its own key. */
async function reserve(on: readonly string[]): Promise<{ reserved: Reserved[]; rate: number }> {
  const run = crypto.randomUUID();
  const key = (n: number) => `${run}-${n}`;
  const user = (n: number) => users[n % USERS]!;
  let sent = 0;
  const { answers, elapsedMs } = await runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: (n) => {
      sent = n + 1;
      return reserveRequest(user(n), { eventId: on[n % on.length]!, key: key(n) });
    },
  });
  mustHold(answers.get(200) === sent, `reservations answered ${statuses(answers)}`);
  const reserved = Array.from({ length: sent }, (_, n) => ({
    user: user(n),
    bookingId: bookingIdOf({
      userId: user(n).userId,
      eventId: on[n % on.length]!,
      idempotencyKey: key(n),
    }),
  }));
  return { reserved, rate: sent / elapsedMs * 1_000 };
}

/** Confirms reservations until the time is up or none is left; returns confirmations per second. */
async function confirm(reserved: Reserved[]): Promise<number> {
  const before = await countBookings(databases, { status: "confirmed" });
  const { answers, elapsedMs } = await runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: (n) => {
      const next = reserved[n];
      return next && confirmRequest(next.user, next.bookingId);
    },
  });
  const durable = await countBookings(databases, { status: "confirmed" }) - before;
  mustHold(
    durable === answers.get(200),
    `${durable} are confirmed, answers ${statuses(answers)}`,
  );
  return durable / elapsedMs * 1_000;
}

/** Makes every hold due now; the platform's workers expire them. */
async function expire(): Promise<void> {
  const pending = await countBookings(databases, { status: "pending" });
  const before = await countBookings(databases, { status: "expired" });
  const begunMs = performance.now();
  await bookingsDb`UPDATE bookings SET expires_at = now() WHERE status = 'pending'`;
  const endedMs = await until(async () =>
    await countBookings(databases, { status: "expired" }) - before === pending
  );
  const freedMs = await until(async () => await heldSeats() === 0);
  const rate = (fromMs: number, toMs: number) => (pending / (toMs - fromMs) * 1_000).toFixed(0);
  print(
    `expiry: ${pending} holds ended at ${rate(begunMs, endedMs)} a second, ` +
      `their seats were free at ${rate(begunMs, freedMs)} a second, from the moment they were due`,
  );
}

async function heldSeats(): Promise<number> {
  const [row] = await eventsDb<{ held: number }[]>`
    SELECT coalesce(sum(held), 0)::bigint AS held FROM seat_inventory`;
  return row!.held;
}

/** Polls a condition; returns the time at which it held. */
async function until(condition: () => Promise<boolean>): Promise<number> {
  const untilMs = performance.now() + EXPIRY_TIMEOUT_MS;
  while (!await condition()) {
    mustHold(performance.now() < untilMs, "holds that are due did not end");
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return performance.now();
}
