import type { Logger } from "@evently/shared/log";
import type { ElasticsearchConfig, SearchConfig } from "../config.ts";
import type { EmbeddedSearchIndex } from "./embedded/embedded_index.ts";
import type { SearchIndex } from "./search_index.ts";

/** Opens the configured engine and loads only its code. The engine need not answer yet. */
export function openSearchIndex(
  config: SearchConfig,
  { log }: { log: Logger },
): Promise<SearchIndex> {
  return config.engine === "embedded" ? openEmbedded() : openElasticsearch(config, log);
}

/** Opens an empty index in this process, for a limited number of events. */
export async function openEmbedded(
  options: { maxEvents?: number } = {},
): Promise<EmbeddedSearchIndex> {
  const { EmbeddedSearchIndex } = await import("./embedded/embedded_index.ts");
  return new EmbeddedSearchIndex(options);
}

async function openElasticsearch(config: ElasticsearchConfig, log: Logger): Promise<SearchIndex> {
  const { ElasticsearchIndex } = await import("./elasticsearch/elasticsearch_index.ts");
  const { connect } = await import("./elasticsearch/connect.ts");
  return new ElasticsearchIndex({ client: connect(config), prefix: config.index, log });
}
