import { CannotRun } from "@evently/shared/output";
import type { Compose } from "./compose.ts";
import {
  putBackErasedAccounts,
  readErasedAccounts,
  saveErasedAccounts,
} from "./erased_accounts.ts";

/** Everything but the stores; stopped first, so that nothing is acknowledged that the copy does not have. */
const PROGRAMS = ["front", "gateway", "booking", "search", "event", "user"];
/** Reads the whole file, as one that was cut off has a good beginning. */
const CHECK = "tar -tzf - >/tmp/names && grep -qx PG_VERSION /tmp/names";
/** Unpacks beside the present data, so that a broken file changes nothing. */
const UNPACK = `set -eu
new="$PGDATA.new"
rm -rf "$new"
mkdir -p "$new"
tar -xzf - -C "$new"
test -s "$new/PG_VERSION"
rm -rf "$PGDATA"
mv "$new" "$PGDATA"
chown -R postgres:postgres "$PGDATA"
chmod 700 "$PGDATA"`;

/** What of the present databases is kept. */
export interface RestoreOptions {
  /** File for the ids of the accounts that were deleted until now. */
  erasedPath: string;
  /** File of such ids from elsewhere. */
  givenPath: string | undefined;
  say: (line: string) => void;
}

/**
 * Replaces the data of the database server by those of a file of `backUp()`. Redis starts empty and the search index is
 * built anew. Accounts that were deleted until now are known afterwards, so that the services delete them again. The
 * platform is stopped then.
 *
 * @throws {CannotRun} a file is missing, or is not what it must be; the platform then goes on
 */
export async function restoreBackup(
  compose: Pick<Compose, "run" | "removeVolume">,
  path: string,
  { erasedPath, givenPath, say }: RestoreOptions,
): Promise<void> {
  const given = givenPath === undefined ? [] : await readErasedAccounts(givenPath);
  await unpack(compose, path, CHECK).catch((error) => {
    throw new CannotRun(`${path} is no whole backup, so nothing was changed. ${error.message}`);
  });
  await compose.run(["stop", ...PROGRAMS]);
  const saved = await saveErasedAccounts(compose, erasedPath).catch((error) => {
    if (!(error instanceof CannotRun)) throw error;
    say(
      "The present database does not tell which accounts were deleted, so that those which the backup has will be back. " +
        "Where their ids are elsewhere, restore with --erased=FILE (docs/deploy.md)",
    );
    return [];
  });
  if (saved.length > 0) {
    say(
      `${erasedPath} names ${saved.length} deleted accounts. If this is cut off, restore again with --erased=${erasedPath}`,
    );
  }
  await compose.run(["stop", "postgres", "redis", "elasticsearch"]);
  await unpack(compose, path, UNPACK);
  await compose.run(["rm", "--force", "--stop", "elasticsearch", "redis"]);
  await compose.removeVolume("elasticsearch");
  await putBackErasedAccounts(compose, [...given, ...saved]);
}

/** Hands the file to a shell beside the database's volume. */
async function unpack(
  compose: Pick<Compose, "run">,
  path: string,
  script: string,
): Promise<void> {
  const file = await Deno.open(path).catch((error) => {
    throw new CannotRun(`${path} cannot be read: ${error.message}`);
  });
  const command = ["run", "--rm", "--no-deps", "-T", "--entrypoint", "sh", "postgres", "-c"];
  await compose.run([...command, script], { input: file.readable });
}
