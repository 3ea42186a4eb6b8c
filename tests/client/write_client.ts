/** `deno task client`: writes the types of shared/client from the documents of the running code. */
import { startTestPlatform } from "../journeys/platform.ts";
import { CLIENT_FOLDER, clientSources } from "./client_sources.ts";

await using platform = await startTestPlatform();
for (const [file, source] of await clientSources(platform.bindings)) {
  await Deno.writeTextFile(new URL(file, CLIENT_FOLDER), source);
}
