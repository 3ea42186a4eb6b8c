import type { estypes } from "@elastic/elasticsearch";

/**
 * Raised with every change of the mapping or of what is written into it. Each version has an alias of its
 * own, so that programs of two versions work side by side while one takes over from the other.
 */
export const MAPPING_VERSION = 4;

/** Words come folded and separated by spaces: all engines see the same ones, and none needs a language. */
const words = {
  type: "text",
  analyzer: "whitespace",
  index_prefixes: { min_chars: 2, max_chars: 10 },
} as const;

/** The beginnings of the words: by them a misspelt word is found that is still being typed. */
const beginnings = {
  type: "text",
  analyzer: "whitespace",
  index_options: "docs",
  norms: false,
} as const;

/** Such as `2026-11-01`, in the event's zone. */
const day = { type: "date", format: "strict_date" } as const;

export const MAPPINGS: estypes.MappingTypeMapping = {
  dynamic: "strict",
  properties: {
    event_id: { type: "keyword" },
    listed: { type: "boolean" },
    status: { type: "keyword" },
    name: words,
    venue_name: words,
    venue_city: words,
    event_type: words,
    description: words,
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
    first_day: day,
    last_day: day,
    base_price: { type: "double" },
    available_seats: { type: "integer" },
    popularity: { type: "integer" },
    location: { type: "geo_point" },
    document: { type: "object", enabled: false },
    position: { type: "long", index: false },
  },
};

export const SETTINGS: estypes.IndicesIndexSettings = {
  number_of_shards: 1,
  auto_expand_replicas: "0-1",
};
