import { SILENT_LOGGER } from "@evently/shared/log";
import type { SearchConfig } from "../config.ts";
import { connect } from "../index/elasticsearch/connect.ts";
import { openEmbedded, openSearchIndex } from "../index/open.ts";
import type { SearchIndex } from "../index/search_index.ts";

/** An empty index of its own, removed at the end of its scope. */
export interface IndexOfTest extends AsyncDisposable {
  index: SearchIndex;
}

/** Elasticsearch of this run; `undefined` in runs on the embedded stores. */
export const TEST_ELASTICSEARCH_URL = Deno.env.get("TEST_ELASTICSEARCH_URL");

/** Configuration of the run's engine for a whole service; its indices are removed at the end of its scope. */
export function testEngine(): AsyncDisposable & { config: SearchConfig } {
  if (!TEST_ELASTICSEARCH_URL) {
    return { config: { engine: "embedded" }, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL);
  return { config, [Symbol.asyncDispose]: () => dropIndices(config) };
}

/** Opens an index of the run's engine: Elasticsearch if there is one, else the embedded engine. */
export function openTestIndex(): Promise<IndexOfTest> {
  return TEST_ELASTICSEARCH_URL
    ? openElasticsearchIndex(TEST_ELASTICSEARCH_URL)
    : openEmbeddedIndex();
}

/** Opens an embedded index. */
export async function openEmbeddedIndex(): Promise<IndexOfTest> {
  const index = await openEmbedded();
  return { index, [Symbol.asyncDispose]: () => index.close() };
}

/** Opens an Elasticsearch index under a name of its own. */
export async function openElasticsearchIndex(url: string): Promise<IndexOfTest> {
  const config = elasticsearchConfig(url);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  return {
    index,
    async [Symbol.asyncDispose]() {
      await index.close();
      await dropIndices(config);
    },
  };
}

/** Configuration with an index prefix of its own. */
export function elasticsearchConfig(url: string) {
  return {
    engine: "elasticsearch",
    url,
    apiKey: undefined,
    index: `test-${crypto.randomUUID()}`,
    fallback: "none",
  } as const;
}

/** Deletes all indices of a configuration. */
export async function dropIndices(config: { url: string; index: string }): Promise<void> {
  const client = connect({ url: config.url, apiKey: undefined });
  const found = await client.indices.get({ index: `${config.index}-*` });
  for (const index of Object.keys(found)) await client.indices.delete({ index });
  await client.close();
}
