import { many, type Sql } from "@evently/shared/postgres";

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
  return many(
    sql<{ key: string; table: string }[]>`
    SELECT i.indexrelid::regclass::text AS key, c.relname AS table
      FROM pg_index i
      JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique
       AND c.relname <> ALL (${platformTables}::text[])
       AND NOT EXISTS (
         SELECT FROM pg_attribute a
          WHERE a.attrelid = i.indrelid AND a.attname = 'event_id'
           AND a.attnum = ANY ((i.indkey::smallint[])[0:i.indnkeyatts - 1]))
     ORDER BY 1`,
    ({ key, table }) => `key ${key} of table ${table} lacks event_id`,
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
