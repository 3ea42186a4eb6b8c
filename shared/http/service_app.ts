import { OpenAPIHono } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { getPath } from "hono/utils/url";
import { assumeJson } from "./assume_json.ts";
import { errorHandler, notFoundHandler } from "./errors.ts";
import { requestContext } from "./request_context.ts";
import type { AppDeps, AppEnv, Hop } from "./types.ts";
import { respondInvalid } from "./validation.ts";

/** The largest request body. */
export const MAX_BODY_BYTES = 1024 * 1024;

/** An app as all services have it: errors, validation, request ids, log, limits and headers in one way. */
// deno-lint-ignore ban-types -- what a service adds may be nothing
export function createServiceApp<Variables extends object = {}>(
  { log, cors_origins }: AppDeps,
): OpenAPIHono<AppEnv<Variables>> {
  const app = new OpenAPIHono<AppEnv>({
    defaultHook: respondInvalid,
    getPath: (request, options) => (options?.env as Hop | undefined)?.path ?? getPath(request),
  });
  app.use(requestContext({ log }));
  app.use(secureHeaders({ crossOriginResourcePolicy: "cross-origin" }));
  app.use(corsFor(cors_origins));
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES }));
  app.use(assumeJson());
  app.onError(errorHandler({ log }));
  app.notFound(notFoundHandler(app));
  return app as unknown as OpenAPIHono<AppEnv<Variables>>;
}

/** A group of routes, mounted with `.route()`; it shares the validation of the whole app. */
// deno-lint-ignore ban-types -- what a service adds may be nothing
export function createRoutes<Variables extends object = {}>(): OpenAPIHono<AppEnv<Variables>> {
  return new OpenAPIHono<AppEnv<Variables>>({ defaultHook: respondInvalid });
}

function corsFor(origins: readonly string[] | "any") {
  return cors({
    origin: origins === "any" ? "*" : [...origins],
    credentials: origins !== "any",
    allowHeaders: ["Authorization", "Content-Type", "Idempotency-Key", "X-Request-ID"],
    allowMethods: ["GET", "HEAD", "POST", "PUT", "DELETE"],
    exposeHeaders: [
      "X-Request-ID",
      "Retry-After",
      "RateLimit-Limit",
      "RateLimit-Remaining",
      "RateLimit-Reset",
    ],
    maxAge: 600,
  });
}
