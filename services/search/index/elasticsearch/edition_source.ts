import type { Client } from "@elastic/elasticsearch";
import type { Outlook } from "../editions.ts";

/**
 * Identifies what searches see of an index: its identity, and how often a refresh has shown writes. Every write is
 * refreshed before its caller is answered, in whatever process.
 */
export async function visibleState(client: Client, alias: string): Promise<string> {
  const { indices = {} } = await client.indices.stats({
    index: alias,
    metric: "refresh",
    filter_path: ["indices.*.uuid", "indices.*.total.refresh.external_total"],
  });
  return Object.values(indices)
    .map(({ uuid, total }) => `${uuid} ${total?.refresh?.external_total}`).sort().join();
}

/** The next border after `now`, and the currency of most events, by one search. */
export async function outlook(client: Client, alias: string, now: Date): Promise<Outlook> {
  const { aggregations } = await client.search({
    index: alias,
    size: 0,
    track_total_hits: false,
    allow_partial_search_results: false,
    query: { range: { borders: { gt: now.toISOString() } } },
    // Looks at single times, unlike a minimum, which knows each event's first one only.
    aggs: {
      borders: {
        composite: {
          size: 1,
          sources: [{ time: { terms: { field: "borders" } } }],
          after: { time: now.getTime() },
        },
      },
      currencies: { terms: { field: "currency", size: 1 } },
    },
  });
  const { borders, currencies } = aggregations as unknown as {
    borders: { buckets: { key: { time: number } }[] };
    currencies: { buckets: { key: string }[] };
  };
  const [next] = borders.buckets;
  return {
    nextBorder: next && new Date(next.key.time),
    currency: currencies.buckets[0]?.key,
  };
}
