import { METHOD_NAME_ALL, type Result, type Router } from "hono/router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";
import { type Route, RouteTable } from "./route_table.ts";

/** The most paths in memory; above it all are dropped, so that unknown paths cost no memory. */
const MAX_PATHS = 1_000;

/** Paths of middleware for every request. */
const EVERYWHERE = new Set(["*", "/*"]);

/**
 * Hono's own router, with two differences.
 *
 * A path without parameters is looked up once: our routes do not suit Hono's fast router, and the other walks a tree of
 * all routes (0.6 µs, twice a request through the gateway).
 *
 * A request with a method that its path does not offer reaches only the middleware of every request, which answers 405
 * before any token is checked.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = "RememberingRouter";
  readonly #router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] });
  readonly #known = new Map<string, Result<T>>();
  readonly #table = new RouteTable();
  readonly #routes = new Map<T, Route & { overriding?: RegExp[] }>();
  readonly #everywhere = new Set<T>();

  add(method: string, path: string, handler: T): void {
    this.#router.add(method, path, handler);
    if (EVERYWHERE.has(path)) {
      this.#everywhere.add(handler);
    } else if (method !== METHOD_NAME_ALL && !path.includes("*")) {
      this.#table.add({ method, path });
      this.#routes.set(handler, { method, path });
    }
  }

  match(method: string, path: string): Result<T> {
    const request = `${method} ${path}`;
    const known = this.#known.get(request);
    if (known) return known;
    const found = this.#router.match(method, path);
    const result = this.#isOffered(found, path) ? found : this.#onlyEverywhere(found);
    if (hasNoParameters(found)) {
      if (this.#known.size >= MAX_PATHS) this.#known.clear();
      this.#known.set(request, result);
    }
    return result;
  }

  /** Returns the methods of a path, as `Allow` lists them; empty if there is no route. */
  methodsAt(path: string): string[] {
    return this.#table.methodsAt(path);
  }

  /** Returns false if the path offers other methods but not this one. */
  #isOffered([handlers]: Result<T>, path: string): boolean {
    let isRoute = false;
    for (const [handler] of handlers) {
      const route = this.#routes.get(handler);
      if (!route) continue;
      isRoute = true;
      route.overriding ??= this.#table.overriding(route);
      if (route.overriding.some((pattern) => pattern.test(path))) return false;
    }
    return isRoute || this.#table.methodsAt(path).length === 0;
  }

  #onlyEverywhere([handlers, ...stash]: Result<T>): Result<T> {
    return [handlers.filter(([handler]) => this.#everywhere.has(handler)), ...stash] as Result<T>;
  }
}

function hasNoParameters<T>([handlers]: Result<T>): boolean {
  return handlers.every(([, params]) => Object.keys(params).length === 0);
}
