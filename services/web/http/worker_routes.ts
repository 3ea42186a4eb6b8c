import { DomainError } from "@evently/shared/errors";
import { createRoutes } from "@evently/shared/http";
import { languagePath, LANGUAGES } from "@evently/shared/languages";
import { readBuiltFile, WORKER_FILE } from "./built.ts";

/** The worker may ask us, and nobody else. */
const POLICY = "default-src 'none'; connect-src 'self'";

/** `/tickets/worker.js`, in each language: the service worker of its ticket pages. From this path it can serve no other page. */
export function workerRoutes() {
  const routes = createRoutes();
  const paths = LANGUAGES.map((language) => `${languagePath(language)}/tickets/worker.js`);
  routes.on("GET", paths, async (c) => {
    const file = await readBuiltFile(WORKER_FILE, []);
    if (!file) throw new DomainError("NOT_FOUND");
    c.header("Content-Type", "text/javascript; charset=utf-8");
    c.header("Cache-Control", "no-cache");
    c.header("Content-Security-Policy", POLICY);
    return c.body(file.bytes);
  });
  return routes;
}
