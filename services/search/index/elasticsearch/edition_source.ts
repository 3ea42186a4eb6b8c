import type { Client } from "@elastic/elasticsearch";

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

/** The first time after `now` at which an event begins or ends, or has other seats. */
export async function nextBorder(
  client: Client,
  alias: string,
  now: Date,
): Promise<Date | undefined> {
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
    },
  });
  const { buckets } = aggregations!.borders as { buckets: { key: { time: number } }[] };
  return buckets[0] && new Date(buckets[0].key.time);
}
