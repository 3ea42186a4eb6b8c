import { OpenAPIHono } from "@hono/zod-openapi";
import type { MiddlewareHandler } from "hono";
import { cors } from "hono/cors";
import { getPath } from "hono/utils/url";
import { acceptRequest } from "./accept_request.ts";
import { errorHandler, notFoundHandler } from "./errors.ts";
import { RememberingRouter } from "./remembering_router.ts";
import { requestContext } from "./request_context.ts";
import type { AppDeps, AppEnv, Hop } from "./types.ts";
import { respondInvalid } from "./validation.ts";

/** What an app is called in metrics and traces that has no name. */
const UNNAMED = "unnamed";
/** The largest request body. */
export const MAX_BODY_BYTES = 1024 * 1024;
/** How long a request's body may take to arrive: at 1 MiB, 0.1 MB a second. */
const BODY_TIMEOUT_MS = 10_000;

/**
 * Creates the app of a service with the common errors, validation, request ids, log, metrics, limits and headers.
 *
 * @param service its name in metrics and traces
 */
// deno-lint-ignore ban-types -- a service may add nothing
export function createServiceApp<Variables extends object = {}>(
  { log, corsOrigins, bodyTimeoutMs = BODY_TIMEOUT_MS }: AppDeps,
  service = UNNAMED,
): OpenAPIHono<AppEnv<Variables>> {
  const router = new RememberingRouter<never>();
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: respondInvalid,
    router,
    getPath: (request, options) => (options?.env as Hop | undefined)?.path ?? getPath(request),
  });
  app.use(requestContext({ log, origins: corsOrigins, service }));
  app.options("*", preflight(corsOrigins));
  app.use(acceptRequest({ maxBytes: MAX_BODY_BYTES, timeoutMs: bodyTimeoutMs }));
  app.onError(errorHandler({ log }));
  app.notFound(notFoundHandler(router));
  return app as unknown as OpenAPIHono<AppEnv<Variables>>;
}

/** A group of routes, mounted with `.route()`; it shares the validation of the whole app. */
// deno-lint-ignore ban-types -- a service may add nothing
export function createRoutes<Variables extends object = {}>(): OpenAPIHono<AppEnv<Variables>> {
  return new OpenAPIHono<AppEnv<Variables>>({ defaultHook: respondInvalid });
}

/** Answers the preflight requests of browsers; other `OPTIONS` requests continue. */
function preflight(origins: readonly string[] | "any"): MiddlewareHandler<AppEnv> {
  const answer = cors({
    origin: origins === "any" ? "*" : [...origins],
    credentials: origins !== "any",
    allowHeaders: [
      "Authorization",
      "Content-Type",
      "Idempotency-Key",
      "Last-Event-ID",
      "Organisation-Id",
      "X-Request-ID",
    ],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"],
    maxAge: 600,
  });
  return async function preflight(c, next) {
    if (c.req.header("Access-Control-Request-Method") === undefined) return await next();
    return await answer(c, next);
  };
}
