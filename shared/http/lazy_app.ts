import type { Servable } from "./serve.ts";

/**
 * An app whose routes and schemas are loaded and built by the first request to it, so that a process answers before all
 * of its services are.
 */
export function lazyApp(load: () => Promise<Servable>): Servable {
  let app: Servable | undefined;
  let loading: Promise<Servable> | undefined;

  async function firstFetch(...[request, hop]: Parameters<Servable["fetch"]>) {
    app = await (loading ??= load());
    return await app.fetch(request, hop);
  }

  return {
    fetch: (request, hop) => app ? app.fetch(request, hop) : firstFetch(request, hop),
  };
}
