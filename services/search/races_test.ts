import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { TcpProxy, times } from "@evently/shared/testing";
import {
  dropIndices,
  elasticsearchConfig,
  TEST_ELASTICSEARCH_URL,
  testEngine,
} from "./testing/indices.ts";
import { createShop, type Shop } from "./testing/shop.ts";

const EVENTS = 50;
const ROUNDS = Number(Deno.env.get("TEST_ROUNDS") ?? 1);
const HOLD_TTL_MS = 300_000;
/** Passes until everything that was in the way is over: engines rest a second after a failure. */
const MAX_PASSES = 200;

/** Makes, publishes, edits, sells and cancels an event, with the search service told as it goes. */
async function live(shop: Shop, number: number): Promise<void> {
  const { event_id } = await shop.admin("POST", "/events", shop.draft());
  const path = `/events/${event_id}`;
  await shop.admin("PUT", path, { status: "published" });
  await Promise.all([
    shop.admin("PUT", path, { name: `Renamed ${number}` }),
    shop.admin("PUT", path, { base_price: number }),
    ...times(3, () =>
      shop.internal("POST", "/seats/hold", {
        batches: [{
          event_id,
          items: [{
            allocation_id: newId(),
            quantity: number % 7 === 0 ? 10 : 2,
            expires_at: new Date(Date.now() + HOLD_TTL_MS).toISOString(),
          }],
        }],
      })),
  ]);
  if (number % 3 === 0) await shop.admin("PUT", path, { status: "cancelled" });
  if (number % 5 === 0) await shop.admin("PUT", path, { description: "Last words" });
}

/** What a visitor must find, by the database. */
async function inDatabase(shop: Shop): Promise<string[]> {
  const rows = await shop.sql<{ line: string }[]>`
    SELECT e.name || ' ' || (e.base_price_minor / 100) || ' ' ||
           (i.capacity - i.held - i.sold - i.set_aside) AS line
      FROM events e JOIN seat_inventory i USING (event_id)
     WHERE e.status = 'published'`;
  return rows.map(({ line }) => line).toSorted();
}

async function inSearch(shop: Shop): Promise<string[]> {
  const { body } = await shop.search("/api/v1/search?limit=100");
  return (body.results ?? []).map((
    { name, base_price, available_seats }: Record<string, unknown>,
  ) => `${name} ${base_price} ${available_seats}`).toSorted();
}

/** Lets the events live while `trouble` happens and the work in the background goes on; then they must be equal. */
async function race(shop: Shop, trouble: () => Promise<void>): Promise<void> {
  await shop.pass();
  let alive = true;
  const background = (async () => {
    while (alive) await shop.pass();
  })();
  await Promise.all([...times(EVENTS, (number) => live(shop, number)), trouble()]);
  alive = false;
  await background;
  shop.loses = () => false;
  const expected = await inDatabase(shop);
  assert.ok(expected.length >= EVENTS / 2);
  for (let passes = 0; passes < MAX_PASSES; passes++) {
    await shop.pass();
    if (JSON.stringify(await inSearch(shop)) === JSON.stringify(expected)) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  assert.deepEqual(await inSearch(shop), expected);
}

const TROUBLES: Record<string, (shop: Shop) => Promise<void>> = {
  "nothing goes wrong": () => Promise.resolve(),
  "half of the calls are lost": (shop) => {
    shop.loses = () => Math.random() < 0.5;
    return Promise.resolve();
  },
  "all calls are lost": (shop) => {
    shop.loses = () => true;
    return Promise.resolve();
  },
  "search is replaced in the middle, again and again": async (shop) => {
    for (let replaced = 0; replaced < 4; replaced++) {
      await shop.admin("GET", "/events");
      await shop.replaceSearch();
    }
  },
  "the index is built anew in the middle": async (shop) => {
    await shop.rebuild();
    await shop.rebuild();
  },
};

for (const [what, trouble] of Object.entries(TROUBLES)) {
  Deno.test(`races: ${EVENTS} events live at once, and the index equals the database though ${what}`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      await using engine = testEngine();
      await using shop = await createShop(engine.config);
      await race(shop, () => trouble(shop));
    }
  });
}

Deno.test({
  name: "races: the index equals the database though Elasticsearch is gone in the middle",
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
