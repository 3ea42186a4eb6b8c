/** How the change feed finds what changed last among many events. */
import assert from "node:assert/strict";
import { LANES } from "@evently/shared/lanes";
import { exactlyOne, many, type Sql, transaction } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { createEventWorld } from "../testing/world.ts";
import { findChangesInSpans, findFeedEnd } from "./change_feed_sql.ts";
import { numberChanges } from "./number_changes.ts";

const COPIES = 200;
const MADE = 20;
/** After so many calls a connection keeps the plan that it has. */
const CALLS = 12;

Deno.test("the last change of each lane is read without the events that did not change", async () => {
  await using world = await createEventWorld();
  const { venue_id } = await world.venue();
  await Promise.all(times(MADE, () => world.event({ fields: { venue_id } })));
  await numberChanges({ seatSql: world.sql });
  await transaction(world.sql, copyEvents);
  await world.sql`ANALYZE`;
  const lasts = await findFeedEnd(world.sql);
  const spans = lasts.map((last, lane) => ({ lane, after: Math.max(last - 1, 0), last }));

  await transaction(world.sql, async (tx) => {
    for (let call = 0; call < CALLS; call++) await findChangesInSpans(tx, spans);
    const before = await countRead(tx);
    const changed = await findChangesInSpans(tx, spans);
    const read = await countRead(tx) - before;
    assert.ok(changed.length > 0 && changed.length <= LANES, `${changed.length} changed`);
    assert.ok(read <= 2 * changed.length, `of ${MADE * COPIES} events ${read} were read`);
  });
});

/** Adds copies of all events, with their seats, ticket types and changes. */
async function copyEvents(sql: Sql): Promise<void> {
  await sql`
    CREATE TEMPORARY TABLE copies ON COMMIT DROP AS
    SELECT event_id AS original, gen_random_uuid() AS event_id FROM events, generate_series(1, ${COPIES})`;
  for (const table of ["events", "seat_inventory", "ticket_types"]) {
    const columns = await many(
      sql<{ name: string }[]>`
        SELECT attname AS name FROM pg_attribute
         WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
      ({ name }) => name,
    );
    const copied = columns.map((name) =>
      name === "event_id" || name === "ticket_type_id" ? "copies.event_id" : `source.${name}`
    );
    await sql.unsafe(`
      INSERT INTO ${table} (${columns.join(", ")})
      SELECT ${
      copied.join(", ")
    } FROM ${table} source JOIN copies ON copies.original = source.event_id`);
  }
  await sql`
    INSERT INTO event_changes (lane, event_id, change)
    SELECT lane, event_id, last_change + row_number() OVER (PARTITION BY lane)
      FROM copies JOIN change_lanes ON lane = lane_of(event_id)`;
  await sql`
    UPDATE change_lanes l
       SET last_change = (SELECT max(c.change) FROM event_changes c WHERE c.lane = l.lane)`;
}

/** How many events this transaction has read. */
function countRead(sql: Sql): Promise<number> {
  return exactlyOne(
    sql<{ read: number }[]>`
      SELECT (seq_tup_read + idx_tup_fetch)::integer AS read FROM pg_stat_xact_user_tables
       WHERE relname = 'events'`,
    ({ read }) => read,
  );
}
