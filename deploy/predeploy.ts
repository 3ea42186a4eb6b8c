/**
 * What Deno Deploy runs for each timeline before it sends requests to a new revision: migrations that the instances of
 * the revision before can live with, as these go on serving meanwhile.
 */
import { runCommand } from "@evently/shared/output";
import { DATABASES } from "@evently/shared/postgres";
import { migrateDatabase } from "../migrations/main.ts";
import { requireOwnDatabases } from "./own_databases.ts";

await runCommand(async () => {
  const env = Deno.env.toObject();
  requireOwnDatabases(env);
  for (const database of DATABASES) await migrateDatabase(env, { database, action: "expand" });
});
