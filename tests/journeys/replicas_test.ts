/** Two processes of the event and of the booking service behind one gateway, which are lost one after the other. */
import assert from "node:assert/strict";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { DATABASE_VARIABLES, DATABASES } from "@evently/shared/postgres";
import { createTestDatabase, freePort, type Program, startProgram } from "@evently/shared/testing";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { rankByKey } from "../../shared/services/replicas/rank_by_key.ts";
import { eventually } from "./platform.ts";
import { startBuyers } from "./steady_buyers.ts";

const JWT_SECRET = "a-secret-of-this-test-0123456789abcdef";
const BUYERS = 12;
/** Seats that are reserved before and after each loss. */
const SOME = 100;
const EVENTS = 6;
/** Random ports share six events unevenly now and then: such are drawn again, so many times. */
const MAX_DRAWS = 100;
/** Longest wait for a process to be noticed or to stop, however busy the machine. */
const LIMIT_MS = 60_000;
/** A process has such a line for each reservation that it answered. */
const RESERVATION = /"route":"\/api\/v1\/bookings\/reserve"/g;
/** A process has such a line for each batch of holds: they are logged at `debug`. */
const HOLDS = /"route":"\/internal\/seats\/hold"/g;

/** Two free ports of which each gets some of the events. */
async function drawPorts(eventIds: readonly string[]): Promise<[number, number]> {
  for (let draw = 0; draw < MAX_DRAWS; draw++) {
    const ports: [number, number] = [await freePort(), await freePort()];
    const names = ports.map((port) => `http://127.0.0.1:${port}`);
    const ofFirst = eventIds.filter((id) => rankByKey(id, names) === 0).length;
    if (ofFirst > 1 && ofFirst < eventIds.length - 1 && ports[0] !== ports[1]) return ports;
  }
  throw new Error("no ports share the events");
}

/** The platform with two processes of each service that sells. */
async function startSite() {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const [, events, bookings] = databases.map(({ sql }) => sql);
  const stores = Object.fromEntries(
    DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
  );
  await seedDatabases(stores, SYSTEM_CLOCK);
  const found = await events!<{ event_id: string }[]>`
    SELECT event_id FROM seat_inventory WHERE pool = 0 AND plain ORDER BY capacity DESC LIMIT ${EVENTS}`;
  const eventIds = found.map(({ event_id }) => event_id);
  const ports = { event: await drawPorts(eventIds), booking: await drawPorts(eventIds) };
  const urlsOf = (name: keyof typeof ports) =>
    ports[name].map((port) => `http://127.0.0.1:${port}`).join();
  const variables = {
    ...stores,
    ENVIRONMENT: "development",
    JWT_SECRET,
    INTERNAL_API_KEY: "an-internal-key-of-this-test",
    EVENT_SERVICE_URL: urlsOf("event"),
    BOOKING_SERVICE_URL: urlsOf("booking"),
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
    GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
    LOG_LEVEL: "debug",
    STOP_GRACE: "10m", // Nothing may end at its end alone.
  };
  const started: Program[] = [];
  const start = (name: string, more: Record<string, string> = {}) => {
    const entry = new URL(`../../services/${name}/main.ts`, import.meta.url);
    const program = startProgram(entry, { ...variables, ...more });
    started.push(program);
    return program;
  };
  const startReplica = (name: keyof typeof ports, at: number) =>
    start(name, { PORT: String(ports[name][at]), SEARCH_SERVICE_URL: "http://127.0.0.1:9" });
  const site = {
    event: [0, 1].map((at) => startReplica("event", at)),
    booking: [0, 1].map((at) => startReplica("booking", at)),
    gateway: start("gateway"),
  };
  return {
    ...site,
    eventIds,
    bookings: bookings!,
    events: events!,
    startReplica,
    [Symbol.asyncDispose]: async () => {
      await Promise.all(started.map((program) => program[Symbol.asyncDispose]()));
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}

function countOf(program: Program, line: RegExp): number {
  return program.output().match(line)?.length ?? 0;
}

function isUsed(program: Program, line: RegExp): Promise<unknown> {
  return eventually(
    "the replica is used",
    () => Promise.resolve(countOf(program, line) > 0),
    LIMIT_MS,
  );
}

Deno.test("replicas share load by event; losing, freezing and stopping them loses nothing", async () => {
  await using site = await startSite();
  await Promise.all([...site.event, ...site.booking].map((program) => program.listening()));
  const origin = await site.gateway.listening();
  const buyers = startBuyers(origin, {
    buyers: BUYERS,
    eventIds: site.eventIds,
    jwtSecret: JWT_SECRET,
  });
  const [event0, event1] = site.event as [Program, Program];
  const [booking0, booking1] = site.booking as [Program, Program];

  await buyers.reserved(SOME);
  for (const program of site.booking) await isUsed(program, RESERVATION);
  for (const program of site.event) await isUsed(program, HOLDS);
  assert.deepEqual(buyers.failuresSince(0), []);

  booking0.signal("SIGKILL");
  await booking0.ended;
  await buyers.reserved(SOME);
  const bookingAgain = site.startReplica("booking", 0);
  await isUsed(bookingAgain, RESERVATION);

  event1.signal("SIGKILL");
  await event1.ended;
  await buyers.reserved(SOME);
  const eventAgain = site.startReplica("event", 1);
  await isUsed(eventAgain, HOLDS);
  const ofKills = buyers.failuresSince(0);
  // What was under way at a kill may fail, once for each buyer, but never without saying when to ask again.
  assert.ok(ofKills.length <= 2 * BUYERS, Deno.inspect(ofKills));
  for (const { status, hasRetryAfter } of ofKills) {
    assert.deepEqual([status, hasRetryAfter], [503, true]);
  }

  const beforeFreeze = buyers.attempts.length;
  bookingAgain.signal("SIGSTOP");
  await eventually(
    "the frozen replica is ejected",
    () => Promise.resolve(/"replica: ejected".*"silent"/.test(site.gateway.output())),
    LIMIT_MS,
  );
  await buyers.reserved(SOME);
  bookingAgain.signal("SIGCONT");
  const answered = countOf(bookingAgain, RESERVATION);
  await eventually(
    "the thawed replica is used again",
    () => Promise.resolve(countOf(bookingAgain, RESERVATION) > answered + BUYERS),
    LIMIT_MS,
  );
  assert.deepEqual(buyers.failuresSince(beforeFreeze), []);

  const beforeStop = buyers.attempts.length;
  for (const program of [booking1, event0]) {
    program.signal("SIGTERM");
    const { code, output } = await program.ended;
    assert.equal(code, 0, output);
    await buyers.reserved(SOME);
  }
  assert.deepEqual(buyers.failuresSince(beforeStop), [], "stopping is not noticed");
  await buyers.stop();

  const rows = await site.bookings<{ booking_id: string }[]>`SELECT booking_id FROM bookings`;
  const durable = new Set(rows.map(({ booking_id }) => booking_id));
  const reserved = buyers.attempts.filter(({ status }) => status === 200);
  const lost = reserved.filter(({ reservationId }) => !durable.has(reservationId!));
  assert.deepEqual(lost, [], "nothing that was acknowledged is lost");
  assert.equal(new Set(reserved.map(({ reservationId }) => reservationId)).size, reserved.length);
  const [{ held }] = await site.events<[{ held: number }]>`
    SELECT sum(quantity)::int AS held FROM seat_allocations WHERE state = 'held'`;
  assert.ok(held >= reserved.length, `${held} seats are held for ${reserved.length} bookings`);
});
