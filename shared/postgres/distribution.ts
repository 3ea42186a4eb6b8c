import { exactlyOne, many } from "./rows.ts";
import type { Sql } from "./sql.ts";

/** What is known of the database of a pool. */
interface Knowledge {
  isDistributed: boolean;
  /** Servers of events, by their numbers in the cluster. */
  servers: Map<string, number>;
}

/** The most events of which the server is remembered. */
const MAX_EVENTS = 100_000;
/** A table by event that every distributed database has. */
const TABLE_BY_EVENT = "outbox";

const known = new WeakMap<Sql, Knowledge>();

/**
 * Whether the tables of a database are spread over several servers by event (`deno task migrate distribute`). Asked once for
 * each pool: programs are restarted after a database was distributed.
 */
export async function isDistributed(pool: Sql): Promise<boolean> {
  return (known.get(pool) ?? await learn(pool)).isDistributed;
}

/**
 * Runs items in one call or, where the database is distributed, in one call for each server that has their events. Waits for
 * all of them; returns the results in the order of the items.
 *
 * @param run returns the results of some items in their order; they are in the order of event ids if `isDistributed`
 * @throws what the first call that failed throws; other servers may have done their part, so `run` must be idempotent
 */
export async function runByServer<Item extends { eventId: string }, Result>(
  pool: Sql,
  items: readonly Item[],
  run: (items: readonly Item[], isDistributed: boolean) => Promise<Result[]>,
): Promise<Result[]> {
  const knowledge = known.get(pool) ?? await learn(pool);
  if (!knowledge.isDistributed || items.length === 1) {
    return await run(items, knowledge.isDistributed);
  }
  const servers = await serversOf(pool, knowledge, items);
  const parts = [...Map.groupBy(items.keys(), (i) => servers.get(items[i]!.eventId)).values()];
  const results: Result[] = [];
  const outcomes = await Promise.allSettled(parts.map(async (places) => {
    places.sort((a, b) => items[a]!.eventId < items[b]!.eventId ? -1 : 1);
    const answers = await run(places.map((i) => items[i]!), true);
    places.forEach((i, place) => results[i] = answers[place]!);
  }));
  for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  return results;
}

async function learn(pool: Sql): Promise<Knowledge> {
  const isCluster = await exactlyOne(
    pool<
      { found: boolean }[]
    >`SELECT to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL AS found`,
    ({ found }) => found,
  );
  const isDistributed = isCluster && await exactlyOne(
    pool<{ found: boolean }[]>`
      SELECT EXISTS (
        SELECT FROM pg_catalog.pg_dist_partition
         WHERE logicalrelid = to_regclass(${TABLE_BY_EVENT}) AND partmethod = 'h') AS found`,
    ({ found }) => found,
  );
  const knowledge = { isDistributed, servers: new Map() };
  known.set(pool, knowledge);
  return knowledge;
}

/**
 * The servers of all events of these items. An event that has moved since is found where it was: the call then reaches it from
 * there, and takes longer.
 */
async function serversOf(
  pool: Sql,
  { servers }: Knowledge,
  items: readonly { eventId: string }[],
): Promise<ReadonlyMap<string, number>> {
  const unknown = new Set(items.map(({ eventId }) => eventId).filter((id) => !servers.has(id)));
  if (unknown.size === 0) return servers;
  if (servers.size + unknown.size > MAX_EVENTS) servers.clear();
  const found = await many(
    pool<{ eventId: string; server: number }[]>`
      SELECT e.id AS "eventId", p.groupid AS server
        FROM unnest(${[...unknown]}::uuid[]) AS e (id)
        JOIN pg_catalog.pg_dist_placement p
          ON p.shardid = get_shard_id_for_distribution_column(${TABLE_BY_EVENT}, e.id)`,
    (row) => row,
  );
  for (const { eventId, server } of found) servers.set(eventId, server);
  return servers;
}
