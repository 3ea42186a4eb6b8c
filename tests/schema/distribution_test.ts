import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "@evently/shared/testing";
import { distributionBreaches } from "./distribution.ts";

Deno.test("distributionBreaches() names every object that breaks a rule", async () => {
  await using database = await createEmptyTestDatabase();
  await database.sql.unsafe(`
    CREATE TABLE venues (venue_id uuid PRIMARY KEY);
    CREATE TABLE good (event_id uuid, id uuid, name text, PRIMARY KEY (event_id, id));
    CREATE UNIQUE INDEX good_name ON good (id, event_id) INCLUDE (name) WHERE name <> '';
    CREATE TABLE foreign_key (event_id uuid, id uuid, PRIMARY KEY (id, event_id),
      FOREIGN KEY (event_id, id) REFERENCES good (event_id, id));
    CREATE TABLE keyless (event_id uuid NOT NULL, id uuid);
    CREATE TABLE lost (id uuid PRIMARY KEY);
    CREATE TABLE vague (event_id uuid, id uuid);
    CREATE TABLE bad (event_id uuid NOT NULL, id uuid PRIMARY KEY, name text UNIQUE, code text);
    CREATE UNIQUE INDEX bad_code ON bad (code) WHERE name IS NULL;
    CREATE UNIQUE INDEX bad_expression ON bad ((event_id::text), code);
    CREATE UNIQUE INDEX bad_include ON bad (code) INCLUDE (event_id);
    CREATE FUNCTION changed() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
    CREATE TRIGGER good_changed AFTER INSERT ON good FOR EACH ROW EXECUTE FUNCTION changed();
    CREATE FUNCTION fine(id uuid, OUT name text, OUT names text[]) LANGUAGE sql AS 'SELECT $1::text, NULL::text[]';
    CREATE FUNCTION takes_row(r good) RETURNS integer LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION takes_rows(rows good[]) RETURNS integer LANGUAGE sql AS 'SELECT 1';
    CREATE FUNCTION returns_row() RETURNS good LANGUAGE sql AS 'SELECT * FROM good';
    CREATE FUNCTION returns_rows() RETURNS SETOF good LANGUAGE sql AS 'SELECT * FROM good';
    CREATE FUNCTION gives_row(OUT n integer, OUT r good) LANGUAGE sql AS 'SELECT 1, NULL::good';
  `);
  assert.deepEqual(await distributionBreaches(database.sql, ["venues"]), [
    "table lost has no event_id, or one that may be null",
    "table vague has no event_id, or one that may be null",
    "key bad_code of table bad lacks event_id",
    "key bad_expression of table bad lacks event_id",
    "key bad_include of table bad lacks event_id",
    "key bad_name_key of table bad lacks event_id",
    "key bad_pkey of table bad lacks event_id",
    "key lost_pkey of table lost lacks event_id",
    "trigger good_changed is on table good",
    "function gives_row has the row type good in its signature",
    "function returns_row has the row type good in its signature",
    "function returns_rows has the row type good in its signature",
    "function takes_row has the row type good in its signature",
    "function takes_rows has the row type good[] in its signature",
  ]);
});
