import assert from "node:assert/strict";
import { DATABASES, loadMigrations, type Pool } from "@evently/shared/postgres";
import { createEmptyTestDatabase } from "../shared/testing/database.ts";
import { parseArguments } from "./main.ts";
import { migrationsDirectory, migratorOf } from "./mod.ts";

const LOG = { info: () => {} };
const ALL = 1_000;

for (const database of DATABASES) {
  Deno.test(`the migrations of ${database} can all be taken back, leave nothing, and apply again`, async () => {
    await using test = await createEmptyTestDatabase();
    const migrator = migratorOf(database, test.sql, LOG);
    const applied = await migrator.up();
    assert.ok(applied.length > 0);

    assert.deepEqual(await migrator.down(ALL), applied.toReversed());
    assert.deepEqual(await objects(test.sql), ["schema_migrations"]);
    assert.deepEqual(await migrator.up(), applied);
  });
}

/** What a program of the release before, which runs meanwhile, may still use. */
const TAKES_AWAY =
  /\b(?:DROP\s+(?:TABLE|COLUMN|FUNCTION|VIEW|TYPE)|RENAME\s+(?:TO|COLUMN)|SET\s+NOT\s+NULL|ALTER\s+COLUMN\s+\w+\s+(?:SET\s+DATA\s+)?TYPE)\b/i;

for (const database of DATABASES) {
  Deno.test(`a migration of ${database} that takes something away says that it contracts`, async () => {
    for (const { name, up, contracts } of await loadMigrations(migrationsDirectory(database))) {
      const statements = up.replaceAll(/^\s*--.*$/gm, "");
      const found = TAKES_AWAY.exec(statements)?.[0];
      assert.ok(contracts || !found, `${name} has ${found}: its first line must be "-- contract"`);
    }
  });
}

Deno.test("the command line of migrate defaults to up on every database", () => {
  assert.deepEqual(parseArguments([]), { action: "up", databases: DATABASES });
  assert.deepEqual(parseArguments(["down", "--database=events_db"]), {
    action: "down",
    databases: ["events_db"],
  });
  assert.deepEqual(parseArguments(["distribute"]), { action: "distribute", databases: DATABASES });
});

Deno.test("the command line of migrate refuses what it does not know", () => {
  for (const args of [["sideways"], ["up", "down"], ["--database=seats_db"], ["--verbose"]]) {
    assert.throws(() => parseArguments(args), /^Error: Usage: deno task migrate/);
  }
});

/** Relations, functions and types in the schema, leaving out what belongs to another of them. */
async function objects(pool: Pool): Promise<string[]> {
  const rows = await pool<{ name: string }[]>`
    SELECT relname AS name FROM pg_class
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S', 'p', 'm')
    UNION ALL
    SELECT proname FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
       AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL
    SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')`;
  return rows.map(({ name }) => name);
}
