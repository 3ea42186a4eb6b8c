import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type EmbeddedPostgres, startPostgres } from "@evently/embedded/postgres";
import { VOLATILE } from "./claim_server.ts";

const DIRECTORY = fileURLToPath(new URL("../../../.evently/test/shared/", import.meta.url));
const GUARD = fileURLToPath(new URL("./guard_shared_server.ts", import.meta.url));

let claimed: Promise<string> | undefined;

/** Returns the URL of the PostgreSQL server that plain `deno test` processes of this checkout share. */
export function sharedServerUrl(): Promise<string> {
  return claimed ??= joinServer(DIRECTORY);
}

/**
 * Starts the server of a directory, or joins the processes that use it. The server stops after the last of them
 * exits or is killed.
 */
export async function joinServer(directory: string): Promise<string> {
  // Held until this process exits; blocks while a guard stops the server.
  await (await openUsersLock(directory)).lock(false);
  const server = await startShared(directory);
  if (!server.adopted) spawnGuard(directory);
  return server.url();
}

/** Opens the lock file that users of the server lock shared and its guard locks exclusively. */
export async function openUsersLock(directory: string): Promise<Deno.FsFile> {
  await Deno.mkdir(directory, { recursive: true });
  return await Deno.open(join(directory, "users.lock"), { create: true, write: true });
}

/** Starts the server or adopts the running one. */
export function startShared(directory: string): Promise<EmbeddedPostgres> {
  return startPostgres({ directory, settings: VOLATILE });
}

function spawnGuard(directory: string): void {
  new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-all", "--quiet", GUARD, directory],
    detached: true,
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn().unref();
}
