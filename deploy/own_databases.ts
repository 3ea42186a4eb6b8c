import type { Env } from "@evently/shared/config";
import { CannotRun } from "@evently/shared/output";
import { DATABASE_VARIABLES } from "@evently/shared/postgres";

const PRODUCTION = "production";

/**
 * Refuses a preview or a branch that would use production's data.
 *
 * Deno Deploy makes a database for each timeline of an app whose database is linked, and names it in `DATABASE_URL` and
 * `PGDATABASE`. The platform has three of its own on that server instead, which would be the same for every timeline.
 *
 * @throws {CannotRun} the timeline is not production and its linked server is all that names its databases
 */
export function requireOwnDatabases(env: Env): void {
  const { DENO_TIMELINE: timeline = PRODUCTION, PGDATABASE: linked } = env;
  const missing = Object.values(DATABASE_VARIABLES).filter((name) => !env[name]);
  if (timeline === PRODUCTION || !linked || missing.length === 0) return;
  throw new CannotRun(
    `Cannot run as ${timeline}: by the linked database it would use production's data. ` +
      `Set ${missing.join(", ")} in the context Development`,
  );
}
