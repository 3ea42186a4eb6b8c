import type { Result, Router } from "hono/router";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { SmartRouter } from "hono/router/smart-router";
import { TrieRouter } from "hono/router/trie-router";

/** The most paths remembered; past it all are forgotten, so that a crowd of unknown ones costs no memory. */
const MAX_PATHS = 1_000;

/**
 * The framework's own router, which looks a path without parameters up once: our routes are too many-shaped
 * for its quick kind, and its thorough kind walks a tree of all routes for each request.
 */
export class RememberingRouter<T> implements Router<T> {
  readonly name = "RememberingRouter";
  readonly #router = new SmartRouter<T>({ routers: [new RegExpRouter(), new TrieRouter()] });
  readonly #known = new Map<string, Result<T>>();

  add(method: string, path: string, handler: T): void {
    this.#router.add(method, path, handler);
  }

  match(method: string, path: string): Result<T> {
    const request = `${method} ${path}`;
    const known = this.#known.get(request);
    if (known) return known;
    const found = this.#router.match(method, path);
    if (hasNoParameters(found)) {
      if (this.#known.size >= MAX_PATHS) this.#known.clear();
      this.#known.set(request, found);
    }
    return found;
  }
}

function hasNoParameters<T>([handlers]: Result<T>): boolean {
  return handlers.every(([, params]) => Object.keys(params).length === 0);
}
