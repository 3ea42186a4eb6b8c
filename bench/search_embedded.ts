/**
 * `deno task bench:search-embedded`: searches with words, a city, a price and all facets straight to the embedded engine,
 * of which no two are equal; what filling it costs, and its memory. Rates are per second of processor time, as the engine
 * has one thread.
 *
 * `BENCH_EVENTS`: numbers of events, default 1000,10000,100000. `BENCH_DURATION_MS`, default 3000.
 */
import type { SearchDocument } from "../services/search/index/document.ts";
import { openEmbedded } from "../services/search/index/open.ts";
import type { SearchIndex } from "../services/search/index/search_index.ts";
import { eventQuery } from "../services/search/testing/world.ts";
import { cpuMsOf } from "./lib/cpu.ts";
import { percentile } from "./lib/http_load.ts";
import { print, setting } from "./lib/report.ts";
import { generateCatalogue } from "./search/catalogue.ts";
import { distinctSearches } from "./search/load.ts";

const EVENTS = (Deno.env.get("BENCH_EVENTS") ?? "1000,10000,100000").split(",").map(Number);
const DURATION_MS = setting("BENCH_DURATION_MS", 3_000);
/** Changes of one page of the feed. */
const PAGE = 500;
const BYTES_PER_KIB = 1_024;
const NOW = new Date();

/** Bytes in use after a collection; the task exposes it. */
function usedBytes(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

/** Longest time between two turns of the event loop while work is under way. */
async function longestPauseMs(work: Promise<void>): Promise<number> {
  let [longestMs, done] = [0, false];
  const end = work.finally(() => done = true);
  for (let turnMs = performance.now(); !done;) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    longestMs = Math.max(longestMs, performance.now() - turnMs);
    turnMs = performance.now();
  }
  await end;
  return longestMs;
}

async function fill(index: SearchIndex, catalogue: readonly SearchDocument[]): Promise<void> {
  for (let begin = 0; begin < catalogue.length; begin += PAGE) {
    await index.apply(
      catalogue.slice(begin, begin + PAGE)
        .map((document) => ({ eventId: document.eventId, change: 1, document })),
    );
  }
}

/** Searches for a while; the latencies in ms. */
async function search(index: SearchIndex): Promise<number[]> {
  const searches = distinctSearches();
  const latenciesMs: number[] = [];
  const untilMs = performance.now() + DURATION_MS;
  while (performance.now() < untilMs) {
    const beginMs = performance.now();
    await index.search(eventQuery({ ...searches.next().value, now: NOW }));
    latenciesMs.push(performance.now() - beginMs);
  }
  return latenciesMs;
}

for (const count of EVENTS) {
  const beforeBytes = usedBytes();
  const index = await openEmbedded();
  const catalogue = generateCatalogue(count, { now: NOW });
  const beginCpuMs = cpuMsOf(Deno.pid);
  const pauseMs = await longestPauseMs(fill(index, catalogue));
  const fillCpuMs = cpuMsOf(Deno.pid) - beginCpuMs;
  const bytes = usedBytes() - beforeBytes;
  await search(index);
  const searchCpuMs = cpuMsOf(Deno.pid);
  const latenciesMs = Float64Array.from(await search(index)).sort();
  const takenMs = cpuMsOf(Deno.pid) - searchCpuMs;
  print(
    `${count} events: ${(latenciesMs.length / takenMs * 1_000).toFixed(0)} searches a second, ` +
      `p50 ${percentile(latenciesMs, 0.5).toFixed(2)} ms, ` +
      `p99 ${percentile(latenciesMs, 0.99).toFixed(2)} ms; ` +
      `filled at ${(count / fillCpuMs * 1_000).toFixed(0)} events a second, ` +
      `longest pause ${pauseMs.toFixed(0)} ms; ` +
      `${(bytes / count / BYTES_PER_KIB).toFixed(2)} KiB an event with its document`,
  );
}
