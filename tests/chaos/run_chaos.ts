import { freePort, type Random, randomFrom, TcpProxy } from "@evently/shared/testing";
import { waitUntilAtRest } from "./checks/rest.ts";
import { openDatabases } from "./checks/databases.ts";
import { checkAcknowledged } from "./checks/durable.ts";
import { waitUntilHealed } from "./checks/healed.ts";
import { checkLogs } from "./checks/logs.ts";
import { checkInvariants } from "./checks/invariants.ts";
import { checkWaits } from "./checks/waits.ts";
import { checkAccounts, checkReplays } from "./checks/replays.ts";
import { faultsOf } from "./faults/all_faults.ts";
import { FAILOVERS } from "./faults/failover.ts";
import type { Fault } from "./faults/fault.ts";
import { LOST_WORKER } from "./faults/lost_worker.ts";
import { Findings } from "./findings.ts";
import { Load } from "./load/load.ts";
import { HttpClient } from "./load/http.ts";
import { type OpenedShop, openShop, prepareDatabases } from "./load/open_shop.ts";
import { type ChaosReport, killsOf, type Strike } from "./report.ts";
import { startDistributedPostgres } from "./servers/distributed_postgres.ts";
import { type ProcessCount, startPlatformProcesses } from "./servers/platform.ts";
import { startPostgresServer } from "./servers/postgres.ts";
import { waitForPlatform, waitForPostgres } from "./servers/ready.ts";
import { startReplicatedPostgres } from "./servers/replicated_postgres.ts";
import { startRedisServer } from "./servers/redis.ts";
import type { DiskKind } from "./servers/small_disk.ts";
import { pause } from "./servers/supervised.ts";
import type { Site } from "./site.ts";

/** Options of a run. */
export interface ChaosOptions {
  /** Seed of the kinds and order of faults. */
  seed: number;
  processes: ProcessCount;
  /** Number of faults to inject: all are countStrikes if `faults` is given, otherwise only kills. */
  strikes: number;
  /** Names of faults to inject in turn. By default the seed draws from all faults. */
  faults?: readonly string[];
  clients: number;
  /** Number of faults between checkpoints; a final checkpoint ends the run. */
  checkpointEvery: number;
  /** Time after which no fault begins. */
  limitMs: number;
  /** Use the embedded servers even if others are installed. */
  embedded: boolean;
  /** Whether Redis is a cluster of three masters with a replica each. */
  redisCluster: boolean;
  /** PostgreSQL's disk; by default the first kind that can be mounted. */
  disk?: DiskKind;
  /** Directory of databases and logs. */
  base: string;
  say: (line: string) => void;
  interrupted: AbortSignal;
}

const LONGEST_CALM_MS = 1_500;
/** One in this many random faults is followed at once by a second, while the platform is still down. */
const ONE_SECOND_FAULT_IN = 6;

/** Runs the platform under load, injects faults, and checks its guarantees. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { base, processes: count, embedded, seed } = options;
  const beganMs = performance.now();
  const findings = new Findings();
  await using postgres = await startPostgres(options);
  await using redis = await startRedisServer(base, {
    embedded,
    cluster: options.redisCluster,
  });
  const proxy = new TcpProxy(
    { hostname: "127.0.0.1", port: postgres.port },
    { port: await freePort(`${base}/proxy`) },
  );
  await using _proxy = { [Symbol.asyncDispose]: () => proxy.cut() };
  await waitForPostgres(postgres.url());
  await prepareDatabases(postgres.url());
  if ("distribute" in postgres) await postgres.distribute();
  const stores = {
    DATABASE_URL: `postgres://app@127.0.0.1:${proxy.port}/postgres${postgres.parameters}`,
  };
  await using platform = await startPlatformProcesses(base, {
    count,
    stores: { ...stores, ...redis.variables },
    onUnexpectedExit: (name, { code, signal }) =>
      findings.add("a process exited unexpectedly", `${name}: code ${code}, signal ${signal}`),
  });
  const site = { platform, postgres, redis, proxy, random: randomFrom(seed) };
  const order = randomFrom(seed);

  const probe = new HttpClient(platform.origin, findings);
  await waitForPlatform(platform.origin);
  const shop = await openShop(probe, options.clients);
  const load = new Load({ origin: platform.origin, findings, ...shop });
  const run = { options, site, order, findings, probe, shop, load };
  const { strikes, checkpoints } = await strikeAll(run);

  const durationS = (performance.now() - beganMs) / 1000;
  checkLogs(platform.processes, { http: load.http, durationS }, findings);
  return {
    seed,
    processes: count,
    postgres: postgres.version,
    redis: redis.kind,
    disk: postgres.disk.kind,
    durationS,
    strikes,
    checkpoints,
    requests: Object.fromEntries([...load.http.outcomes].sort()),
    longestRequestMs: load.http.longestMs,
    acknowledged: load.journal.acknowledged,
    logs: platform.processes.map(({ name, restarts, logLines: lines, logBytes: bytes }) => ({
      name,
      restarts,
      lines,
      bytes,
    })),
    findings: findings.all,
  };
}

/** Starts the PostgreSQL that the named faults need. */
function startPostgres(
  { base, embedded, disk, faults = [] }: ChaosOptions,
): Promise<Site["postgres"]> {
  if (faults.includes(LOST_WORKER)) return startDistributedPostgres(base, { disk });
  return faults.some((fault) => FAILOVERS.includes(fault))
    ? startReplicatedPostgres(base, { disk })
    : startPostgresServer(base, { embedded, disk });
}

/** State shared by the parts of a run. */
interface Run {
  options: ChaosOptions;
  site: Site;
  /** Draws the faults and the pauses between them. */
  order: Random;
  findings: Findings;
  probe: HttpClient;
  shop: OpenedShop;
  load: Load;
}

async function strikeAll(run: Run): Promise<Pick<ChaosReport, "strikes" | "checkpoints">> {
  const { options, load, site, order, findings } = run;
  const untilMs = performance.now() + options.limitMs;
  const strikes: Strike[] = [];
  const checkpoints: { restMs: number }[] = [];
  const choose = chooser(faultsOf(site), options.faults, order);
  const shouldContinue = () =>
    !options.interrupted.aborted && performance.now() < untilMs && findings.all.length === 0 &&
    countStrikes(strikes, options) < options.strikes;

  load.start();
  while (shouldContinue()) {
    await pause(order.below(LONGEST_CALM_MS), options.interrupted);
    strikes.push(await strikeOnce(run, choose));
    if (strikes.length % options.checkpointEvery === 0 && shouldContinue()) {
      checkpoints.push(await checkpoint(run));
      load.start();
    }
  }
  checkpoints.push(await checkpoint(run));
  return { strikes, checkpoints };
}

/** Counts all faults if they were named in the options, otherwise only kills. */
function countStrikes(strikes: readonly Strike[], { faults }: ChaosOptions): number {
  return faults ? strikes.length : killsOf(strikes);
}

async function strikeOnce(run: Run, choose: () => Fault): Promise<Strike> {
  const { options, site, order, probe, shop, findings } = run;
  const { name, kills, strike } = choose();
  options.say(`${name} …`);
  const second = !options.faults && order.below(ONE_SECOND_FAULT_IN) === 0 ? choose() : undefined;
  let detail = await strike(site);
  if (second) detail += `; at once ${second.name}: ${await tryStrike(second, site)}`;
  const healMs = await waitUntilHealed(probe, shop, findings);
  options.say(`${name}: ${detail}; healed in ${healMs.toFixed(0)} ms`);
  return {
    fault: name,
    kills: Number(kills) + Number(second?.kills ?? 0),
    detail,
    healMs,
  };
}

/** Injects a second fault; it may fail because its target is already down. */
async function tryStrike(fault: Fault, site: Site): Promise<string> {
  try {
    return await fault.strike(site);
  } catch (error) {
    return `could not strike: ${error instanceof Error ? error.message : error}`;
  }
}

/** Returns the named faults in turn; without names, random faults, with kills three times as likely. */
function chooser(
  all: readonly Fault[],
  names: readonly string[] | undefined,
  random: Random,
): () => Fault {
  if (!names) {
    const weighted = all.flatMap((fault) => fault.kills ? [fault, fault, fault] : [fault]);
    return () => random.pick(weighted);
  }
  const named = names.map((name) => {
    const found = all.find((fault) => fault.name === name);
    if (found) return found;
    const known = all.map((fault) => fault.name).join(", ");
    throw new Error(`Cannot let ${name} strike as there are ${known}`);
  });
  let next = 0;
  return () => named[next++ % named.length]!;
}

/** Stops the load, waits until the platform is at rest, and checks all guarantees. */
async function checkpoint(run: Run): Promise<{ restMs: number }> {
  const { options, load, findings, shop, probe, site } = run;
  await load.stop();
  // Opened anew: sessions of a coordinator may keep connections to a worker that was lost.
  await using databases = openDatabases(site.postgres.url);
  const restMs = await waitUntilAtRest({
    databases,
    waitedEventId: shop.waitedEventId,
    findings,
    load,
  });
  await checkInvariants(databases, findings);
  await checkAcknowledged(databases, load.journal, findings);
  await checkWaits(databases, { eventId: shop.waitedEventId, waits: load.journal.waits }, findings);
  const { signal: stopped } = new AbortController();
  await checkReplays({
    http: probe,
    journal: load.journal,
    findings,
    random: site.random,
    stopped,
  });
  await checkAccounts({ http: probe, findings }, shop.buyers);
  options.say(
    `checkpoint: at rest after ${
      restMs.toFixed(0)
    } ms, ${load.journal.purchases.length} purchases, ${load.journal.waits.length} waits, ` +
      `${findings.all.length} kinds of breach`,
  );
  return { restMs };
}
