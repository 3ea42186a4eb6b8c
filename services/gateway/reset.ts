/** `deno task reset`: removes what `deno task dev` keeps on this machine; the databases of servers stay. */
import { join } from "node:path";
import { removePostgres } from "@evently/embedded/postgres";
import { lockDevData } from "./dev/lock.ts";
import { say } from "./dev/say.ts";
import { DEV_DIRECTORY } from "./dev/stores.ts";

async function reset(): Promise<number> {
  using lock = await lockDevData();
  if (!lock) {
    say("Cannot reset as `deno task dev` is running: end it first.");
    return 1;
  }
  await removePostgres(join(DEV_DIRECTORY, "postgres"));
  say("Removed the embedded databases; `deno task dev` makes them anew.");
  return 0;
}

if (import.meta.main) Deno.exit(await reset());
