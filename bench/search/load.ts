import { literally } from "../../services/search/index/elasticsearch/word_reading.ts";
import { searchRequests } from "../../services/search/index/elasticsearch/search_request.ts";
import { textQueries } from "../../services/search/index/elasticsearch/words_query.ts";
import { readText } from "../../services/search/index/read_text.ts";
import { eventQuery } from "../../services/search/testing/world.ts";
import { cpuMsOf } from "../lib/cpu.ts";
import { percentile } from "../lib/http_load.ts";
import { type LeanAnswer, leanClient, requestBytes } from "../lib/lean_client.ts";
import { seededRandom } from "./catalogue.ts";
import { CITIES, HEADLINERS, THEMES } from "./words.ts";

/** A search with text, two filters and all facets. */
export interface Search {
  text: string;
  city: string;
  maxPrice: number;
}

/** Sends one search and reads the answer without parsing it. */
export type Ask = (search: Search) => Promise<LeanAnswer>;

/** Throughput and latency of requests, and what each cost. */
export interface Rate {
  /** Requests per second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
  /** Share of requests that were refused, such as by an engine that did not answer in time. */
  failed: number;
  /** Share of answers that came from the service's memory, as their `Cache-Status` tells. */
  remembered: number;
  /** Share of answers for which the engine was not asked: from memory, or from the copy in the service's process. */
  withoutEngine: number;
  /** Processor time per request of each watched process. */
  cpuUs: Record<string, number>;
}

/** How a target is loaded. */
export interface Turns<T> {
  durationMs: number;
  rounds: number;
  inFlight: number;
  /** Requests, one after the other, of one turn. */
  requests: () => Iterator<T, undefined>;
  /** Requests of the warm-up; by default it lasts as long as a turn. */
  warmUp?: number;
  /** Processes to watch, by name. */
  pids?: Readonly<Record<string, number>>;
}

/** Searches of {@link usualSearches}. */
export const USUAL_SEARCHES = 2_000;
/** Searches for which {@link distinctSearches} takes one price after the other. */
const CENTS = 100;
let distinctSoFar = 0;

/** Searches for a theme in a city below a price: 2,000 different ones, again and again. */
export function* usualSearches(): Generator<Search, undefined> {
  const random = seededRandom(7);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const searches = Array.from({ length: USUAL_SEARCHES }, () => ({
    text: pick(THEMES).name.toLowerCase(),
    city: pick(CITIES).name,
    maxPrice: 500 + Math.floor(random() * 4_000),
  }));
  while (true) yield* searches;
}

/** Searches of which no two of a run are equal; a third also name a headliner. */
export function* distinctSearches(): Generator<Search, undefined> {
  const random = seededRandom(11 + distinctSoFar);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  while (true) {
    const theme = pick(THEMES).name.toLowerCase();
    const text = random() < 1 / 3 ? `${theme} ${pick(HEADLINERS)}` : theme;
    yield { text, city: pick(CITIES).name, maxPrice: 500 + ++distinctSoFar / CENTS };
  }
}

/** Sends searches to the service. */
export function throughService(origin: string): Ask {
  const client = leanClient(Number(new URL(origin).port));
  return ({ text, city, maxPrice }) => {
    const query = new URLSearchParams({ q: text, city, max_price: String(maxPrice) });
    return client.send(requestBytes("GET", `/api/v1/search?${query}`));
  };
}

/** Sends the same searches to the engine, at the index or alias of this URL. */
export function rawly(index: string): Ask {
  return async ({ text, city, maxPrice }) => {
    const read = readText(text);
    const query = eventQuery({ text, city, maxPrice, now: new Date() });
    const { hits, others } = searchRequests(query, textQueries(read, literally(read)));
    const lines = [hits, ...others].flatMap((request) => [{}, request]);
    return await readAnswer(
      await fetch(`${index}/_msearch`, {
        method: "POST",
        headers: { "Content-Type": "application/x-ndjson" },
        body: lines.map((line) => `${JSON.stringify(line)}\n`).join(""),
      }),
    );
  };
}

/** Reads an answer to the end. */
export async function readAnswer(response: Response): Promise<LeanAnswer> {
  await response.arrayBuffer();
  return { ok: response.ok, cacheStatus: response.headers.get("Cache-Status") ?? undefined };
}

/** Measures each target in turns, after one warm-up round. */
export async function inTurns<T, Names extends string>(
  asks: Record<Names, (request: T) => Promise<LeanAnswer>>,
  turns: Turns<T>,
): Promise<Record<Names, Rate>> {
  const { rounds, pids = {} } = turns;
  const names = Object.keys(asks) as Names[];
  const taken = new Map(names.map((name) => [name, {
    latenciesMs: [] as number[],
    /** Until the last answer, which may come long after the end of the turn. */
    elapsedMs: 0,
    failed: 0,
    remembered: 0,
    inProcess: 0,
    cpuUs: Object.fromEntries(Object.keys(pids).map((pid) => [pid, 0])),
  }]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const before = cpuOf(pids);
      const begunMs = performance.now();
      const { latenciesMs, failed, remembered, inProcess } = await run(asks[name], {
        ...turns,
        isWarmUp: round === 0,
      });
      const elapsedMs = performance.now() - begunMs;
      const after = cpuOf(pids);
      if (round === 0) continue;
      const sum = taken.get(name)!;
      sum.elapsedMs += elapsedMs;
      for (const latencyMs of latenciesMs) sum.latenciesMs.push(latencyMs);
      sum.failed += failed;
      sum.remembered += remembered;
      sum.inProcess += inProcess;
      for (const pid of Object.keys(pids)) sum.cpuUs[pid]! += after[pid]! - before[pid]!;
    }
  }
  const rates = names.map((name) => {
    const { latenciesMs, elapsedMs, failed, remembered, inProcess, cpuUs } = taken.get(name)!;
    const sorted = Float64Array.from(latenciesMs).sort();
    return [name, {
      rate: sorted.length / elapsedMs * 1_000,
      p50Ms: percentile(sorted, 0.5),
      p99Ms: percentile(sorted, 0.99),
      failed: failed / (failed + sorted.length),
      remembered: remembered / sorted.length,
      withoutEngine: (remembered + inProcess) / sorted.length,
      cpuUs: Object.fromEntries(
        Object.entries(cpuUs).map(([pid, us]) => [pid, us / sorted.length]),
      ),
    }];
  });
  return Object.fromEntries(rates);
}

function cpuOf(pids: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [name, cpuMsOf(pid) * 1_000]),
  );
}

async function run<T>(
  ask: (request: T) => Promise<LeanAnswer>,
  { durationMs, inFlight, requests, warmUp, isWarmUp }: Turns<T> & { isWarmUp: boolean },
): Promise<{ latenciesMs: number[]; failed: number; remembered: number; inProcess: number }> {
  const next = requests();
  const untilMs = performance.now() + durationMs;
  const latenciesMs: number[] = [];
  let sent = 0;
  let failed = 0;
  let remembered = 0;
  let inProcess = 0;
  const isOver = () =>
    isWarmUp && warmUp !== undefined ? sent >= warmUp : performance.now() >= untilMs;
  await Promise.all(Array.from({ length: inFlight }, async () => {
    while (!isOver()) {
      sent++;
      const request = next.next().value;
      if (request === undefined) return;
      const beginMs = performance.now();
      const { ok, cacheStatus } = await ask(request);
      if (cacheStatus?.endsWith("; hit")) remembered++;
      if (cacheStatus?.endsWith("; detail=embedded")) inProcess++;
      if (ok) latenciesMs.push(performance.now() - beginMs);
      else failed++;
    }
  }));
  return { latenciesMs, failed, remembered, inProcess };
}
