import assert from "node:assert/strict";
import { type DatabaseName, loadPlacements, many, type Sql } from "@evently/shared/postgres";
import { createTestDatabase } from "@evently/shared/testing";
import { migrationsDirectory } from "../../migrations/mod.ts";

/**
 * Asserts that every table of a migrated database has a place in a distributed PostgreSQL, and that nothing in its catalogue
 * would be refused there.
 */
export async function assertPlaced(name: DatabaseName): Promise<void> {
  await using database = await createTestDatabase(name);
  const { sql } = database;
  const placements = await loadPlacements(migrationsDirectory(name));
  assert.ok(placements, `${name} has placements`);
  const { by_lane, on_every_server, on_first_server } = placements;
  const listed = [...by_lane, ...on_every_server, ...on_first_server];
  assert.deepEqual(listed, [...new Set(listed)], "each table is listed once");
  assert.deepEqual(await unknownTables(sql, listed), []);
  assert.deepEqual(await distributionBreaches(sql, listed), []);
  assert.deepEqual(await keysWithout(sql, "lane", by_lane), []);
  assert.deepEqual(await arrayElementsSet(sql), []);
}

/** Names in `placements.json` that are no table. */
function unknownTables(sql: Sql, listed: readonly string[]): Promise<string[]> {
  return many(
    sql<{ name: string }[]>`
    SELECT name FROM unnest(${[...listed]}::text[]) AS listed (name)
     WHERE to_regclass(name) IS NULL`,
    ({ name }) => name,
  );
}

/**
 * Functions of one event in which an UPDATE sets a column to an element of an array, for which Citus 13.2 ends with a fault.
 */
function arrayElementsSet(sql: Sql): Promise<string[]> {
  return many(
    sql<{ name: string }[]>`
    SELECT proname AS name FROM pg_proc
     WHERE pronamespace = 'public'::regnamespace AND proargnames[1] = 'p_event_id'
       AND prosrc ~ '\\mSET\\M[^;]*\\m\\w+ = \\w+\\[[^;]*\\mWHERE\\M'
     ORDER BY 1`,
    ({ name }) => `function ${name} sets a column to an element of an array`,
  );
}

/**
 * Returns what a distributed PostgreSQL would refuse in a migrated database, one line each; empty if nothing.
 *
 * Rows of a sale are spread over servers by `event_id`. So each of their primary and unique keys must contain it,
 * no such table has a trigger, and no function takes or returns a table's row type.
 *
 * @param platformTables tables that are no part of a sale and are small enough to be on every server
 */
export async function distributionBreaches(
  sql: Sql,
  platformTables: readonly string[],
): Promise<string[]> {
  const breaches = await Promise.all([
    tablesWithoutEvent(sql, platformTables),
    keysWithoutEvent(sql, platformTables),
    triggers(sql),
    rowTypesInSignatures(sql),
  ]);
  return breaches.flat();
}

/** Tables of neither kind: without an `event_id` that is never null, and not of the platform. */
function tablesWithoutEvent(sql: Sql, platformTables: readonly string[]): Promise<string[]> {
  return many(
    sql<{ table: string }[]>`
    SELECT c.relname AS table
      FROM pg_class c
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND c.relname <> ALL (${platformTables}::text[])
       AND NOT EXISTS (
         SELECT FROM pg_attribute a
          WHERE a.attrelid = c.oid AND a.attname = 'event_id' AND a.attnotnull AND NOT a.attisdropped)
     ORDER BY 1`,
    ({ table }) => `table ${table} has no event_id, or one that may be null`,
  );
}

/** Primary keys, unique constraints and unique indexes, partial ones too. */
function keysWithoutEvent(sql: Sql, platformTables: readonly string[]): Promise<string[]> {
  return keysLacking(sql, "event_id", sql`c.relname <> ALL (${platformTables}::text[])`);
}

/** Keys of some tables that lack a column. */
function keysWithout(sql: Sql, column: string, tables: readonly string[]): Promise<string[]> {
  return keysLacking(sql, column, sql`c.relname = ANY (${[...tables]}::text[])`);
}

function keysLacking(sql: Sql, column: string, among: ReturnType<Sql>): Promise<string[]> {
  return many(
    sql<{ key: string; table: string }[]>`
    SELECT i.indexrelid::regclass::text AS key, c.relname AS table
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique
       AND ${among}
       AND NOT EXISTS (
         SELECT FROM pg_attribute a
          WHERE a.attrelid = i.indrelid AND a.attname = ${column}
           AND a.attnum = ANY ((i.indkey::smallint[])[0:i.indnkeyatts - 1]))
     ORDER BY 1`,
    ({ key, table }) => `key ${key} of table ${table} lacks ${column}`,
  );
}

function triggers(sql: Sql): Promise<string[]> {
  return many(
    sql<{ trigger: string; table: string }[]>`
    SELECT t.tgname AS trigger, t.tgrelid::regclass::text AS table
      FROM pg_trigger t
     WHERE NOT t.tgisinternal
     ORDER BY 1`,
    ({ trigger, table }) => `trigger ${trigger} is on table ${table}`,
  );
}

/** Functions with a table's row type, or an array of it, as an argument or a result. */
function rowTypesInSignatures(sql: Sql): Promise<string[]> {
  return many(
    sql<{ name: string; type: string }[]>`
    SELECT DISTINCT p.proname AS name, t.oid::regtype::text AS type
      FROM pg_proc p
     CROSS JOIN LATERAL unnest(p.prorettype || coalesce(p.proallargtypes, p.proargtypes::oid[]))
        AS used (type_id)
      JOIN pg_type t ON t.oid = used.type_id
      LEFT JOIN pg_type element ON element.oid = t.typelem
      JOIN pg_class c ON c.oid = greatest(t.typrelid, element.typrelid)
     WHERE p.pronamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm')
     ORDER BY 1, 2`,
    ({ name, type }) => `function ${name} has the row type ${type} in its signature`,
  );
}
