/**
 * `deno task search:restarts [--rounds 5]`: runs the race while its own Elasticsearch is killed and restarted. Fails
 * if the index does not equal the database afterwards. `TEST_SEED` reproduces the times of the kills.
 */
import { parseArgs } from "node:util";
import { randomFrom, seedOfRun, times } from "@evently/shared/testing";
import { claimServer } from "../../../shared/testing/runner/claim_server.ts";
import { elasticsearchConfig } from "../../../services/search/testing/world.ts";
import { type OwnElasticsearch, ownElasticsearch } from "./own_elasticsearch.ts";
import { race, runLifecycle } from "./race.ts";
import { createShop, type Shop } from "./shop.ts";

/** Upper bound of calls to the event service before the kill; the events take about 350 in all. */
const MAX_CALLS = 40;
/** Further events that change while the server is gone, and as many after it is back. */
const LATER_EVENTS = 15;

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** Runs one round: events change before the kill, while the server is gone, and after it is back. */
async function raceRestart(shop: Shop, elasticsearch: OwnElasticsearch, calls: number) {
  let goneMs = 0;
  const changeMore = () => Promise.all(times(LATER_EVENTS, (number) => runLifecycle(shop, number)));
  const found = await race(shop, async () => {
    for (let call = 0; call < calls; call++) await shop.admin("GET", "/events");
    await elasticsearch.kill();
    const killedMs = performance.now();
    await Promise.all([elasticsearch.start(), changeMore()]);
    goneMs = performance.now() - killedMs;
    await changeMore();
  });
  return { found, goneMs };
}

const { values } = parseArgs({
  args: Deno.args,
  options: { rounds: { type: "string", default: "5" } },
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
const elasticsearch = servers.use(await ownElasticsearch());
await elasticsearch.start();
for (let round = 1; round <= Number(values.rounds); round++) {
  await using shop = await createShop(elasticsearchConfig(elasticsearch.url), postgres.url);
  const calls = random.below(MAX_CALLS);
  const { found, goneMs } = await raceRestart(shop, elasticsearch, calls);
  print(
    `round ${round}: killed after ${calls} calls, gone for ${(goneMs / 1_000).toFixed(1)} s; ` +
      `index equals database, ${found} events found`,
  );
}
