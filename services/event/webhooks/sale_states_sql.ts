import { exactlyOne, many, type Sql, type Tx } from "@evently/shared/postgres";

/** How far a lane of the change feed has been read for webhooks. */
export interface LaneRead {
  lane: number;
  change: number;
}

/** Whether an event is sold out. */
export interface SaleState {
  eventId: string;
  isSoldOut: boolean;
}

/** The lanes that have changes which were not read yet. */
export function findLanesToRead(sql: Sql): Promise<LaneRead[]> {
  return many(
    sql<LaneRead[]>`
    SELECT f.lane, f.change FROM webhook_feed f
      JOIN change_lanes l USING (lane)
     WHERE l.last_change > f.change`,
    (row) => row,
  );
}

/** Whether any webhook has one of these topics. */
export function isTopicWanted(sql: Sql, topics: readonly string[]): Promise<boolean> {
  return exactlyOne(
    sql<{ wanted: boolean }[]>`
    SELECT EXISTS (SELECT FROM webhooks WHERE topics && ${[...topics]}::text[]) AS wanted`,
    ({ wanted }) => wanted,
  );
}

/**
 * Stores states. Returns those that differ from the state before; an event of which nothing is stored was not sold out.
 * Callers hold the lane of the events ({@link claimLane}).
 */
export function storeSaleStates(tx: Tx, states: readonly SaleState[]): Promise<SaleState[]> {
  return many(
    tx<SaleState[]>`
    WITH given AS (
      SELECT * FROM unnest(
        ${states.map(({ eventId }) => eventId)}::uuid[],
        ${states.map(({ isSoldOut }) => String(isSoldOut))}::boolean[]
      ) AS g (event_id, sold_out)
    ), stored AS (
      INSERT INTO webhook_sale_states AS s (event_id, sold_out)
      SELECT g.event_id, g.sold_out FROM given g
      ON CONFLICT (event_id) DO UPDATE SET sold_out = excluded.sold_out
       WHERE s.sold_out <> excluded.sold_out
    )
    SELECT g.event_id AS "eventId", g.sold_out AS "isSoldOut"
      FROM given g
      LEFT JOIN webhook_sale_states before USING (event_id)
     WHERE g.sold_out <> coalesce(before.sold_out, false)`,
    (row) => row,
  );
}

/** Advances a lane from where it was read to `last`, and locks it until the commit; `false` if another process did. */
export async function claimLane(
  tx: Tx,
  { lane, change }: LaneRead,
  { last }: { last: number },
): Promise<boolean> {
  const { count } = await tx`
    UPDATE webhook_feed SET change = ${last} WHERE lane = ${lane} AND change = ${change}`;
  return count > 0;
}

/** Advances the positions of all lanes to the end of the feed. */
export async function skipChanges(sql: Sql): Promise<void> {
  await sql`
    UPDATE webhook_feed f SET change = l.last_change
      FROM change_lanes l
     WHERE l.lane = f.lane AND l.last_change > f.change`;
}
