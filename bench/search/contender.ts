import { fold } from "../../services/search/index/text.ts";
import { leanClient, requestBytes } from "../lib/lean_client.ts";
import { type Ask, readAnswer } from "./load.ts";

/** Results of a page, as of ours. */
const PAGE_SIZE = 20;
/** Values of one facet. */
const FACET_VALUES = 100;

/**
 * The query of a plain search service: the best field of each event, three quarters of the words, two facets and price
 * statistics over the filtered events. It corrects no misspelling, finds no beginnings, and its facets know only what
 * all filters let through.
 */
export function contender(index: string): Ask {
  const { port, pathname } = new URL(`${index}/_search`);
  const client = leanClient(Number(port));
  return ({ text, city, maxPrice }) => {
    const body = {
      query: {
        bool: {
          must: [{
            multi_match: {
              query: fold(text),
              type: "best_fields",
              minimum_should_match: "75%",
              fields: ["name^3", "description^2", "venue_name^2", "venue_city", "event_type"],
            },
          }],
          filter: [
            { term: { listed: true } },
            { term: { venue_city_key: fold(city) } },
            { range: { prices: { lte: maxPrice } } },
            { range: { start: { gt: new Date().toISOString() } } },
          ],
        },
      },
      sort: [{ start: "asc" }],
      size: PAGE_SIZE,
      _source: ["document"],
      track_total_hits: true,
      aggs: {
        cities: { terms: { field: "venue_city_key", size: FACET_VALUES } },
        types: { terms: { field: "event_type_key", size: FACET_VALUES } },
        prices: { stats: { field: "prices" } },
      },
    };
    return client.send(requestBytes("POST", pathname, body));
  };
}

/** Writes a document as a plain service does: one request, which waits for a refresh of its own. */
export function writeAlone(index: string) {
  return async ({ eventId, stored }: { eventId: string; stored: Record<string, unknown> }) =>
    await readAnswer(
      await fetch(`${index}/_doc/${eventId}?refresh=true`, {
        method: "PUT",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(stored),
      }),
    );
}
