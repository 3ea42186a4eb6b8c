/** Program that stops the server of a directory once no process uses it; started by `shared_server.ts`. */
import { dropLeftovers } from "./claim_server.ts";
import { openUsersLock, startShared } from "./shared_server.ts";

if (import.meta.main) {
  const [directory] = Deno.args;
  if (!directory) throw new Error("Cannot guard a server as no directory is named");
  using users = await openUsersLock(directory);
  await users.lock(true);
  const server = await startShared(directory);
  await dropLeftovers(server);
  await server.stop();
}
