import { fileURLToPath } from "node:url";

const CHECKOUT = new URL("../../../", import.meta.url);
const WATCHED = ["services/", "shared/", "migrations/"].map((path) =>
  fileURLToPath(new URL(path, CHECKOUT))
);
const SOURCE = /^(?!.*\/(?:dist|node_modules)\/).*(?<!_test)\.(?:tsx?|sql|json|css|html)$/;

/** Editors write a file in several steps; what follows within this time belongs to the same change. */
const QUIET_MS = 150;

/**
 * Waits for a change of the sources, and until it has settled.
 *
 * @returns the first path that changed, from the checkout; `undefined` when `ended` came first
 */
export async function nextChange(ended: AbortSignal): Promise<string | undefined> {
  if (ended.aborted) return undefined;
  using watcher = Deno.watchFs(WATCHED);
  const close = () => watcher.close();
  ended.addEventListener("abort", close, { once: true });
  try {
    for await (const { kind, paths } of watcher) {
      const path = kind === "access" ? undefined : paths.find((path) => SOURCE.test(path));
      if (path === undefined) continue;
      await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
      return path.slice(fileURLToPath(CHECKOUT).length);
    }
  } finally {
    ended.removeEventListener("abort", close);
  }
}
