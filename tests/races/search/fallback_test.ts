import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { connect } from "../../../services/search/index/elasticsearch/connect.ts";
import { MAPPING_VERSION } from "../../../services/search/index/elasticsearch/mapping.ts";
import {
  dropIndices,
  elasticsearchConfig,
  TEST_ELASTICSEARCH_URL,
} from "../../../services/search/testing/world.ts";
import { createShop, type Shop } from "./shop.ts";

/** Nothing listens on this port. */
const NOWHERE = "http://127.0.0.1:9";

async function publish(shop: Shop): Promise<void> {
  const { event_id } = await shop.admin("POST", "/events", shop.draft());
  await shop.admin("PUT", `/events/${event_id}`, { status: "published" });
}

Deno.test("without Elasticsearch search returns 503 with Retry-After; publishing works", async () => {
  await using shop = await createShop(elasticsearchConfig(NOWHERE));
  await publish(shop);
  await shop.pass();
  for (const path of ["", "/suggestions?q=a", "/filters", "/trending"]) {
    const { status, headers, body } = await shop.search(`/api/v1/search${path}`);
    assert.deepEqual([status, body.code, headers.get("Retry-After")], [503, "UNAVAILABLE", "1"]);
    assert.equal(body.error, "Search is temporarily unavailable");
  }
  const { status, body } = await shop.search("/health/ready");
  assert.deepEqual([status, body.status, body.reason], [
    503,
    "unavailable",
    "Elasticsearch cannot be reached",
  ]);
});

Deno.test("without Elasticsearch the embedded fallback engine answers", async () => {
  await using shop = await createShop({ ...elasticsearchConfig(NOWHERE), fallback: "embedded" });
  await publish(shop);
  await shop.pass();
  assert.equal((await shop.search("/api/v1/search")).body.total, 1);
  const { status, body } = await shop.search("/health/ready");
  assert.deepEqual([status, body.status, body.elasticsearch], [200, "degraded", "disconnected"]);
  assert.equal(
    body.reason,
    "Elasticsearch cannot be reached; the embedded engine answers in its place",
  );
});

Deno.test({
  name: "a new search service reuses the index and applies the changes it missed",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    await using shop = await createShop(config);
    await publish(shop);
    await shop.pass();
    shop.loses = () => true;
    await publish(shop);
    await shop.replaceSearch();
    await shop.pass();
    assert.equal((await shop.search("/api/v1/search")).body.total, 2);
    assert.equal((await shop.search("/health/ready")).body.status, "ready");
  },
});

Deno.test({
  name: "a search service fills its own index beside an older one and a dead build",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    const client = connect(config);
    const older = `${config.index}-v${MAPPING_VERSION - 1}`;
    await client.index({
      index: `${older}-first`,
      id: newId(),
      document: { name: "of another mapping", listed: "yes" },
    });
    await client.indices.putAlias({ index: `${older}-first`, name: older });
    await client.indices.create({ index: `${config.index}-v${MAPPING_VERSION}-1-halfbuilt` });

    await using shop = await createShop(config);
    await publish(shop);
    await shop.pass();
    assert.equal((await shop.search("/api/v1/search")).body.total, 1);
    assert.equal((await shop.search("/health/ready")).body.status, "ready");
    const left = Object.keys(await client.indices.get({ index: `${config.index}-*` }));
    // The older version may still run, so its index stays; the dead build is removed.
    assert.ok(left.includes(`${older}-first`), `${left}`);
    assert.equal(left.length, 2, `${left}`);
    await client.close();
  },
});
