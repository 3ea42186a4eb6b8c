import { CannotRun } from "@evently/shared/output";
import type { Compose } from "./compose.ts";
import { runIntoFile } from "./run_into_file.ts";

/** The databases that have accounts, and so a table `erased_accounts`. */
const DATABASES = ["users_db", "events_db"];
/** A line of a file of deleted accounts: database, id and time. */
const LINE =
  /^(users_db|events_db),[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12},\d{4}-\d\d-\d\d \d\d:\d\d:\d\d[\d.+:-]+$/;

/** Waits for a server that has just been started, for about half a minute. */
const UNTIL_IT_ANSWERS = `set -eu
export PGHOST=127.0.0.1 PGUSER=evently PGCONNECT_TIMEOUT=5 PGDATESTYLE=ISO
ask() { timeout 60 psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 "$@"; }
tries=0
until ask --dbname=evently --command="SELECT 1" >/dev/null 2>&1 </dev/null; do
  tries=$((tries + 1))
  [ "$tries" -lt 30 ] || { echo "PostgreSQL does not answer" >&2; exit 1; }
  sleep 1
done
`;
const READ = UNTIL_IT_ANSWERS +
  DATABASES.map((name) =>
    `ask --dbname=${name} --command="COPY (SELECT current_database(), account_id, erased_at ` +
    `FROM erased_accounts) TO STDOUT (FORMAT csv)"\n`
  ).join("");
const PUT_BACK = `ask --single-transaction \\
  --command="CREATE TEMP TABLE saved (name text, account_id uuid, erased_at timestamptz)" \\
  --command="COPY saved FROM STDIN (FORMAT csv)" \\
  --command="INSERT INTO erased_accounts (account_id, erased_at)
              SELECT account_id, erased_at FROM saved
              WHERE name = current_database() ON CONFLICT DO NOTHING"
`;
const START = ["up", "-d", "--no-build", "--no-deps", "postgres"];

/**
 * Writes the ids of all deleted accounts into a file, each with its database and the time. Starts the server if it does
 * not run.
 *
 * @returns the file's lines; without any there is no file
 * @throws {CannotRun} the server does not answer, or lacks the tables
 */
export async function saveErasedAccounts(
  compose: Pick<Compose, "run">,
  path: string,
): Promise<string[]> {
  await compose.run(START);
  await runIntoFile(compose, path, inServer(READ));
  const lines = await readErasedAccounts(path);
  if (lines.length === 0) await Deno.remove(path);
  return lines;
}

/**
 * Reads the lines of a file of deleted accounts.
 *
 * @throws {CannotRun} it cannot be read; a line is no database, id and time
 */
export async function readErasedAccounts(path: string): Promise<string[]> {
  const text = await Deno.readTextFile(path).catch((error) => {
    throw new CannotRun(`${path} cannot be read: ${error.message}`);
  });
  const lines = text.split(/\r?\n/).filter(Boolean);
  const wrong = lines.findIndex((line) => !LINE.test(line));
  if (wrong === -1) return lines;
  throw new CannotRun(
    `${path}: account ${wrong + 1} must be DATABASE,ID,TIME, such as ` +
      "users_db,01976f3e-0000-7000-8000-000000000000,2026-11-30 10:00:00+00",
  );
}

/**
 * Puts deleted accounts into the databases of a stopped platform, whose services delete them again when they start. Those
 * that are known there already stay as they are.
 *
 * @param lines of files of deleted accounts
 */
export async function putBackErasedAccounts(
  compose: Pick<Compose, "run">,
  lines: readonly string[],
): Promise<void> {
  if (lines.length === 0) return;
  await compose.run(START);
  await compose.run(inServer(UNTIL_IT_ANSWERS));
  // The backup may be older than the tables.
  await compose.run(["run", "--rm", "migrate"]);
  for (const name of DATABASES) {
    const input = new Blob([lines.join("\n"), "\n"]).stream();
    await compose.run(inServer(`${UNTIL_IT_ANSWERS}export PGDATABASE=${name}\n${PUT_BACK}`), {
      input,
    });
  }
}

function inServer(script: string): string[] {
  return ["exec", "-T", "postgres", "sh", "-c", script];
}
