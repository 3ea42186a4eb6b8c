import assert from "node:assert/strict";
import { startTestPlatform } from "../journeys/platform.ts";
import { CLIENT_FOLDER, clientSources } from "./client_sources.ts";

Deno.test("shared/client is what `deno task client` writes", async () => {
  await using platform = await startTestPlatform();
  for (const [file, source] of await clientSources(platform.bindings)) {
    const committed = await Deno.readTextFile(new URL(file, CLIENT_FOLDER));
    assert.ok(committed === source, `shared/client/${file} is stale: run deno task client`);
  }
});
