import assert from "node:assert/strict";
import { errors } from "@elastic/elasticsearch";
import { changesUpTo } from "@evently/shared/feed_position";
import { SILENT_LOGGER } from "@evently/shared/log";
import { roundsOr } from "@evently/shared/testing";
import type { ChangeFeed } from "../../../services/search/peers/change_feed.ts";
import {
  dropIndices,
  elasticsearchConfig,
  eventDocument,
  NOW,
  positionAt,
  TEST_ELASTICSEARCH_URL,
} from "../../../services/search/testing/world.ts";
import { rebuildIndex } from "../../../services/search/feed/rebuild_index.ts";
import { changeOf, putInPlace } from "./changes.ts";
import { SearchUnavailable } from "../../../services/search/index/errors.ts";
import { openSearchIndex } from "../../../services/search/index/open.ts";
import { connect } from "../../../services/search/index/elasticsearch/connect.ts";
import { ElasticsearchIndex } from "../../../services/search/index/elasticsearch/elasticsearch_index.ts";
import type { EventChange, SearchIndex } from "../../../services/search/index/search_index.ts";

const SEAL_LIMIT_MS = 50;
const SWAPS = roundsOr(5);

/** Creates a change feed and the indices of several processes that share one set of names. */
async function createProcesses(count: number) {
  const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL!);
  const indices = await Promise.all(
    Array.from({ length: count }, () => openSearchIndex(config, { log: SILENT_LOGGER })),
  );
  const changes: EventChange[] = [];
  const feed: ChangeFeed = {
    after: (position) =>
      Promise.resolve({
        changes: changes.slice(changesUpTo(position)),
        position: positionAt(changes.length),
        more: false,
        last: positionAt(changes.length),
      }),
  };
  /** Commits a new event and applies it in one process. */
  async function publish(index: SearchIndex): Promise<string> {
    const event = eventDocument();
    const change = changeOf(event, changes.length + 1);
    changes.push(change);
    await index.apply([change]);
    return event.eventId;
  }
  return {
    config,
    indices,
    feed,
    publish,
    rebuild: (index: SearchIndex) => rebuildIndex({ index, feed }, () => {}),
    async [Symbol.asyncDispose]() {
      await Promise.all(indices.map((index) => index.close()));
      await dropIndices(config);
    },
  };
}

async function assertFound(index: SearchIndex, eventIds: readonly string[]): Promise<void> {
  const found = await index.find(eventIds, { now: NOW });
  assert.deepEqual(found.map(({ eventId }) => eventId), eventIds);
}

Deno.test({
  name: "elasticsearch index: writes during the swap of another process stay found",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    await using processes = await createProcesses(2);
    const [writer, builder] = processes.indices as [SearchIndex, SearchIndex];
    const published = [await processes.publish(writer)];
    for (let swap = 0; swap < SWAPS; swap++) {
      let building = true;
      const writing = (async () => {
        while (building) {
          published.push(await processes.publish(writer));
          await assertFound(writer, published.slice(-1));
        }
      })();
      await Promise.all([processes.rebuild(builder).finally(() => building = false), writing]);
      await assertFound(writer, published);
    }
  },
});

Deno.test({
  name: "elasticsearch index: two concurrent rebuilds lose no write of a third process",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    await using processes = await createProcesses(3);
    const [writer, ...builders] = processes.indices as [SearchIndex, ...SearchIndex[]];
    const published = [await processes.publish(writer)];
    for (let swap = 0; swap < SWAPS; swap++) {
      let building = builders.length;
      const writing = (async () => {
        while (building > 0) {
          published.push(await processes.publish(writer));
          await assertFound(writer, published.slice(-1));
        }
      })();
      const built = builders.map((index) => processes.rebuild(index).finally(() => building--));
      await Promise.all([writing, ...built]);
      await assertFound(writer, published);
    }
  },
});

Deno.test({
  name: "elasticsearch index: a process that dies in a swap does not block others",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    await using processes = await createProcesses(1);
    const [dying] = processes.indices as [SearchIndex];
    await processes.publish(dying);
    await (await dying.rebuild()).seal();
    const { url, index: prefix } = processes.config;
    const client = connect({ url, apiKey: undefined });
    const writer = new ElasticsearchIndex({
      client,
      prefix,
      log: SILENT_LOGGER,
      sealLimitMs: SEAL_LIMIT_MS,
    });
    await assertFound(writer, [await processes.publish(writer)]);
    await processes.rebuild(writer);
    await assertFound(writer, [await processes.publish(writer)]);
    await writer.close();
  },
});

Deno.test({
  name: "elasticsearch index: a position of a replaced index is not kept for the new one",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    await using processes = await createProcesses(2);
    const [late, builder] = processes.indices as [SearchIndex, SearchIndex];
    await late.moveTo(positionAt(1));
    assert.deepEqual(await late.position(), positionAt(1));
    await putInPlace(await builder.rebuild(), 2);
    await late.moveTo(positionAt(3));
    assert.deepEqual(await builder.position(), positionAt(2));
    assert.deepEqual(await late.position(), positionAt(2));
    await late.moveTo(positionAt(3));
    assert.deepEqual(await builder.position(), positionAt(3));
  },
});

Deno.test({
  name: "elasticsearch index: a swap whose response was lost keeps the new index",
  ignore: !TEST_ELASTICSEARCH_URL,
  async fn() {
    await using processes = await createProcesses(1);
    const [other] = processes.indices as [SearchIndex];
    const { url, index: prefix } = processes.config;
    const client = connect({ url, apiKey: undefined });
    client.child = () => client;
    const { updateAliases } = client.indices;
    client.indices.updateAliases = async (...args: unknown[]) => {
      await Reflect.apply(updateAliases, client.indices, args);
      throw new errors.ConnectionError("the response was lost");
    };
    const builder = new ElasticsearchIndex({ client, prefix, log: SILENT_LOGGER });
    const published = [await processes.publish(builder), await processes.publish(other)];
    await assert.rejects(processes.rebuild(builder), SearchUnavailable);
    await assertFound(other, [...published, await processes.publish(other)]);
    await builder.close();
  },
});
