import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { ensureWebBuilt, randomFrom, startRestFront } from "@evently/shared/testing";
import { runDemo } from "../../../services/gateway/demo.ts";
import { seedDatabases } from "../../../services/gateway/prepare_databases.ts";
import { startPgbouncer } from "../../../shared/postgres/testing/pgbouncer.ts";
import { openTcp } from "../../../shared/redis/tcp.ts";
import { openDatabases } from "../../chaos/checks/databases.ts";
import { checkAcknowledged } from "../../chaos/checks/durable.ts";
import { waitUntilHealed } from "../../chaos/checks/healed.ts";
import { checkInvariants } from "../../chaos/checks/invariants.ts";
import { checkAccounts, checkReplays } from "../../chaos/checks/replays.ts";
import { waitUntilAtRest } from "../../chaos/checks/rest.ts";
import { checkWaits } from "../../chaos/checks/waits.ts";
import { Findings } from "../../chaos/findings.ts";
import { HttpClient } from "../../chaos/load/http.ts";
import { Load } from "../../chaos/load/load.ts";
import { openShop } from "../../chaos/load/open_shop.ts";
import { waitForPlatform, waitForPostgres } from "../../chaos/servers/ready.ts";
import { startPostgresServer } from "../../chaos/servers/postgres.ts";
import { startRedisServer } from "../../chaos/servers/redis.ts";
import { pause } from "../../chaos/servers/supervised.ts";
import { EdgeFront } from "./edge_front.ts";
import { expandUnderLoad } from "./expand_under_load.ts";
import { type Ended, type Instance, startInstance, wantedDenied } from "./instance.ts";
import { openReaders } from "./readers.ts";
import { runPredeploy } from "./run_predeploy.ts";
import { runJourneys, runRaces, type SuiteResult } from "./run_suites.ts";

/** Options of a rehearsal. */
export interface RehearsalOptions {
  /** Directory of databases, keys and logs; others may enter it. */
  base: string;
  buyers: number;
  /** How long the buyers buy before and after an instance is stopped. */
  phaseMs: number;
  /** What each request to Redis takes at least. */
  redisLatencyMs: number;
  /** Whether races run on the same stores. */
  races: boolean;
  /** The Deno that runs the instances; by default this one. */
  deno?: string | undefined;
  telemetry: boolean;
  say: (line: string) => void;
}

/** Settings of the app; holds are short, so that all ends within the rehearsal. */
const SETTINGS = {
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET: "rehearsal-only-jwt-secret-0123456789",
  INTERNAL_API_KEY: "rehearsal-only-internal-api-key",
  BOOKING_RESERVATION_EXPIRY: "20s",
  BOOKING_WAITLIST_OFFER_DURATION: "1m",
  BOOKING_TAKEOVER_AFTER: "3s",
  EVENT_SEAT_GRACE: "2s",
  BOOKING_RATE_LIMIT_PER_MINUTE: "1000000",
  GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
  LOGIN_GUESSES_PER_MINUTE: "0",
  LOGIN_RATE_LIMIT_PER_MINUTE: "0",
};
const STREAMS_OF_EVENTS = 20;
/** Past the minute at which `Deno.cron` fires. */
const CRON_LIMIT_MS = 75_000;
const POLL_MS = 250;

/** Runs the platform as on Deno Deploy, and answers what did not hold. */
export async function rehearseEdge(options: RehearsalOptions): Promise<Findings> {
  const { base, say } = options;
  const findings = new Findings();
  await using postgres = await startPostgresServer(base, { embedded: false });
  await waitForPostgres(postgres.url());
  await using pooler = await startPgbouncer({ base, postgresPort: postgres.port });
  await using redis = await startRedisServer(base, { embedded: false });
  if (redis.variables.REDIS_URL === undefined) throw new Error("redis-server is not installed");
  const tcp = await openTcp(redis.variables.REDIS_URL);
  await using _tcp = { [Symbol.asyncDispose]: () => tcp.close() };
  const rest = startRestFront({ requester: tcp.requester, latencyMs: options.redisLatencyMs });
  await using _rest = { [Symbol.asyncDispose]: () => rest.close() };
  say(
    `PostgreSQL ${postgres.version} behind ${pooler.version} (transactions, TLS), Redis by REST ` +
      `with ${options.redisLatencyMs} ms more`,
  );
  if (!await pooler.isRefusedByOtherName()) {
    findings.add("the name in the certificate is not verified", pooler.url());
  }

  const variables = {
    ...SETTINGS,
    DATABASE_URL: pooler.url(),
    DATABASE_CA_CERT: pooler.ca,
    UPSTASH_REDIS_REST_URL: rest.url,
    UPSTASH_REDIS_REST_TOKEN: rest.token,
  };
  await ensureWebBuilt();
  say(`predeploy of empty databases: ${await runPredeploy(variables)}`);
  await seedDatabases(variables, SYSTEM_CLOCK);

  await using front = new EdgeFront();
  const instances = new AsyncDisposableStack();
  await using _instances = instances;
  const start = async (name: string): Promise<Instance> => {
    const log = `${base}/${name.replaceAll(/\W+/g, "_")}.log`;
    const { deno, telemetry } = options;
    const instance = instances.use(await startInstance(name, { variables, log, deno, telemetry }));
    say(`${name}: ${await describeStart(instance)}`);
    return instance;
  };
  const first = await start("first instance");
  const second = await start("second instance");
  front.lead([first, second]);
  await runDemo(front.origin, () => {});
  sayPassed("journeys through both", await runJourneys(front.origin, postgres.url()));

  const probe = new HttpClient(front.origin, findings);
  const shop = await openShop(probe, options.buyers);
  const load = new Load({ origin: front.origin, findings, ...shop });
  const readers = openReaders(front.origin, {
    findings,
    paths: [
      ...Array.from({ length: STREAMS_OF_EVENTS }, (_, i) => ({
        path: `/api/event/events/${shop.eventIds[i % shop.eventIds.length]}/live`,
      })),
      ...shop.buyers.map(({ token }) => ({ path: "/api/booking/live", token })),
    ],
  });

  load.start();
  await readers.caughtUp();
  await pause(options.phaseMs);
  const connections = await pooler.countClients(OF_SERVICES);
  const { expandMs, contractMs } = await expandUnderLoad(pooler.fullUrl("bookings_db"));
  say(
    `a column of bookings under load: added in ${expandMs.toFixed(0)} ms, taken away in ` +
      `${contractMs.toFixed(0)} ms; predeploy again: ${await runPredeploy(variables)}`,
  );

  front.lead([second]);
  const streamsBefore = readers.ended;
  const unansweredBefore = load.http.outcomes.get("no answer") ?? 0;
  sayEnded(await first.interrupt());
  say(
    `  ${readers.ended - streamsBefore} streams ended and came back, ` +
      `${(load.http.outcomes.get("no answer") ?? 0) - unansweredBefore} requests were not answered`,
  );
  const third = await start("third instance, from nothing under load");
  front.lead([second, third]);
  await readers.caughtUp();
  await pause(options.phaseMs);
  say(`healed in ${(await waitUntilHealed(probe, shop, findings)).toFixed(0)} ms`);
  await load.stop();
  await readers.stop();

  await using databases = openDatabases(postgres.url);
  const { waitedEventId: eventId } = shop;
  const restMs = await waitUntilAtRest({ databases, waitedEventId: eventId, findings, load });
  await checkInvariants(databases, findings);
  await checkAcknowledged(databases, load.journal, findings);
  await checkWaits(databases, { eventId, waits: load.journal.waits }, findings);
  const { signal: stopped } = new AbortController();
  const random = randomFrom(1);
  await checkReplays({ http: probe, journal: load.journal, findings, random, stopped });
  await checkAccounts({ http: probe, findings }, shop.buyers);
  say(`at rest after ${restMs.toFixed(0)} ms; acknowledged: ${pairs(load.journal.acknowledged)}`);
  say(
    `requests: ${pairs(Object.fromEntries([...load.http.outcomes].sort()))}; the longest took ` +
      `${load.http.longestMs.toFixed(0)} ms; ${readers.messages} messages of streams`,
  );
  for (const [what, count] of Object.entries(load.journal.acknowledged)) {
    if (count === 0 && CERTAIN.has(what)) findings.add("the load proves nothing", `none ${what}`);
  }
  if (rest.requests === 0) findings.add("Redis was not used", "no request by REST");

  if (options.races) {
    const races = await runRaces({
      TEST_DATABASE_URL: postgres.url(),
      TEST_DATABASE_POOLER_URL: pooler.fullUrl(),
      TEST_REDIS_REST_URL: rest.url,
      TEST_REDIS_REST_TOKEN: rest.token,
    });
    sayPassed("races on these stores", races);
  }

  await untilCronHasRun([second, third], findings);
  say(`Deno.cron ran in both: ${second.logged(CRON)} and ${third.logged(CRON)} times`);
  front.lead([]);
  for (const instance of [second, third]) sayEnded(await instance.interrupt());
  const fourth = await start("fourth instance, when none was left");
  front.lead([fourth]);
  await runDemo(front.origin, () => {});
  await checkInvariants(databases, findings);
  sayEnded(await fourth.interrupt());

  for (const instance of [first, second, third, fourth]) {
    const { peakMib, cpuMs } = instance.usage();
    say(`${instance.name}: ${peakMib} MiB at most, ${cpuMs.toFixed(0)} ms of processor time`);
    if (wantedDenied(instance)) {
      findings.add("an instance wanted to write or to start a program", instance.output());
    }
  }
  say(`${connections} connections of two instances to the pooler under load`);
  return findings;

  function sayPassed(what: string, { ok, totals, failed, output }: SuiteResult): void {
    say(`${what}: ${totals}`);
    if (!ok) findings.add(`${what} fail`, `${failed.join("; ")}\n${output}`);
  }

  function sayEnded({ code, tookMs, killed }: Ended): void {
    say(`SIGINT: ended with ${code} in ${tookMs.toFixed(0)} ms`);
    if (killed) findings.add("an instance had to be killed", `after ${tookMs.toFixed(0)} ms`);
    else if (code !== 0) findings.add("an instance ended badly", `code ${code}`);
  }
}

/** Names of the connections of an instance. */
const OF_SERVICES = /-service(?:-|$)/;
/** What every run of the load has. */
const CERTAIN: ReadonlySet<string> = new Set(["reserved", "replayed", "confirmed", "cancelled"]);
/** What the edge entry logs after a run of `Deno.cron`. */
const CRON = "cron: background work ran";

async function untilCronHasRun(instances: readonly Instance[], findings: Findings): Promise<void> {
  const untilMs = performance.now() + CRON_LIMIT_MS;
  while (instances.some((instance) => instance.logged(CRON) === 0)) {
    if (performance.now() > untilMs) {
      return findings.add("Deno.cron does not run", instances.map(({ name }) => name).join(", "));
    }
    await pause(POLL_MS);
  }
}

async function describeStart({ origin, listeningMs }: Instance): Promise<string> {
  const beganMs = performance.now() - listeningMs;
  const sinceStart = () => `${(performance.now() - beganMs).toFixed(0)} ms`;
  await (await fetch(`${origin}/health`)).body?.cancel();
  const answered = sinceStart();
  await waitForPlatform(origin);
  const ready = sinceStart();
  await (await fetch(origin, { headers: { Accept: "text/html" } })).body?.cancel();
  return `first answer after ${answered}, ready ${ready}, first page ${sinceStart()}`;
}

function pairs(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(", ");
}
