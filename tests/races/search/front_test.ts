import assert from "node:assert/strict";
import {
  dropIndices,
  elasticsearchConfig,
  TEST_ELASTICSEARCH_URL,
} from "../../../services/search/testing/world.ts";
import { createShop, type Shop } from "./shop.ts";

const ignore = !TEST_ELASTICSEARCH_URL;
/** Passes after which every change is in every index. */
const PASSES = 3;

async function publish(shop: Shop): Promise<void> {
  const { event_id } = await shop.admin("POST", "/events", shop.draft());
  await shop.admin("PUT", `/events/${event_id}`, { status: "published" });
}

/** The engine that answers by readiness, and the number of events that it finds. */
async function answering(shop: Shop): Promise<[string, number]> {
  const { body } = await shop.search("/health/ready");
  const { body: found } = await shop.search("/api/v1/search");
  return [`${body.status} ${body.answered_by}`, found.total];
}

async function passes(shop: Shop): Promise<void> {
  for (let pass = 0; pass < PASSES; pass++) await shop.pass();
}

Deno.test({
  name: "a copy in the process answers before Elasticsearch up to its number of events",
  ignore,
  async fn() {
    const config = {
      ...elasticsearchConfig(TEST_ELASTICSEARCH_URL!),
      maxEventsInProcess: 2,
    };
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    await using shop = await createShop(config);
    await passes(shop);
    for (const count of [1, 2]) {
      await publish(shop);
      assert.deepEqual(await answering(shop), ["ready embedded", count], "before the feed is read");
    }
    await publish(shop);
    assert.deepEqual(await answering(shop), ["ready elasticsearch", 3]);
    await passes(shop);
    assert.deepEqual(await answering(shop), ["ready elasticsearch", 3]);
  },
});

Deno.test({
  name: "a fallback beyond its number of events answers only in place of Elasticsearch",
  ignore,
  async fn() {
    const config = {
      ...elasticsearchConfig(TEST_ELASTICSEARCH_URL!),
      fallback: "embedded",
      maxEventsInProcess: 1,
    } as const;
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    await using shop = await createShop(config);
    await passes(shop);
    await publish(shop);
    assert.deepEqual(await answering(shop), ["ready embedded", 1]);
    await publish(shop);
    assert.deepEqual(await answering(shop), ["ready elasticsearch", 2]);
    await shop.replaceSearch({ ...config, url: "http://127.0.0.1:9" });
    await passes(shop);
    assert.deepEqual(await answering(shop), ["degraded embedded", 2]);
  },
});
