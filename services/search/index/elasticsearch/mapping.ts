import type { estypes } from "@elastic/elasticsearch";

/**
 * Version of the mapping and of the documents written into it; raise it with every change. Each version has an alias
 * of its own, so that two versions of the program can run side by side during a deployment.
 */
export const MAPPING_VERSION = 9;

/** Words are folded before they are indexed, so all engines see the same words, in any language. */
const words = {
  type: "text",
  analyzer: "whitespace",
  index_prefixes: { min_chars: 2, max_chars: 10 },
} as const;

/** Beginnings of words, by which a misspelt word is found while it is typed. */
const beginnings = {
  type: "text",
  analyzer: "whitespace",
  index_options: "docs",
  norms: false,
} as const;

/** A day such as `2026-11-01`, in the event's zone. */
const day = { type: "date", format: "strict_date" } as const;

export const MAPPINGS: estypes.MappingTypeMapping = {
  dynamic: "strict",
  dynamic_templates: [
    { prices: { path_match: "lowest_price.*", mapping: { type: "double" } } },
  ],
  properties: {
    event_id: { type: "keyword" },
    listed: { type: "boolean" },
    status: { type: "keyword" },
    name: words,
    venue_name: words,
    venue_city: words,
    event_type: words,
    description: words,
    all_words: { ...words, index_options: "freqs" as const },
    name_beginnings: beginnings,
    venue_name_beginnings: beginnings,
    venue_city_beginnings: beginnings,
    event_type_beginnings: beginnings,
    name_key: { type: "keyword" },
    venue_name_key: { type: "keyword" },
    venue_city_key: { type: "keyword" },
    event_type_key: { type: "keyword" },
    venue_city_spelling: { type: "keyword" },
    event_type_spelling: { type: "keyword" },
    start: { type: "date" },
    end: { type: "date" },
    borders: { type: "date" },
    first_day: day,
    last_day: day,
    first_month: { type: "keyword" },
    currency: { type: "keyword" },
    prices: { type: "double" },
    // A field for each currency, as prices are compared within one.
    lowest_price: { type: "object", dynamic: true },
    available_seats: { type: "integer" },
    available_during: { type: "date_range" },
    popularity: { type: "integer" },
    location: { type: "geo_point" },
    document: { type: "object", enabled: false },
    position: { type: "keyword", index: false, doc_values: false },
  },
};

export const SETTINGS: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: "0-1",
};
