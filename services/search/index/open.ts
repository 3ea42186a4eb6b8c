import type { Logger } from "@evently/shared/log";
import type { ElasticsearchConfig, SearchConfig } from "../config.ts";
import type { SearchIndex } from "./search_index.ts";

/** Opens the configured engine and loads only its code. The engine need not answer yet. */
export function openSearchIndex(
  config: SearchConfig,
  { log }: { log: Logger },
): Promise<SearchIndex> {
  return config.engine === "embedded" ? openEmbedded() : openElasticsearch(config, log);
}

/** Opens an empty index in this process. */
export async function openEmbedded(): Promise<SearchIndex> {
  const { EmbeddedSearchIndex } = await import("./embedded/embedded_index.ts");
  return new EmbeddedSearchIndex();
}

async function openElasticsearch(config: ElasticsearchConfig, log: Logger): Promise<SearchIndex> {
  const { ElasticsearchIndex } = await import("./elasticsearch/elasticsearch_index.ts");
  const { connect } = await import("./elasticsearch/connect.ts");
  return new ElasticsearchIndex({ client: connect(config), prefix: config.index, log });
}
