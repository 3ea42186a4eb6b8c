/** `deno task reset`: removes what `deno task dev` keeps on this machine; the databases of servers stay. */
import { join } from "node:path";
import { removePostgres } from "@evently/embedded/postgres";
import { runCommand, say } from "@evently/shared/output";
import { lockDevData } from "./dev/lock.ts";
import { devDirectory } from "./dev/stores.ts";

async function reset(): Promise<number> {
  const directory = devDirectory(Deno.env.toObject());
  using lock = await lockDevData(directory);
  if (!lock) {
    say("Cannot reset as `deno task dev` is running: end it first.");
    return 1;
  }
  await removePostgres(join(directory, "postgres"));
  say("Removed the embedded databases; `deno task dev` makes them anew.");
  return 0;
}

if (import.meta.main) await runCommand(reset);
