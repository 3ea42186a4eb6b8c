/**
 * `deno task bench:mails`: confirmations a second with mails going out by SMTP, with the SMTP server down, and without a
 * mail transport, in turns on three processes with databases of their own; then mails a second, once the server that was
 * down is up. Confirmations and mails are counted in the database, and each `Message-ID` at the server, which runs in this
 * process. Needs `DATABASE_URL` and `REDIS_URL`.
 */
import { exactlyOne } from "@evently/shared/postgres";
import { freePort } from "@evently/shared/testing";
import { messageIdIn, openSmtpSink, type SmtpSink } from "../tests/mail/smtp_sink.ts";
import { countBookings, mustAddUp } from "./lib/exact.ts";
import { startPlatform } from "./lib/platform.ts";
import { median, mustHold, print, setting, statuses } from "./lib/report.ts";
import { confirmRequest, reserveRequest } from "./lib/requests.ts";
import { runSeries, type SeriesResult } from "./lib/series.ts";
import type { BenchServer } from "./lib/server.ts";
import {
  type BenchDatabases,
  createBenchDatabases,
  createEvent,
  createUsers,
} from "./lib/stores.ts";
import { issueUsers } from "./lib/tokens.ts";

const CONFIRMATIONS = setting("BENCH_CONFIRMATIONS", 2_000);
const ROUNDS = setting("BENCH_ROUNDS", 7);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const WARM_UP_CONFIRMATIONS = 1_000;
const HOLD = "2h";
const TIMEOUT_MS = 600_000;
const POLL_MS = 50;
/** A production process refuses the secrets of development. */
const PRODUCTION = {
  ENVIRONMENT: "production",
  ADMIN_REGISTRATION: "closed",
  INTERNAL_API_KEY: "bench-only-internal-key-0123456789abcdef",
  PUBLIC_URL: "https://evently.example",
  BOOKING_RESERVATION_EXPIRY: HOLD,
  SEARCH_FALLBACK: "embedded",
  LOG_LEVEL: "error",
};
const MAIL_FROM = "Evently <tickets@evently.example>";

/** A process, and what has become of the bookings of its databases. */
interface Rig extends AsyncDisposable {
  name: string;
  databases: BenchDatabases;
  server: BenchServer;
  eventId: string;
  /** Confirmations a second, by round. */
  rates: number[];
}

/** Message-IDs that the server received, and how often a second time. */
const received = new Set<string>();
let twice = 0;
const sinkOptions = {
  take(mail: { data: string }) {
    const id = messageIdIn(mail);
    if (received.has(id)) twice++;
    received.add(id);
  },
};

const users = await issueUsers(CONFIRMATIONS);
await using sink = await openSmtpSink(sinkOptions);
const downPort = await freePort();
await using none = await openRig("no transport", {});
await using sent = await openRig("mails going out", { SMTP_URL: sink.url, MAIL_FROM });
await using down = await openRig("SMTP down", {
  SMTP_URL: `smtp://127.0.0.1:${downPort}`,
  MAIL_FROM,
});
const rigs = [none, sent, down];

for (const rig of rigs) await confirmSeats(rig, WARM_UP_CONFIRMATIONS);
for (const rig of rigs) rig.rates.length = 0;
for (let round = 0; round < ROUNDS; round++) {
  // The order changes, as a neighbour of this machine may be busy for a while.
  for (const [i] of rigs.entries()) {
    await confirmSeats(rigs[(round + i) % rigs.length]!, CONFIRMATIONS);
  }
}
for (const { name, rates } of rigs) {
  const ratios = rates.map((rate, round) => rate / none.rates[round]!);
  print(
    `${name}: ${median(rates).toFixed(0)} confirmations a second, ${median(ratios).toFixed(2)} ` +
      `of those without (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")})`,
  );
}
const total = WARM_UP_CONFIRMATIONS + ROUNDS * CONFIRMATIONS;
await mustBeDelivered(sent, { total, before: 0 });
await deliverAfterOutage(down);
for (const { databases } of rigs) await mustAddUp(databases);

async function openRig(name: string, variables: Record<string, string>): Promise<Rig> {
  const databases = await createBenchDatabases();
  await createUsers(databases.pool("users_db"), users);
  const seats = WARM_UP_CONFIRMATIONS + ROUNDS * CONFIRMATIONS;
  const eventId = await createEvent(databases.pool("events_db"), seats);
  const server = await startPlatform(databases, { ...PRODUCTION, ...variables });
  return {
    name,
    databases,
    server,
    eventId,
    rates: [],
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await databases[Symbol.asyncDispose]();
    },
  };
}

/** Reserves seats, then confirms them as fast as they go, then waits until no mail is under way. */
async function confirmSeats(rig: Rig, count: number): Promise<void> {
  const { databases, server: { port }, eventId, rates } = rig;
  const ids: string[] = [];
  const run = crypto.randomUUID();
  const load = { port, count, inFlight: IN_FLIGHT };
  mustSucceed(
    await runSeries({
      ...load,
      request: (n) => reserveRequest(users[n]!, { eventId, key: `${run}-${n}` }),
      onAnswer: (n, body) => ids[n] = (body as { reservation_id: string }).reservation_id,
    }),
  );
  const before = await countBookings(databases, { status: "confirmed" });
  const confirmed = await runSeries({
    ...load,
    request: (n) => confirmRequest(users[n]!, ids[n]!),
  });
  mustSucceed(confirmed);
  const durable = await countBookings(databases, { status: "confirmed" }) - before;
  mustHold(durable === count, `${count} were confirmed, but ${durable} are so in the database`);
  rates.push(count / confirmed.elapsedMs * 1_000);
  await until("no mail is under way", async () => await dueMails(rig) === 0);
  // What has failed is not tried again during another round.
  await databases.pool("bookings_db")`
    UPDATE outbox SET due_at = 'infinity' WHERE topic = 'mail.send' AND delivered_at IS NULL`;
}

/** Brings the server that was down up, makes its mails due, and counts them. */
async function deliverAfterOutage(rig: Rig): Promise<void> {
  const before = received.size;
  await using _sink: SmtpSink = await openSmtpSink({ ...sinkOptions, port: downPort });
  const begunMs = performance.now();
  await rig.databases.pool("bookings_db")`
    UPDATE outbox SET due_at = now(), attempts = 0
     WHERE topic = 'mail.send' AND delivered_at IS NULL`;
  await until("all mails have arrived", () => Promise.resolve(received.size - before >= total));
  const elapsedMs = performance.now() - begunMs;
  await mustBeDelivered(rig, { total, before });
  print(`after the outage: ${total} mails, ${(total / elapsedMs * 1_000).toFixed(0)} a second`);
}

/** Each booking has one mail, which the outbox calls delivered and the server has received once. */
async function mustBeDelivered(
  rig: Rig,
  { total, before }: { total: number; before: number },
): Promise<void> {
  const isDelivered = async () => await dueMails(rig) === 0;
  await until("the last mails are recorded", isDelivered);
  const delivered = await exactlyOne(
    rig.databases.pool("bookings_db")<{ count: number }[]>`
      SELECT count(*) FROM outbox WHERE topic = 'mail.send' AND delivered_at IS NOT NULL`,
    ({ count }) => count,
  );
  const arrived = received.size - before;
  mustHold(
    delivered === total && arrived === total && twice === 0,
    `of ${total} mails ${delivered} are delivered, ${arrived} were received, ${twice} of them twice`,
  );
  print(`${rig.name}: ${total} mails delivered and received, each Message-ID once`);
}

/** Facts and mails that are due now or leased. */
function dueMails({ databases }: Rig): Promise<number> {
  return exactlyOne(
    databases.pool("bookings_db")<{ count: number }[]>`
      SELECT count(*) FROM outbox
       WHERE delivered_at IS NULL AND topic IN ('booking.confirmed', 'mail.send')
         AND (due_at <= now() OR last_error IS NULL)`,
    ({ count }) => count,
  );
}

function mustSucceed({ answers }: SeriesResult): void {
  mustHold([...answers.keys()].every((status) => status < 300), statuses(answers));
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const giveUpMs = performance.now() + TIMEOUT_MS;
  while (!await holds()) {
    mustHold(performance.now() < giveUpMs, `never was it so that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
