import { CannotRun } from "@evently/shared/output";
import type { Compose } from "./compose.ts";
import { runIntoFile } from "./run_into_file.ts";

/**
 * Copies the database server into a file while it sells.
 *
 * The copy is of the whole server, as a sale is spread over three databases and only the server's log has them at one
 * moment. `restoreBackup()` reads it.
 *
 * @param path of the new file
 * @returns its size in bytes
 * @throws {CannotRun} the file exists, or PostgreSQL does not run
 */
export async function backUp(compose: Pick<Compose, "run">, path: string): Promise<number> {
  if (await Deno.stat(path).then(() => true, () => false)) {
    throw new CannotRun(`${path} exists already`);
  }
  // It has password hashes and names.
  await runIntoFile(compose, path, [
    "exec",
    "-T",
    "postgres",
    "pg_basebackup",
    "--host=127.0.0.1",
    "--username=evently",
    "--pgdata=-",
    "--format=tar",
    "--wal-method=fetch",
    "--checkpoint=fast",
    "--gzip",
  ]);
  return (await Deno.stat(path)).size;
}
