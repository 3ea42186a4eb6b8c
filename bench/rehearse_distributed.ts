/**
 * `deno task rehearse:distributed [WHAT…]`: the platform on a Citus cluster of a coordinator and two workers on this machine.
 * Needs `CITUS_BIN`, the servers' programs with the extension.
 *
 * WHAT is one of these, or a test file; by default `journeys sale`:
 *
 * - `journeys`: of buyers, organisers and waitlists
 * - `money`: that comes after its hold, and that is refunded
 * - `conformance`: PostgreSQL against the models of the simulation, cases and random histories
 * - `races`: pairs of operations on seats, crowds, rushes, strangers at a waitlist, linearizability (`TEST_ROUNDS` rounds)
 * - `pairs`: of operations on bookings, payments and waitlists, which take hours there
 * - `sale`: a worker is killed in the middle of a sale; every acknowledged reservation is looked up, every event audited
 *   (needs `REDIS_URL`)
 * - `chaos`: workers are killed four times under the load of `deno task chaos`, whose journal is compared
 */
import { bookingIdOf } from "../services/booking/orders/booking.ts";
import { auditAndReport } from "../services/event/inventory/ledger/main.ts";
import {
  type CitusCluster,
  createDistributedDatabases,
  makeBase,
  startCluster,
} from "./lib/citus_cluster.ts";
import { mustAddUp } from "./lib/exact.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print } from "./lib/report.ts";
import { type BenchDatabases, createEvent, createUsers } from "./lib/stores.ts";
import { type BenchUser, issueUsers } from "./lib/tokens.ts";

/** Test files by name of what is rehearsed. */
const SUITES: Readonly<Record<string, readonly string[]>> = {
  journeys: ["buyer", "organiser", "waitlist"].map((name) => `tests/journeys/${name}_test.ts`),
  money: ["services/booking/payments/webhooks_test.ts", "tests/races/bookings/refunds_test.ts"],
  conformance: ["seats", "bookings", "waitlist"].map((name) => `tests/conformance/${name}`),
  races: [
    "tests/races/seats/rush_test.ts",
    "tests/races/seats/seats_random_test.ts",
    "tests/races/seats/shop_pairs_test.ts",
    "tests/linearizability/seats_test.ts",
    "tests/races/bookings/crowds_test.ts",
    "tests/races/waitlist/steal_test.ts",
  ],
  pairs: [
    "tests/races/bookings/pairs_test.ts",
    "tests/races/bookings/payments_test.ts",
    "tests/races/waitlist/pairs_test.ts",
  ],
};
const DEFAULT = ["journeys", "sale"];
const CHAOS = ["--fault", "kill_worker", "--kills", "4", "--processes", "1", "--clients", "8"];
/** For data that no test needs to survive. */
const VOLATILE = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };
const EVENTS = 20;
const CAPACITY = 100_000;
const USERS = 500;
const BUYERS = 16;
const REQUEST_TIMEOUT_MS = 30_000;
/** How many reservations are acknowledged before the worker is killed, while it is gone (by the other), and after it. */
const SALES = 300;
/** The sale ends without its count after this time. */
const PHASE_TIMEOUT_MS = 120_000;
const POLL_MS = 50;

/** A reservation that a client asked for. */
interface Asked {
  user: BenchUser;
  eventId: string;
  key: string;
  acknowledged: boolean;
}

async function main(): Promise<void> {
  const base = await makeBase();
  try {
    const asked = Deno.args.length > 0 ? Deno.args : DEFAULT;
    const files = asked.filter((what) => what !== "sale" && what !== "chaos")
      .flatMap((what) => SUITES[what] ?? [what]);
    if (files.length > 0) {
      await Deno.mkdir(`${base}/volatile`, { mode: 0o755 });
      await using cluster = await startCluster(`${base}/volatile`, VOLATILE);
      await runTests(cluster, files);
    }
    if (asked.includes("sale")) {
      await using cluster = await startCluster(base);
      await killMidSale(cluster);
    }
    if (asked.includes("chaos")) {
      await runProgram(["run", "--allow-all", "tests/chaos/main.ts", ...CHAOS], {});
    }
  } finally {
    await Deno.remove(base, { recursive: true });
  }
}

/** Runs test files with every database of theirs on the cluster. */
async function runTests(
  { coordinator, workers }: CitusCluster,
  files: readonly string[],
): Promise<void> {
  await runProgram(["test", "--allow-all", "--no-check", ...files], {
    TEST_STORES: "real",
    TEST_DATABASE_URL: coordinator.url,
    TEST_DATABASE_WORKERS: workers.map(({ url }) => url).join(","),
  });
}

async function runProgram(args: string[], env: Record<string, string>): Promise<void> {
  const cwd = new URL("../", import.meta.url);
  const { success } = await new Deno.Command(Deno.execPath(), { args, cwd, env }).spawn().status;
  mustHold(success, `failed on the cluster: ${args.join(" ")}`);
}

async function killMidSale(cluster: CitusCluster): Promise<void> {
  await using databases = await createDistributedDatabases(cluster);
  const users = await issueUsers(USERS);
  await createUsers(databases.pool("users_db"), users);
  const eventIds: string[] = [];
  for (let i = 0; i < EVENTS; i++) {
    eventIds.push(await createEvent(databases.pool("events_db"), CAPACITY));
  }
  await using platform = await startPlatform(databases, { LOG_LEVEL: "error" });
  const asked: Asked[] = [];
  const acknowledged = () => asked.filter((one) => one.acknowledged).length;
  let isOpen = true;
  let next = 0;

  async function buy(): Promise<void> {
    while (isOpen) {
      const n = next++;
      const one: Asked = {
        user: users[n % USERS]!,
        eventId: eventIds[n % EVENTS]!,
        key: `kill-${n}`,
        acknowledged: false,
      };
      asked.push(one);
      one.acknowledged = await reserve(platform.port, one) === 200;
    }
  }
  const buyers = Array.from({ length: BUYERS }, buy);
  const [, worker] = cluster.workers;
  if (!worker) throw new Error("the cluster has no second worker");
  await reached(SALES);
  await worker.kill();
  print(`${worker.name} was killed after ${acknowledged()} reservations`);
  const before = acknowledged();
  await reached(before + SALES);
  const during = acknowledged() - before;
  await worker.start();
  await reached(acknowledged() + SALES);
  isOpen = false;
  await Promise.all(buyers);
  const refused = asked.filter((one) => !one.acknowledged);
  for (const one of refused) {
    const status = await reserve(platform.port, one);
    mustHold(status === 200, `a repeated request was answered ${status}`);
    one.acknowledged = true;
  }
  await mustBeStored(databases, asked);
  await mustAddUp(databases);
  const wrong = await auditAndReport(databases.pool("events_db"), print);
  mustHold(wrong === 0, `${wrong} events do not add up`);
  print(
    `${asked.length} reservations of ${EVENTS} events acknowledged, ${during} of them while ${worker.name} was gone; ` +
      `${refused.length} only by a repeated request; none lost`,
  );

  async function reached(count: number): Promise<void> {
    const untilMs = performance.now() + PHASE_TIMEOUT_MS;
    while (acknowledged() < count) {
      mustHold(performance.now() < untilMs, `only ${acknowledged()} of ${count} were reserved`);
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

/** Asks for one seat; returns the status, 0 if there was no answer. */
async function reserve(port: number, { user, eventId, key }: Asked): Promise<number> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/api/booking/bookings/reserve`, {
      method: "POST",
      headers: { authorization: `Bearer ${user.token}`, "content-type": "application/json" },
      body: JSON.stringify({ event_id: eventId, quantity: 1, idempotency_key: key }),
      signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Asserts that each acknowledged reservation is a booking. */
async function mustBeStored(databases: BenchDatabases, asked: readonly Asked[]): Promise<void> {
  const rows = await databases.pool("bookings_db")<{ booking_id: string }[]>`
    SELECT booking_id FROM bookings`;
  const stored = new Set(rows.map(({ booking_id }) => booking_id));
  const lost = asked.filter(({ acknowledged, user: { userId }, eventId, key }) =>
    acknowledged && !stored.has(bookingIdOf({ userId, eventId, idempotencyKey: key }))
  );
  mustHold(lost.length === 0, `${lost.length} acknowledged reservations are lost`);
}

await main();
