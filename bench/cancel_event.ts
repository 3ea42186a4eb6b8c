/**
 * `deno task bench:cancel-event`: 10,000 people book and pay for one event, its organiser cancels it, and the process is
 * killed and started again in the middle of the refunds, which take the provider 50 ms each. Counts in the database that
 * each booking was refunded once, and prints how long it took. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { AccessTokens } from "@evently/shared/auth";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { exactlyOne } from "@evently/shared/postgres";
import { mustAddUp } from "./lib/exact.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { confirmRequest, reserveRequest } from "./lib/requests.ts";
import { runSeries } from "./lib/series.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { BENCH_JWT_SECRET, issueUsers } from "./lib/tokens.ts";

const BOOKINGS = setting("BENCH_BOOKINGS", 10_000);
const REFUND_MS = setting("BENCH_REFUND_MS", 50);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
/** The process is killed once this share of the refunds is made. */
const KILLED_AT = 0.5;
const POLL_MS = 250;
const TIMEOUT_MS = 900_000;

const variables = {
  BOOKING_RESERVATION_EXPIRY: "1h",
  MOCK_PAYMENT_PROCESSING_TIME: `${REFUND_MS}ms`,
};

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const bookings = databases.pool("bookings_db");
const eventId = await createEvent(events, BOOKINGS);
let platform = await startPlatform(databases, variables);
try {
  await sell();
  const token = await organiserToken();
  const begunMs = performance.now();
  await send("DELETE", token, "");
  const killedMs = await killInTheMiddle(token);
  platform = await startPlatform(databases, variables);
  const restartedMs = performance.now();
  const { done_at } = await untilRefunded(token, BOOKINGS);
  mustHold(done_at !== undefined, "the cancellation is not over");
  const endedMs = performance.now();
  await mustBeRefundedOnce();
  await mustAddUp(databases);
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  print(
    `${BOOKINGS} bookings cancelled and refunded in ${
      seconds(endedMs - begunMs)
    } s, killed after ` +
      `${seconds(killedMs - begunMs)} s, and ${seconds(endedMs - restartedMs)} s after the restart`,
  );
} finally {
  await platform[Symbol.asyncDispose]();
}

async function sell(): Promise<void> {
  const users = await issueUsers(BOOKINGS);
  const ids: string[] = [];
  const load = { port: platform.port, count: BOOKINGS, inFlight: IN_FLIGHT };
  const reserved = await runSeries({
    ...load,
    request: (n) => reserveRequest(users[n]!, { eventId, key: "k" }),
    onAnswer: (n, body) => ids[n] = (body as { reservation_id: string }).reservation_id,
  });
  const paid = await runSeries({ ...load, request: (n) => confirmRequest(users[n]!, ids[n]!) });
  print(`sold: ${statuses(reserved.answers)}, paid: ${statuses(paid.answers)}`);
}

async function organiserToken(): Promise<string> {
  const { adminId } = await exactlyOne(
    events<{ adminId: string }[]>`
      SELECT created_by AS "adminId" FROM events WHERE event_id = ${eventId}`,
    (row) => row,
  );
  const tokens = new AccessTokens({
    secrets: [BENCH_JWT_SECRET],
    ttlMs: TIMEOUT_MS,
    clock: SYSTEM_CLOCK,
  });
  return await tokens.issueForAdmin({ adminId, role: "super_admin", permissions: "{}" });
}

interface Progress {
  cancelled: number;
  refunded: number;
  failed: number;
  done_at?: string;
}

async function send(method: string, token: string, path: string): Promise<Progress> {
  const url = `http://127.0.0.1:${platform.port}/api/event/admin/events/${eventId}${path}`;
  const response = await fetch(url, { method, headers: { Authorization: `Bearer ${token}` } });
  mustHold(response.ok, `${method} ${path}: ${response.status}`);
  return await response.json();
}

/** Waits until so many refunds are made, as the organiser sees it. */
async function untilRefunded(token: string, wanted: number): Promise<Progress> {
  const untilMs = performance.now() + TIMEOUT_MS;
  for (;;) {
    const progress = await send("GET", token, "/cancellation");
    if (progress.refunded >= wanted) return progress;
    mustHold(performance.now() < untilMs, `${progress.refunded} of ${wanted} are refunded`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Kills the process; returns when. */
async function killInTheMiddle(token: string): Promise<number> {
  const { cancelled, refunded } = await untilRefunded(token, KILLED_AT * BOOKINGS);
  const killedMs = performance.now();
  Deno.kill(platform.pid, "SIGKILL");
  print(`killed when ${cancelled} bookings were cancelled and ${refunded} refunded`);
  return killedMs;
}

/** Each booking is cancelled, has one refund of all that was paid, and its payment has it once. */
async function mustBeRefundedOnce(): Promise<void> {
  const counted = await exactlyOne(
    bookings<Record<"cancelled" | "refunds" | "refunded_bookings" | "right", number>[]>`
      SELECT (SELECT count(*) FROM bookings WHERE status = 'cancelled') AS cancelled,
             (SELECT count(*) FROM refunds WHERE done_at IS NOT NULL) AS refunds,
             (SELECT count(DISTINCT booking_id) FROM refunds) AS refunded_bookings,
             (SELECT count(*) FROM payments p
                JOIN refunds r ON r.payment_id = p.payment_id AND r.event_id = p.event_id
               WHERE p.refunded_minor = p.amount_minor AND r.amount_minor = p.amount_minor) AS right`,
    (row) => ({ ...row }),
  );
  print(JSON.stringify(counted));
  mustHold(
    Object.values(counted).every((count) => count === BOOKINGS),
    `not each of ${BOOKINGS} bookings is refunded once`,
  );
}
