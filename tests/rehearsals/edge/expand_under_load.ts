import { pathToFileURL } from "node:url";
import { createMigrator, openPostgres } from "@evently/shared/postgres";
import { migrationsDirectory } from "../../../migrations/mod.ts";

const SILENT = { info: () => {} };
const EXPANDS = "ALTER TABLE bookings ADD COLUMN rehearsed text";
const CONTRACTS = "-- contract\nALTER TABLE bookings DROP COLUMN rehearsed";
/** Their records alone are taken back: together they leave nothing. */
const DOWN = "SELECT 1";

/**
 * A change of the busiest table in two steps, while instances sell: `expand` adds a column and leaves its removal, which
 * `up` makes.
 *
 * @returns how long each step took
 * @throws {Error} a step does not apply just its own migration
 */
export async function expandUnderLoad(
  url: string,
): Promise<{ expandMs: number; contractMs: number }> {
  const directory = await Deno.makeTempDir({ prefix: "evently-migrations-" });
  const pool = openPostgres(url, { max: 1, name: "evently-migrate" });
  try {
    let count = 0;
    for await (const { name } of Deno.readDir(migrationsDirectory("bookings_db"))) {
      await Deno.copyFile(
        new URL(name, migrationsDirectory("bookings_db")),
        `${directory}/${name}`,
      );
      if (name.endsWith(".up.sql")) count++;
    }
    const [first, second] = [count + 1, count + 2].map((n) => `${String(n).padStart(4, "0")}_step`);
    for (const [name, up] of [[first!, EXPANDS], [second!, CONTRACTS]] as const) {
      await Deno.writeTextFile(`${directory}/${name}.up.sql`, up);
      await Deno.writeTextFile(`${directory}/${name}.down.sql`, DOWN);
    }
    const migrator = createMigrator({
      pool,
      directory: pathToFileURL(`${directory}/`),
      log: SILENT,
    });
    const expandMs = await timed(() => migrator.expand(), first!);
    const contractMs = await timed(() => migrator.up(), second!);
    await migrator.down(2);
    return { expandMs, contractMs };
  } finally {
    await pool.end();
    await Deno.remove(directory, { recursive: true });
  }
}

async function timed(step: () => Promise<string[]>, expected: string): Promise<number> {
  const beganMs = performance.now();
  const applied = await step();
  if (applied.join() !== expected) {
    throw new Error(`${expected} was to be applied alone: ${applied.join(", ") || "nothing"} was`);
  }
  return performance.now() - beganMs;
}
