import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { isDistributed, runByServer } from "./distribution.ts";
import type { Pool } from "./sql.ts";

/** Events of three parts, the first and the last of which are on server 1. */
const EVENTS = ["0", "1", "2", "3", "4", "5"].map((digit) =>
  `00000000-0000-4000-8000-00000000000${digit}`
);

Deno.test("runByServer() runs all items in one call where the database is on one server", async () => {
  await using database = await createEmptyTestDatabase();
  const calls: (readonly Item[])[] = [];

  const results = await runByServer(database.sql, itemsOf([2, 0, 1]), (items, together) => {
    assert.equal(together, false);
    calls.push(items);
    return Promise.resolve(items.map(({ n }) => n));
  });

  assert.deepEqual(results, [2, 0, 1]);
  assert.equal(calls.length, 1);
  assert.equal(await isDistributed(database.sql), false);
});

Deno.test("runByServer() makes a call for each server, in the order of event ids", async () => {
  await using database = await createEmptyTestDatabase();
  await pretendDistribution(database.sql);
  const calls: number[][] = [];

  const results = await runByServer(database.sql, itemsOf([5, 1, 3, 0, 4]), (items, together) => {
    assert.equal(together, true);
    calls.push(items.map(({ n }) => n));
    return Promise.resolve(items.map(({ n }) => n * 10));
  });

  assert.deepEqual(results, [50, 10, 30, 0, 40]);
  assert.deepEqual(calls.toSorted(), [[0, 3, 5], [1, 4]]);
  assert.equal(await isDistributed(database.sql), true);
});

Deno.test("runByServer() waits for every server before it fails", async () => {
  await using database = await createEmptyTestDatabase();
  await pretendDistribution(database.sql);
  let ended = 0;

  const run = runByServer(database.sql, itemsOf([0, 1]), async (items) => {
    if (items[0]!.n === 0) throw new Error("server 1 is away");
    await database.sql`SELECT 1`;
    ended++;
    return [1];
  });

  await assert.rejects(run, /server 1 is away/);
  assert.equal(ended, 1);
});

interface Item {
  eventId: string;
  n: number;
}

function itemsOf(numbers: readonly number[]): Item[] {
  return numbers.map((n) => ({ eventId: EVENTS[n]!, n }));
}

/** Makes the parts of a cluster's catalogue that are read: a table by event, and three parts on two servers. */
async function pretendDistribution(sql: Pool): Promise<void> {
  await sql.unsafe(`
    SET allow_system_table_mods = on;
    CREATE TABLE outbox (event_id uuid);
    CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass, partmethod "char");
    CREATE TABLE pg_catalog.pg_dist_placement (shardid bigint, groupid integer);
    INSERT INTO pg_catalog.pg_dist_partition VALUES ('outbox', 'h');
    INSERT INTO pg_catalog.pg_dist_placement VALUES (0, 1), (1, 2), (2, 1);
    CREATE FUNCTION get_shard_id_for_distribution_column(text, id uuid) RETURNS bigint
      LANGUAGE sql AS 'SELECT CASE WHEN right(id::text, 1) = ''5'' THEN 2 ELSE right(id::text, 1)::bigint % 3 % 2 END';
  `);
}
