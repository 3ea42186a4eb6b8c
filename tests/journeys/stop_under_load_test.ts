/** Stops the platform in each of its homes while people buy and watch. */
import assert from "node:assert/strict";
import { type Program, readEventStream, startProgram } from "@evently/shared/testing";
import { createStores, startProcesses } from "./five_processes.ts";
import { eventually } from "./platform.ts";
import { startBuyers } from "./steady_buyers.ts";

const JWT_SECRET = "a-secret-of-this-test-0123456789abcdef";
const VARIABLES = {
  ENVIRONMENT: "production",
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET,
  INTERNAL_API_KEY: "an-internal-key-of-this-test",
  BOOKING_RATE_LIMIT_PER_MINUTE: "0",
  GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
  // Longer than the test waits: nothing may stop at its end alone.
  STOP_GRACE: "10m",
};
const BUYERS = 12;
/** Seats that are reserved before the signal. */
const SOME = 100;
/** Longest wait for all processes to stop, however busy the machine. */
const STOP_LIMIT_MS = 60_000;

/** A running platform: the address that people use, and its processes. */
interface Home extends AsyncDisposable {
  origin: string;
  processes: readonly Program[];
}

async function startOne(entry: string, variables: Record<string, string>): Promise<Home> {
  const program = startProgram(new URL(entry, import.meta.url), variables);
  return {
    origin: await program.listening(),
    processes: [program],
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

async function startFive(variables: Record<string, string>): Promise<Home> {
  const five = await startProcesses(variables);
  return {
    origin: five.origin,
    processes: five.all(),
    [Symbol.asyncDispose]: () => five[Symbol.asyncDispose](),
  };
}

const HOMES: Record<
  string,
  { start: (variables: Record<string, string>) => Promise<Home>; signal: Deno.Signal }
> = {
  "one process": {
    start: (variables) => startOne("../../services/gateway/main.ts", variables),
    signal: "SIGTERM",
  },
  "five processes": { start: startFive, signal: "SIGTERM" },
  "the edge entry": {
    start: (variables) => startOne("../../deploy/edge.ts", variables),
    signal: "SIGINT",
  },
};

for (const [home, { start, signal }] of Object.entries(HOMES)) {
  Deno.test(`${home} stops under load: every reservation is answered, streams end, exit code 0`, async () => {
    await using stores = await createStores();
    await using platform = await start({ ...VARIABLES, ...stores.variables });
    const { origin, processes } = platform;
    const { events } = await (await fetch(`${origin}/api/event/events`)).json();
    const eventIds: string[] = events
      .filter(({ available_seats: seats }: { available_seats: number }) => seats >= 1_000)
      .map(({ event_id: id }: { event_id: string }) => id);
    const watched = readEventStream(
      (await fetch(`${origin}/api/event/events/${eventIds[0]}/live`)).body!,
    );
    await watched.message();
    const began = new Date(); // The demo data has bookings, too.
    const buyers = startBuyers(origin, { buyers: BUYERS, eventIds, jwtSecret: JWT_SECRET });
    await buyers.reserved(SOME);

    let ends: Awaited<Program["ended"]>[] | undefined;
    void Promise.all(processes.map(({ ended }) => ended)).then((all) => ends = all);
    for (const program of processes) program.signal(signal);
    await eventually("all processes have stopped", () => Promise.resolve(ends), STOP_LIMIT_MS);
    await watched.end();
    await buyers.stop();
    for (const { code, output } of ends!) assert.equal(code, 0, output);

    const told = new Set(
      buyers.attempts.filter(({ status }) => status === 200).map((attempt) =>
        attempt.reservationId
      ),
    );
    const rows = await stores.bookingsDb<{ id: string }[]>`
      SELECT booking_id AS id FROM bookings WHERE booked_at >= ${began}`;
    const durable = new Set(rows.map(({ id }) => id));
    assert.ok(told.size >= SOME);
    assert.deepEqual([...told].filter((id) => !durable.has(id!)), [], "acknowledged and lost");
    assert.deepEqual([...durable].filter((id) => !told.has(id)), [], "made and not answered");
    // Before the signal none fails; after it some meet a platform that is not there, or says when to ask again.
    for (const { status, hasRetryAfter, said } of buyers.failuresSince(0)) {
      assert.ok(status === undefined || (status === 503 && hasRetryAfter), `${status} ${said}`);
    }
  });
}
