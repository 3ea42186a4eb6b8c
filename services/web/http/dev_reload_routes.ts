import { newId } from "@evently/shared/ids";
import { createRoutes } from "@evently/shared/http";
import { fileURLToPath } from "node:url";

const MANIFEST = fileURLToPath(new URL("../dist/manifest.json", import.meta.url));
/** How soon a browser asks again. */
const RETRY_MS = 500;

/** Reloads the page when the version is not the first one that it has seen. */
const SCRIPT = `
let first;
new EventSource("/dev/reload").addEventListener("version", ({ data }) => {
  first ??= data;
  if (data !== first) location.reload();
});
`;

/**
 * `/dev/reload.js` and `/dev/reload`: pages under `deno task dev` reload themselves when they were built anew or the
 * server was started anew. Each stream ends after one event, as one that stays open would hold up the server's end.
 */
export function devReloadRoutes() {
  const routes = createRoutes();
  const server = newId();
  routes.get("/dev/reload.js", (c) => {
    c.header("Content-Type", "text/javascript; charset=utf-8");
    return c.body(SCRIPT);
  });
  routes.get("/dev/reload", async (c) => {
    c.header("Content-Type", "text/event-stream");
    c.header("Cache-Control", "no-store");
    const info = await Deno.stat(MANIFEST).catch(() => undefined);
    const version = `${server} ${info?.mtime?.getTime() ?? "none"}`;
    return c.body(`retry: ${RETRY_MS}\nevent: version\ndata: ${version}\n\n`);
  });
  return routes;
}
