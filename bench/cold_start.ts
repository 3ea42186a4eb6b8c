/**
 * `deno task bench:cold-start`: measures how soon the edge entry answers after its start, is ready, and shows a page, and
 * prints what the time goes into. Times are from the start of the process; the best and the median of several starts, as
 * other work on the machine delays single ones. Needs `DATABASE_URL`; Redis is in this process, over HTTP.
 */
import { MemoryRedis } from "@evently/embedded/redis";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { ensureWebBuilt, startProgram, startRestFront } from "@evently/shared/testing";
import { seedDatabases } from "../services/gateway/prepare_databases.ts";
import { requesterOver } from "../shared/redis/requester.ts";
import type { Step } from "./cold_start/steps.ts";
import { cpuMsOf } from "./lib/cpu.ts";
import { median, mustHold, print, setting } from "./lib/report.ts";
import { createBenchDatabases } from "./lib/stores.ts";

const STARTS = setting("BENCH_STARTS", 9);
/** The first starts fill the caches of Deno and of the machine, and do not count. */
const WARM_UPS = 2;
const MAX_QUESTIONS = 2_000;
/** Bounds of the best start's processor time, which other work on the machine changes little; twice what was measured. */
const MAX_CPU_MS = { "first answer": 540, ready: 780, "first page": 1_000 };
const ENTRY = new URL("../deploy/edge.ts", import.meta.url);
const STEPS = new URL("./cold_start/steps.ts", import.meta.url);

await ensureWebBuilt();
await using databases = await createBenchDatabases();
const redis = startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())) });
await using _closing = { [Symbol.asyncDispose]: () => redis.close() };
const variables = {
  USER_SERVICE_DB_URL: databases.url("users_db"),
  EVENT_SERVICE_DB_URL: databases.url("events_db"),
  BOOKING_SERVICE_DB_URL: databases.url("bookings_db"),
  ENVIRONMENT: "production",
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET: "a-secret-of-this-bench-0123456789abcdef",
  INTERNAL_API_KEY: "an-internal-key-of-this-bench",
  UPSTASH_REDIS_REST_URL: redis.url,
  UPSTASH_REDIS_REST_TOKEN: redis.token,
  REDIS_URL: "",
  ELASTICSEARCH_URL: "",
};
await seedDatabases(variables, SYSTEM_CLOCK);

const starts = await several(start);
print(`Starts of deploy/edge.ts: ${STARTS}; best / median`);
for (const moment of ["first answer", "ready", "first page"] as const) {
  print(`  ${moment.padEnd(14)} ${times(starts, moment)}`);
  const cpuMs = Math.min(...starts.map((each) => each[moment].cpuMs));
  mustHold(
    cpuMs <= MAX_CPU_MS[moment],
    `${moment}: at most ${MAX_CPU_MS[moment]} ms of processor time`,
  );
}
const stepsOfStarts = await several(readSteps);
print();
print("What it goes into, processor time in ms: best / median");
const named = stepsOfStarts[0]!.map(({ name }, i) => {
  return { name, cpuMs: stepsOfStarts.map((steps) => steps[i]!.cpuMs) };
});
for (const { name, cpuMs } of named) print(`  ${name.padEnd(44)} ${bestAndMedian(cpuMs)}`);

interface Moment {
  wallMs: number;
  cpuMs: number;
}

/** One start: when it answered, was ready and had shown a page. */
async function start(): Promise<Record<"first answer" | "ready" | "first page", Moment>> {
  const beganMs = performance.now();
  await using program = startProgram(ENTRY, variables);
  const now = () => ({ wallMs: performance.now() - beganMs, cpuMs: cpuMsOf(program.pid) });
  const origin = await program.listening();
  mustHold((await statusOf(`${origin}/health`)) === 200, "/health answers 200");
  const answered = now();
  let questions = 1;
  while (await statusOf(`${origin}/health/ready`) !== 200 && questions < MAX_QUESTIONS) questions++;
  mustHold(questions < MAX_QUESTIONS, "it gets ready");
  const ready = now();
  mustHold(
    (await statusOf(`${origin}/`, { Accept: "text/html" })) === 200,
    "the first page answers 200",
  );
  return { "first answer": answered, ready, "first page": now() };
}

async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  const response = await fetch(url, { headers });
  await response.body?.cancel();
  return response.status;
}

/** The steps of a start, one after another in a process of its own. */
async function readSteps(): Promise<Step[]> {
  const { stdout, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", STEPS.pathname],
    env: variables,
    stdin: "null",
    stderr: "inherit",
  }).output();
  mustHold(success, "the steps of a start succeed");
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function several<T>(run: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < WARM_UPS + STARTS; n++) results.push(await run());
  return results.slice(WARM_UPS);
}

function times(
  starts: readonly Awaited<ReturnType<typeof start>>[],
  moment: keyof Awaited<ReturnType<typeof start>>,
): string {
  const wall = starts.map((each) => each[moment].wallMs);
  const cpu = starts.map((each) => each[moment].cpuMs);
  return `${bestAndMedian(wall)} ms, processor time ${bestAndMedian(cpu)} ms`;
}

function bestAndMedian(values: readonly number[]): string {
  return `${Math.min(...values).toFixed(1)} / ${median(values).toFixed(1)}`;
}
