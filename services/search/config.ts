import { z } from "zod";
import { environmentOf, type EnvReader, oneOf, urlList, wholeNumber } from "@evently/shared/config";
import { MAX_EVENTS_EMBEDDED } from "./index/search_index.ts";

/** Configuration of the search service's engine. */
export type SearchConfig = EmbeddedConfig | ElasticsearchConfig;

export interface EmbeddedConfig {
  engine: "embedded";
}

export interface ElasticsearchConfig {
  engine: "elasticsearch";
  /** Of each node, separated by commas. */
  url: string;
  apiKey: string | undefined;
  /** Prefix of index names, as several platforms may share a cluster. */
  index: string;
  /** Engine that answers while Elasticsearch does not. */
  fallback: "embedded" | "none";
  /** Up to this number of events a copy in the process answers before Elasticsearch; 0 for never. */
  maxEventsInProcess: number;
}

/** About 170 MB in each process of the service. */
const DEFAULT_EVENTS_IN_PROCESS = 100_000;
const DEFAULT_INDEX = "evently-events";
const INDEX_NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;

/** Reads the configuration. Without `ELASTICSEARCH_URL` the engine is embedded, which production must allow explicitly. */
export function searchSection(env: EnvReader): SearchConfig {
  const fallback = env.read("SEARCH_FALLBACK", oneOf(["embedded", "none"]).optional()) ?? "none";
  if (!env.has("ELASTICSEARCH_URL")) {
    for (
      const name of ["ELASTICSEARCH_API_KEY", "ELASTICSEARCH_INDEX", "SEARCH_IN_PROCESS_EVENTS"]
    ) {
      if (env.has(name)) env.problem(name, "is set without ELASTICSEARCH_URL");
    }
    if (environmentOf(env) === "production" && fallback !== "embedded") {
      env.problem("ELASTICSEARCH_URL", "is required (or SEARCH_FALLBACK=embedded alone)");
    }
    return { engine: "embedded" };
  }
  return {
    engine: "elasticsearch",
    url: env.read("ELASTICSEARCH_URL", urlList("http", "https").transform((list) => list.join())),
    apiKey: env.read("ELASTICSEARCH_API_KEY", z.string().optional()),
    index: env.read("ELASTICSEARCH_INDEX", indexName()) ?? DEFAULT_INDEX,
    fallback,
    maxEventsInProcess: env.read(
      "SEARCH_IN_PROCESS_EVENTS",
      wholeNumber(DEFAULT_EVENTS_IN_PROCESS, { max: MAX_EVENTS_EMBEDDED }),
    ),
  };
}

function indexName() {
  return z.string().regex(INDEX_NAME, "must have lower-case letters, digits and hyphens")
    .optional();
}
