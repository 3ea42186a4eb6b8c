/**
 * `deno task search:restarts [--rounds 5]`: the races of the tests while an Elasticsearch of this run's own is killed
 * by force in the middle, and started again. Fails where the index does not equal the database afterwards.
 * `TEST_SEED` repeats when it is killed.
 */
import { parseArgs } from "node:util";
import { randomFrom, seedOfRun, times } from "@evently/shared/testing";
import { claimServer } from "../../../shared/testing/runner/claim_server.ts";
import { elasticsearchConfig } from "../../../services/search/testing/world.ts";
import { type OwnElasticsearch, ownElasticsearch } from "./own_elasticsearch.ts";
import { live, race } from "./race.ts";
import { createShop, type Shop } from "./shop.ts";

/** Calls of the event service before it is killed, at most: the events take some 350 in all. */
const MAX_CALLS = 40;
/** Further events that live while it is gone, and as many when it is back. */
const LATER_EVENTS = 15;

function say(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** One round: events live at once before it is killed, while it is gone, and when it is back. */
async function raceRestart(shop: Shop, elasticsearch: OwnElasticsearch, calls: number) {
  let goneMs = 0;
  const liveOn = () => Promise.all(times(LATER_EVENTS, (number) => live(shop, number)));
  const found = await race(shop, async () => {
    for (let call = 0; call < calls; call++) await shop.admin("GET", "/events");
    await elasticsearch.kill();
    const killedMs = performance.now();
    await Promise.all([elasticsearch.start(), liveOn()]);
    goneMs = performance.now() - killedMs;
    await liveOn();
  });
  return { found, gone_ms: goneMs };
}

const { values } = parseArgs({
  args: Deno.args,
  options: { rounds: { type: "string", default: "5" } },
});
const seed = seedOfRun();
const random = randomFrom(seed);
say(`TEST_SEED=${seed}`);
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
  const { found, gone_ms } = await raceRestart(shop, elasticsearch, calls);
  say(
    `round ${round}: killed after ${calls} calls, gone for ${(gone_ms / 1_000).toFixed(1)} s; ` +
      `index equals database, ${found} events found`,
  );
}
