import assert from "node:assert/strict";
import { SILENT_LOGGER } from "@evently/shared/log";
import {
  dropIndices,
  elasticsearchConfig,
  eventDocument,
  eventQuery,
  NOW,
  openElasticsearchIndex,
  positionAt,
  TEST_ELASTICSEARCH_URL,
} from "../../../services/search/testing/world.ts";
import { testSearchIndex } from "./mod.ts";
import { changeOf, later, putInPlace } from "./changes.ts";
import { openSearchIndex } from "../../../services/search/index/open.ts";
import { connect } from "../../../services/search/index/elasticsearch/connect.ts";
import { MAPPING_VERSION } from "../../../services/search/index/elasticsearch/mapping.ts";

if (TEST_ELASTICSEARCH_URL) {
  testSearchIndex("elasticsearch", () => openElasticsearchIndex(TEST_ELASTICSEARCH_URL!));
}

Deno.test({
  name: "elasticsearch index: a rebuild removes dead builds but not running ones",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    const client = connect(config);
    const dead = `${config.index}-v${MAPPING_VERSION}-${Date.now() - 2 * 3_600_000}-dead`;
    const young = `${config.index}-v${MAPPING_VERSION}-${Date.now()}-young`;
    const newer = `${config.index}-v${MAPPING_VERSION + 1}-${Date.now() - 2 * 3_600_000}-newer`;
    for (const index of [dead, young, newer]) await client.indices.create({ index });

    const index = await openSearchIndex(config, { log: SILENT_LOGGER });
    const next = await index.rebuild();
    await next.apply([changeOf(eventDocument())]);
    await putInPlace(next, 1);

    const left = Object.keys(await client.indices.get({ index: `${config.index}-*` }));
    assert.deepEqual([dead, young, newer].filter((name) => left.includes(name)), [young, newer]);
    assert.equal(left.length, 3, `${left}`);
    await index.close();
    await client.close();
  },
});

Deno.test({
  name: "elasticsearch index: a deleted index is recreated without a position",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    const index = await openSearchIndex(config, { log: SILENT_LOGGER });
    await index.apply([changeOf(eventDocument())]);
    await index.moveTo(positionAt(1));
    await dropIndices(config);
    assert.equal((await index.search(eventQuery())).total, 0);
    assert.equal(await index.position(), undefined);
    await dropIndices(config);
    await index.apply([changeOf(eventDocument())]);
    assert.equal((await index.search(eventQuery())).total, 1);
    await index.close();
    await dropIndices(config);
  },
});

Deno.test({
  name: "elasticsearch index: an edition ends 250 ms after a write of another process",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
    await using _indices = { [Symbol.asyncDispose]: () => dropIndices(config) };
    const [here, there] = [
      await openSearchIndex(config, { log: SILENT_LOGGER }),
      await openSearchIndex(config, { log: SILENT_LOGGER }),
    ];
    const event = eventDocument();
    async function rebuildThere(): Promise<void> {
      const next = await there.rebuild();
      await next.apply([changeOf(event)]);
      await putInPlace(next, 1);
    }
    let nowMs = 0;
    let before = await here.edition(NOW);
    for (
      const write of [
        () => there.apply([changeOf(event)]),
        () => there.forget(event.eventId),
        rebuildThere,
      ]
    ) {
      await write();
      assert.equal(await here.edition(later(nowMs + 1)), before);
      const after = await here.edition(later(nowMs += 250));
      assert.notEqual(after, before);
      before = after;
    }
    await Promise.all([here.close(), there.close()]);
  },
});
