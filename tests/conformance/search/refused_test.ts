import assert from "node:assert/strict";
import { FEED_START } from "@evently/shared/feed_position";
import { SILENT_LOGGER } from "@evently/shared/log";
import { connect } from "../../../services/search/index/elasticsearch/connect.ts";
import { MAPPING_VERSION, MAPPINGS } from "../../../services/search/index/elasticsearch/mapping.ts";
import { openSearchIndex } from "../../../services/search/index/open.ts";
import { changeOf, namesFound, putInPlace } from "./changes.ts";
import {
  dropIndices,
  elasticsearchConfig,
  eventDocument,
  openElasticsearchIndex,
  TEST_ELASTICSEARCH_URL,
} from "../../../services/search/testing/world.ts";
import { createShop } from "../../races/search/shop.ts";

const ignore = !TEST_ELASTICSEARCH_URL;
/** More seats than the mapping's integer field can hold. */
const TOO_MANY = 2 ** 31;

Deno.test({
  name: "a document that Elasticsearch refuses is reported and blocks no other",
  ignore,
  async fn() {
    await using opened = await openElasticsearchIndex(TEST_ELASTICSEARCH_URL!);
    const { index } = opened;
    const [good, other] = [eventDocument({ name: "good" }), eventDocument({ name: "other" })];
    const bad = eventDocument({ name: "bad", availableSeats: TOO_MANY });
    await index.apply([changeOf({ ...bad, name: "before", availableSeats: 1 }, 1)]);
    await index.apply([changeOf(good, 2), changeOf(bad, 3), changeOf(other, 4)]);
    assert.deepEqual((await namesFound(index, {})).sort(), ["good", "other"]);
    assert.deepEqual(await index.refused(), { total: 1, eventIds: [bad.eventId] });

    await index.apply([changeOf({ ...bad, availableSeats: 1 }, 2)]);
    assert.equal((await index.refused()).total, 1, "an older write does not clear the refusal");
    await index.apply([changeOf({ ...bad, availableSeats: 1 }, 5)]);
    assert.deepEqual((await namesFound(index, {})).sort(), ["bad", "good", "other"]);
    assert.deepEqual(await index.refused(), { total: 0, eventIds: [] });
  },
});

Deno.test({
  name: "a rebuild retries refused documents and updates their count",
  ignore,
  async fn() {
    await using opened = await openElasticsearchIndex(TEST_ELASTICSEARCH_URL!);
    const { index } = opened;
    const [first, second] = [eventDocument(), eventDocument()];
    await index.apply(
      [first, second].map((event) => changeOf({ ...event, availableSeats: TOO_MANY })),
    );
    assert.equal((await index.refused()).total, 2);
    const next = await index.rebuild();
    await next.apply([changeOf(first), changeOf({ ...second, availableSeats: TOO_MANY })]);
    await putInPlace(next, 1);
    assert.deepEqual(await index.refused(), { total: 1, eventIds: [second.eventId] });
  },
});

Deno.test({
  name: "readiness counts refused events and resync lists them",
  ignore,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    await using shop = await createShop(config);
    await shop.pass();
    const index = await openSearchIndex(config, { log: SILENT_LOGGER });
    const bad = eventDocument({ availableSeats: TOO_MANY });
    await index.apply([changeOf(bad)]);
    await index.close();
    const ready = await shop.search("/health/ready");
    assert.deepEqual([ready.status, ready.body.status, ready.body.reason], [
      200,
      "degraded",
      "Events that the engine does not take: 1",
    ]);
    const { refused, refused_events } = await shop.resyncState();
    assert.deepEqual([refused, refused_events], [1, [bad.eventId]]);
    await shop.rebuild();
    assert.equal((await shop.search("/health/ready")).body.status, "ready");
  },
});

Deno.test({
  name: "an index with a foreign mapping is rebuilt and the feed continues",
  ignore,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    const client = connect(config);
    const alias = `${config.index}-v${MAPPING_VERSION}`;
    const { position, listed } = MAPPINGS.properties!;
    await client.indices.create({
      index: `${alias}-altered`,
      mappings: { dynamic: "strict", properties: { position: position!, listed: listed! } },
      aliases: { [alias]: {} },
    });
    await using shop = await createShop(config);
    const index = await openSearchIndex(config, { log: SILENT_LOGGER });
    await index.moveTo(FEED_START);
    await index.close();
    const { event_id } = await shop.admin("POST", "/events", shop.draft());
    await shop.admin("PUT", `/events/${event_id}`, { status: "published" });
    await shop.pass();
    assert.equal((await shop.search("/api/v1/search")).body.total, 1);
    assert.equal((await shop.search("/health/ready")).body.status, "ready");
    await client.close();
  },
});
