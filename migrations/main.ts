/**
 * `deno task migrate [up|expand|down|status|distribute] [--database=users_db|events_db|bookings_db]`
 *
 * Works on the databases named in the environment. `expand` applies what programs of the release before can live with, and
 * leaves what contracts to `up`; `down` takes back one migration of each. `distribute` spreads migrated databases over the
 * workers of a Citus cluster (docs/scaling.md); it is repeated after migrations, and changes nothing that is in place.
 */
import { withSecretFiles } from "@evently/shared/config";
import { runCommand, say } from "@evently/shared/output";
import {
  type DatabaseName,
  DATABASES,
  distribute,
  loadPlacements,
  type Migrator,
  openPostgres,
  type Pool,
  provideDatabase,
  setTimeLimits,
} from "@evently/shared/postgres";
import { migrationsDirectory, migratorOf } from "./mod.ts";

const ACTIONS = ["up", "expand", "down", "status", "distribute"] as const;
type Action = (typeof ACTIONS)[number];

const USAGE = `deno task migrate [${ACTIONS.join("|")}] [--database=${DATABASES.join("|")}]`;

/** What the command line asks for. @throws {Error} it is not understood; the text is the usage */
export function parseArguments(
  args: readonly string[],
): { action: Action; databases: readonly DatabaseName[] } {
  const option = "--database=";
  const named = args.filter((arg) => arg.startsWith(option)).map((arg) => arg.slice(option.length));
  const [word = "up", ...rest] = args.filter((arg) => !arg.startsWith(option));
  const action = ACTIONS.find((known) => known === word);
  const databases = DATABASES.filter((known) => named.length === 0 || named.includes(known));
  const unknown = named.some((name) => !DATABASES.some((known) => known === name));
  if (!action || unknown || rest.length > 0) throw new Error(`Usage: ${USAGE}`);
  return { action, databases };
}

/**
 * Migrates one database and says how it stands.
 *
 * @throws {Error} names the database and what is wrong
 */
export async function migrateDatabase(
  env: Readonly<Record<string, string | undefined>>,
  { action, database }: { action: Action; database: DatabaseName },
): Promise<void> {
  try {
    await migrate(env, { action, database });
  } catch (cause) {
    const text = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${database}: ${text}`, { cause });
  }
}

async function migrate(
  env: Readonly<Record<string, string | undefined>>,
  { action, database }: { action: Action; database: DatabaseName },
): Promise<void> {
  const url = await provideDatabase(env, database);
  const pool = openPostgres(url, { max: 1, name: "evently-migrate" });
  try {
    const tell = (message: string, fields = {}) =>
      say(`${database}: ${[message, ...Object.values(fields)].join(" ")}`);
    const log = { info: tell, warn: tell };
    const migrator = migratorOf(database, pool, log);
    say(
      `${database}: ${
        action === "distribute"
          ? await spread(database, { pool, migrator })
          : await perform(action, migrator)
      }`,
    );
    if (action === "up" || action === "expand") await setTimeLimits(pool, log);
  } finally {
    await pool.end();
  }
}

/** Distributes a database that has all its migrations; returns what was done, in a line. */
async function spread(
  database: DatabaseName,
  { pool, migrator }: { pool: Pool; migrator: Migrator },
): Promise<string> {
  const placements = await loadPlacements(migrationsDirectory(database));
  if (!placements) return "stays on one server";
  const all = await migrator.status();
  if (all.some(({ applied_at }) => !applied_at)) {
    throw new Error("Cannot distribute as migrations are pending: run deno task migrate first");
  }
  const { tables, functions, plannedAnew } = await distribute(pool, placements);
  const placed = tables.length > 0 ? `placed ${tables.join(", ")}` : "all tables are in place";
  const plans = plannedAnew === undefined
    ? "which keep their plans"
    : `which plan each statement anew, as a worker said: ${plannedAnew}`;
  return `${placed}; copied ${functions.length} functions to every server, ${plans}`;
}

/** Does it, and says in a line how the database stands. */
async function perform(action: Exclude<Action, "distribute">, migrator: Migrator): Promise<string> {
  if (action === "up") await migrator.up();
  if (action === "expand") await migrator.expand();
  if (action === "down") await migrator.down();
  const all = await migrator.status();
  const pending = all.filter(({ applied_at }) => !applied_at).map(({ name }) => name);
  const applied = `${all.length - pending.length} of ${all.length} migrations applied`;
  return pending.length === 0 ? applied : `${applied}, pending: ${pending.join(", ")}`;
}

async function main(): Promise<void> {
  const { action, databases } = parseArguments(Deno.args);
  const env = withSecretFiles(Deno.env.toObject());
  for (const database of databases) await migrateDatabase(env, { action, database });
}

if (import.meta.main) await runCommand(main);
