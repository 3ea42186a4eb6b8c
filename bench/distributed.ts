/**
 * `deno task bench:distributed`: reservations on one event and over fifty, on one PostgreSQL and on a Citus cluster of a
 * coordinator and two workers of the same build, in turns on one machine; counted in the database, with the processor time
 * of each server. Needs `CITUS_BIN` and `REDIS_URL`.
 */
import { countBookings } from "./lib/exact.ts";
import {
  createDistributedDatabases,
  makeBase,
  startCluster,
  startNode,
} from "./lib/citus_cluster.ts";
import type { CitusNode } from "./lib/citus_cluster.ts";
import { cpuMsOf } from "./lib/cpu.ts";
import { runLoad } from "./lib/http_load.ts";
import { startPlatform } from "./lib/platform.ts";
import { mustHold, print, setting, statuses } from "./lib/report.ts";
import { reserveRequest } from "./lib/requests.ts";
import {
  type BenchDatabases,
  createBenchDatabases,
  createEvent,
  createUsers,
} from "./lib/stores.ts";
import type { BenchServer } from "./lib/server.ts";
import { issueUsers } from "./lib/tokens.ts";

const DURATION_MS = setting("BENCH_DURATION_MS", 3_000);
const ROUNDS = setting("BENCH_ROUNDS", 4);
const IN_FLIGHT = setting("BENCH_IN_FLIGHT", 64);
const EVENTS = 50;
const CAPACITY = 1_000_000;
const USERS = 2_000;
const REST_MS = 5_000;
const US_PER_MS = 1_000;

/** A platform on a kind of store. */
interface Side {
  databases: BenchDatabases;
  platform: BenchServer;
  nodes: readonly CitusNode[];
  events: readonly string[];
  /** ms of processor time a second without requests, by process. */
  atRest: ReadonlyMap<string, number>;
}

/** What a turn measured: reservations a second, and µs of processor time a reservation by process, beyond that at rest. */
interface Turn {
  rate: number;
  spent: Map<string, number>;
}

const users = await issueUsers(USERS);
const base = await makeBase();
const plainNode = await startNode(base, "plain");
const cluster = await startCluster(base);
try {
  const clusterNodes = [cluster.coordinator, ...cluster.workers];
  const plain = await side(await createBenchDatabases(plainNode.url), [plainNode]);
  const distributed = await side(await createDistributedDatabases(cluster), clusterNodes);
  for (const one of [plain, distributed]) await reserve(one, one.events);
  for (const one of [plain, distributed]) {
    one.atRest = await rest(one);
    const parts = [...one.atRest].map(([name, ms]) => `${name} ${ms.toFixed(0)}`);
    print(`ms of processor time a second at rest: ${parts.join(", ")}`);
  }
  for (const [name, count] of [["one event", 1], ["fifty events", EVENTS]] as const) {
    const turns: { plain: Turn; distributed: Turn }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const first = await reserve(plain, plain.events.slice(0, count));
      turns.push({
        plain: first,
        distributed: await reserve(distributed, distributed.events.slice(0, count)),
      });
    }
    report(name, turns);
  }
  for (const one of [plain, distributed]) {
    await one.platform[Symbol.asyncDispose]();
    await one.databases[Symbol.asyncDispose]();
  }
} finally {
  await cluster[Symbol.asyncDispose]();
  await plainNode.stop();
  await Deno.remove(base, { recursive: true });
}

/** Watches the processes while nobody asks for anything. */
async function rest(one: Side): Promise<Map<string, number>> {
  const [began, beganMs] = [spentMs(one), performance.now()];
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const seconds = (performance.now() - beganMs) / 1_000;
  return new Map([...spentMs(one)].map(([name, ms]) => [name, (ms - began.get(name)!) / seconds]));
}

/** Processor time of the processes of now, in ms. */
function spentMs({ platform, nodes }: Side): Map<string, number> {
  return new Map([
    ["platform", cpuMsOf(platform.pid)],
    ...nodes.map((node) => [node.name, node.cpuMs()] as const),
  ]);
}

async function side(databases: BenchDatabases, nodes: readonly CitusNode[]): Promise<Side> {
  const events: string[] = [];
  for (let i = 0; i < EVENTS; i++) {
    events.push(await createEvent(databases.pool("events_db"), CAPACITY));
  }
  await createUsers(databases.pool("users_db"), users);
  const platform = await startPlatform(databases);
  return { databases, nodes, events, platform, atRest: new Map() };
}

/** Reserves one seat per request, each with its own key. */
async function reserve(one: Side, on: readonly string[]): Promise<Turn> {
  const { databases, platform } = one;
  const run = crypto.randomUUID();
  const before = await countBookings(databases);
  const began = spentMs(one);
  let sent = 0;
  const { answers, elapsedMs } = await runLoad({
    port: platform.port,
    inFlight: IN_FLIGHT,
    durationMs: DURATION_MS,
    request: (n) => {
      sent = n + 1;
      return reserveRequest(users[n % USERS]!, { eventId: on[n % on.length]!, key: `${run}-${n}` });
    },
  });
  const ended = spentMs(one);
  mustHold(answers.get(200) === sent, `reservations answered ${statuses(answers)}`);
  const durable = await countBookings(databases) - before;
  mustHold(durable === sent, `${durable} bookings are durable, expected ${sent}`);
  return {
    rate: sent / elapsedMs * 1_000,
    spent: new Map(
      [...ended].map(([name, ms]) => {
        const idleMs = (one.atRest.get(name) ?? 0) * elapsedMs / 1_000;
        return [name, (ms - began.get(name)! - idleMs) / sent * US_PER_MS];
      }),
    ),
  };
}

function report(name: string, turns: readonly { plain: Turn; distributed: Turn }[]): void {
  const ratios = turns.map((turn) => turn.distributed.rate / turn.plain.rate);
  const totalOf = ({ spent }: Turn) => [...spent.values()].reduce((sum, us) => sum + us, 0);
  const costs = turns.map((turn) => totalOf(turn.plain) / totalOf(turn.distributed));
  const rates = (kind: "plain" | "distributed") => median(turns.map((turn) => turn[kind].rate));
  print(
    `${name}: ${rates("plain").toFixed(0)} reservations a second on one server, ` +
      `${rates("distributed").toFixed(0)} on the cluster, ${IN_FLIGHT} in flight`,
  );
  print(`  ratio of the pairs ${spread(ratios)}; by processor time ${spread(costs)}`);
  for (const kind of ["plain", "distributed"] as const) {
    const parts = [...turns[0]![kind].spent.keys()].map((part) =>
      `${part} ${median(turns.map((turn) => turn[kind].spent.get(part)!)).toFixed(0)}`
    );
    print(`  µs of processor time a reservation, ${kind}: ${parts.join(", ")}`);
  }
}

function spread(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return `${median(values).toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}
