import type { Logger } from "../log.ts";
import type { TrustedProxies } from "./trusted_proxies.ts";

/** How a request came: set by the server, or by the gateway when it calls a service in its own process. */
export interface Hop {
  /** The path to route by, where it is not the one of the URL. */
  path?: string;
  /** The id that the request has already been given. */
  requestId?: string;
  /** The socket's address, given by `Deno.serve`. */
  remoteAddr?: Deno.Addr;
  /** Proxies whose `X-Forwarded-*` headers are trusted, given by the server; none if absent. */
  trustedProxies?: TrustedProxies;
}

/** What every handler finds in its context. */
export interface BaseVariables {
  requestId: string;
  /** The request had a body that is not empty; set once it was read. */
  hasBody?: boolean;
  /** Added to the request's one log entry. */
  logFields: Record<string, unknown>;
}

/** The Hono environment of every app of the platform. */
// deno-lint-ignore ban-types -- a service may add nothing
export interface AppEnv<Variables extends object = {}> {
  Bindings: Hop;
  Variables: BaseVariables & Variables;
}

/** What every app needs. */
export interface AppDeps {
  log: Logger;
  corsOrigins: readonly string[] | "any";
  /** How long a request's body may take to come. */
  bodyTimeoutMs?: number;
}
