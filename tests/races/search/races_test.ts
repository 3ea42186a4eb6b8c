import { randomFrom, roundsOr, seedOfRun, TcpProxy, times } from "@evently/shared/testing";
import {
  dropIndices,
  elasticsearchConfig,
  TEST_ELASTICSEARCH_URL,
  testEngine,
} from "../../../services/search/testing/world.ts";
import { EVENTS, race } from "./race.ts";
import { createShop, type Shop } from "./shop.ts";

const ROUNDS = roundsOr(1);
const SEED = seedOfRun();

const FAULTS: Record<string, (shop: Shop) => Promise<void>> = {
  "nothing goes wrong": () => Promise.resolve(),
  [`half of the calls are lost (TEST_SEED=${SEED})`]: (shop) => {
    const random = randomFrom(SEED);
    shop.loses = () => random.below(2) === 0;
    return Promise.resolve();
  },
  "all calls are lost": (shop) => {
    shop.loses = () => true;
    return Promise.resolve();
  },
  "search is replaced repeatedly": async (shop) => {
    for (let replaced = 0; replaced < 4; replaced++) {
      await shop.admin("GET", "/events");
      await shop.replaceSearch();
    }
  },
  "the index is rebuilt twice": async (shop) => {
    await shop.rebuild();
    await shop.rebuild();
  },
};

for (const [name, fault] of Object.entries(FAULTS)) {
  Deno.test(`races: index equals database after ${EVENTS} events change while ${name}`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using engine = testEngine();
      await using shop = await createShop(engine.config);
      await race(shop, () => fault(shop));
    }
  });
}

Deno.test({
  name: "races: index equals database after an outage of Elasticsearch",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const { hostname, port } = new URL(TEST_ELASTICSEARCH_URL!);
    const proxy = new TcpProxy({ hostname, port: Number(port) });
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    {
      await using shop = await createShop({ ...config, url: `http://127.0.0.1:${proxy.port}` });
      await race(shop, async () => {
        await proxy.cut();
        await Promise.all(times(5, () => shop.admin("POST", "/events", shop.draft())));
        proxy.mend();
      });
    }
    await proxy.cut();
    await dropIndices(config);
  },
});
