import { METHOD_NAME_ALL } from "hono/router";

/** The part of a Hono app that knows its routes. */
export interface RoutingApp {
  readonly routes: readonly { method: string; path: string }[];
}

const patternsOf = new WeakMap<RoutingApp, { method: string; pattern: RegExp }[]>();

/** The methods that some route of the app answers at `path`; empty where no route is. */
export function allowedMethods(app: RoutingApp, path: string): string[] {
  let patterns = patternsOf.get(app);
  if (!patterns) {
    patterns = app.routes
      .filter(({ method }) => method !== METHOD_NAME_ALL)
      .map(({ method, path }) => ({ method, pattern: toPattern(path) }));
    patternsOf.set(app, patterns);
  }
  const methods = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
  return [...new Set(methods)].sort();
}

function toPattern(path: string): RegExp {
  const source = path
    .split("/")
    .map((part) => part.startsWith(":") ? "[^/]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
    .join("/");
  return new RegExp(`^${source}$`);
}
