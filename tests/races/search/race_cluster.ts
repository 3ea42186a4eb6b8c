/**
 * `deno task rehearse:search-cluster [--rounds 3]`: runs the race on an Elasticsearch cluster of three nodes of its own,
 * of which one is killed in each round, the elected master in every second one. Searches go on all the while, by
 * Elasticsearch alone: no copy in the process answers. Fails if the index does not equal the database afterwards.
 * `TEST_SEED` reproduces the times of the kills.
 */
import { parseArgs } from "node:util";
import { SYSTEM_PAUSE } from "@evently/shared/clock";
import { randomFrom, seedOfRun, times } from "@evently/shared/testing";
import { claimServer } from "../../../shared/testing/runner/claim_server.ts";
import { elasticsearchConfig } from "../../../services/search/testing/world.ts";
import { type OwnElasticsearch, ownElasticsearchCluster } from "./own_elasticsearch.ts";
import { race, runLifecycle } from "./race.ts";
import { createShop, type Shop } from "./shop.ts";

const NODES = 3;
/** Upper bound of calls to the event service before the kill. */
const MAX_CALLS = 40;
/** Further events that change while a node is gone, and as many after it is back. */
const LATER_EVENTS = 15;
const OK = 200;
/** The cluster's health is asked so often until it is green. */
const POLL_MS = 100;
const MAX_POLLS = 600;

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** What searches saw that were sent one after the other. */
interface Searches {
  answered: number;
  /** Without an answer, and so to be asked again: 503 with `Retry-After`. */
  refused: number;
  /** Longest time from one answer to the next. */
  longestGapMs: number;
}

/** Searches without pause until it is told to stop. */
async function searchUntil(shop: Shop, stopped: AbortSignal): Promise<Searches> {
  const seen: Searches = { answered: 0, refused: 0, longestGapMs: 0 };
  let lastMs = performance.now();
  while (!stopped.aborted) {
    const { status, headers } = await shop.search("/api/v1/search?q=renamed");
    if (status === OK) {
      seen.answered++;
      seen.longestGapMs = Math.max(seen.longestGapMs, performance.now() - lastMs);
      lastMs = performance.now();
    } else if (status === 503 && headers.has("retry-after")) {
      seen.refused++;
    } else throw new Error(`A search was answered by ${status}`);
    await SYSTEM_PAUSE(1);
  }
  return seen;
}

/** Asks one node of the cluster. */
async function ask({ url }: OwnElasticsearch, path: string): Promise<string> {
  const response = await fetch(`${url}${path}`);
  return await response.text();
}

/** The node that the others have elected. */
async function electedOf(nodes: readonly OwnElasticsearch[]): Promise<OwnElasticsearch> {
  const elected = (await ask(nodes[0]!, "/_cat/master?h=id")).trim();
  for (const node of nodes) {
    const own = JSON.parse(await ask(node, "/_nodes/_local?filter_path=nodes.*.name"));
    if (elected in own.nodes) return node;
  }
  throw new Error(`No node is the elected one: ${elected}`);
}

/** Resolves when all copies of all indices are there. */
async function untilGreen([node]: readonly OwnElasticsearch[]): Promise<void> {
  for (let i = 0; i < MAX_POLLS; i++) {
    const health = JSON.parse(await ask(node!, "/_cluster/health"));
    if (health.status === "green" && health.number_of_nodes === NODES) return;
    await SYSTEM_PAUSE(POLL_MS);
  }
  throw new Error("The cluster does not become green");
}

/** One round: events change before a node is killed, while it is gone, and after it is back. */
async function raceKill(shop: Shop, killed: OwnElasticsearch, calls: number) {
  let goneMs = 0;
  const stop = new AbortController();
  const changeMore = () => Promise.all(times(LATER_EVENTS, (number) => runLifecycle(shop, number)));
  let searching: Promise<Searches> | undefined;
  const found = await race(shop, async () => {
    searching = searchUntil(shop, stop.signal);
    for (let call = 0; call < calls; call++) await shop.admin("GET", "/events");
    await killed.kill();
    const killedMs = performance.now();
    await changeMore();
    await killed.start();
    goneMs = performance.now() - killedMs;
    await changeMore();
    stop.abort();
    await searching;
  });
  return { found, goneMs, searches: await searching! };
}

const { values } = parseArgs({
  args: Deno.args,
  options: { rounds: { type: "string", default: "3" } },
});
const seed = seedOfRun();
const random = randomFrom(seed);
print(`TEST_SEED=${seed}`);
await using servers = new AsyncDisposableStack();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.addSignalListener(signal, () => servers.disposeAsync().finally(() => Deno.exit(1)));
}
const postgres = await claimServer();
servers.defer(() => postgres.release());
const nodes = await ownElasticsearchCluster(NODES);
for (const node of nodes) servers.use(node);
const beganMs = performance.now();
await Promise.all(nodes.map((node) => node.start()));
print(`three nodes up after ${((performance.now() - beganMs) / 1_000).toFixed(1)} s`);
const url = nodes.map((node) => node.url).join();
for (let round = 1; round <= Number(values.rounds); round++) {
  await using shop = await createShop(elasticsearchConfig(url), postgres.url);
  await untilGreen(nodes);
  const elected = await electedOf(nodes);
  const kills = round % 2 === 0 ? elected : random.pick(nodes.filter((node) => node !== elected));
  const calls = random.below(MAX_CALLS);
  const { found, goneMs, searches } = await raceKill(shop, kills, calls);
  const { answered, refused, longestGapMs } = searches;
  print(
    `round ${round}: ${kills === elected ? "the elected node" : "a node"} killed after ${calls} ` +
      `calls, gone for ${(goneMs / 1_000).toFixed(1)} s; ${answered} searches answered, ` +
      `${refused} refused, longest time without an answer ${longestGapMs.toFixed(0)} ms; ` +
      `index equals database, ${found} events found`,
  );
}
