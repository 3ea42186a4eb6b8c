/**
 * `deno task bench:stampede`: sends 50,000 requests for 500 seats, then 50,000 more to the sold-out event. Exactly 500
 * must be sold and every request answered; PostgreSQL counts the transactions of the second stampede. Needs
 * `DATABASE_URL` and `REDIS_URL`.
 */
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { percentile } from "./lib/http_load.ts";
import { runOpenLoad } from "./lib/open_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import { createBenchDatabases, createEvent } from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";
import { countTransactions } from "./lib/transactions.ts";

const SEATS = 500;
const REQUESTS = setting("BENCH_REQUESTS", 50_000);
const ARRIVALS_MS = setting("BENCH_ARRIVALS_MS", 10_000);
const CONNECTIONS = setting("BENCH_CONNECTIONS", 500);
const USERS = 10_000;
/** Warm-up on a separate event, so that the code is compiled. */
const HEAT_UP_REQUESTS = 20_000;

await using databases = await createBenchDatabases();
const events = databases.pool("events_db");
const eventId = await createEvent(events, SEATS);
const users = await issueUsers(USERS);
await using platform = await startPlatform(databases);
await using counter = countTransactions(databases);

await stampede(await createEvent(events, HEAT_UP_REQUESTS), HEAT_UP_REQUESTS);

const idle = await counter.during(() => new Promise((resolve) => setTimeout(resolve, ARRIVALS_MS)));
const sale = await counter.during(() => stampede(eventId, REQUESTS));
await mustBeExact(sale.result.answers, SEATS);
report(`${REQUESTS} for ${SEATS} seats`, sale);

const soldOut = await counter.during(() => stampede(eventId, REQUESTS));
await mustBeExact(soldOut.result.answers, 0);
report(`${REQUESTS} for none`, soldOut);

print(`at rest: ${idle.transactions} transactions in the same time, by workers`);
print(
  `a request of the sold-out stampede costs ${
    ((soldOut.transactions - idle.transactions) / REQUESTS).toFixed(4)
  } transactions, one of the sale ${
    ((sale.transactions - idle.transactions) / REQUESTS).toFixed(4)
  }`,
);

function stampede(eventId: string, requests: number) {
  const run = crypto.randomUUID();
  return runOpenLoad({
    port: platform.port,
    requests,
    arrivalsMs: ARRIVALS_MS * requests / REQUESTS,
    connections: CONNECTIONS,
    request: (n) => reserveRequest(users[n % USERS]!, { eventId, key: `${run}-${n}` }),
  });
}

async function mustBeExact(answers: Map<number, number>, reserved: number): Promise<void> {
  mustHold(
    (answers.get(200) ?? 0) === reserved,
    `${statuses(answers)}; ${reserved} seats were free`,
  );
  const booked = await countBookings(databases, { eventId });
  mustHold(booked === SEATS, `${booked} bookings for ${SEATS} seats`);
  await mustAddUp(databases);
}

function report(
  title: string,
  { result, transactions }: {
    result: Awaited<ReturnType<typeof runOpenLoad>>;
    transactions: number;
  },
): void {
  const { answers, latenciesMs, lagMs } = result;
  print(
    `${title}, ${(REQUESTS / ARRIVALS_MS * 1_000).toFixed(0)} a second: ${statuses(answers)}; ` +
      `p50 ${percentile(latenciesMs, 0.5).toFixed(1)} ms, ` +
      `p99 ${percentile(latenciesMs, 0.99).toFixed(1)} ms, ` +
      `last answer ${lagMs.toFixed(0)} ms after the last arrival; ${transactions} transactions`,
  );
}
