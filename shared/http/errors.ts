import type { Context, ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { DomainError, type ErrorCode, type ErrorDetail, ERRORS } from "../errors/mod.ts";
import type { Logger } from "../log.ts";
import { REFUSALS } from "../metrics/mod.ts";
import { isTemporary, isUnstorableText } from "../postgres/mod.ts";
import { RateLimited, setRateLimitHeaders } from "./rate_limit.ts";
import { causeText, FailureLog } from "./failure_log.ts";
import { routeOf } from "./route_of.ts";
import type { AppEnv } from "./types.ts";

/** What every error looks like to a client. */
export interface ErrorBody {
  error: string;
  code: ErrorCode;
  request_id: string;
  details?: readonly ErrorDetail[];
}

/** Answers with the platform's error envelope. */
export function respondError(
  c: Context<AppEnv>,
  { code, message, details, fields, status = ERRORS[code].status }: {
    code: ErrorCode;
    message: string;
    details?: readonly ErrorDetail[] | undefined;
    fields?: Readonly<Record<string, unknown>> | undefined;
    status?: ContentfulStatusCode;
  },
): Response {
  c.get("logFields").code = code;
  REFUSALS.add(1, { code });
  const body: ErrorBody = {
    error: message,
    code,
    request_id: c.get("requestId"),
    ...(details ? { details } : {}),
    ...fields,
  };
  return c.json(body, status);
}

const RETRY_AFTER_STORE_FAILURE_S = 1;

/** Turns whatever was thrown into the envelope; what is not known is opaque outside and whole in the log. */
export function errorHandler({ log }: { log: Logger }): ErrorHandler<AppEnv> {
  const failures = new FailureLog(log);
  return function onError(error, c) {
    if (error instanceof DomainError) {
      if (error.retryAfterS !== undefined) c.header("Retry-After", String(error.retryAfterS));
      if (error instanceof RateLimited) setRateLimitHeaders(c, error.decision);
      if (error.cause !== undefined) c.get("logFields").cause = causeText(error.cause);
      return respondError(c, error);
    }
    if (error instanceof HTTPException) return respondHttpException(c, error);
    if (isUnstorableText(error)) {
      return respondError(c, {
        code: "VALIDATION_FAILED",
        message: "Text must not contain NUL characters",
      });
    }
    if (isTemporary(error)) {
      // In the request's own entry, without a stack: in an outage every request comes by here.
      c.get("logFields").cause = causeText(error);
      c.header("Retry-After", String(RETRY_AFTER_STORE_FAILURE_S));
      return respondError(c, { code: "UNAVAILABLE", message: "Service temporarily unavailable" });
    }
    c.get("logFields").cause = causeText(error);
    failures.tell(error, { request_id: c.get("requestId"), route: routeOf(c) });
    return respondError(c, { code: "INTERNAL", message: "Internal server error" });
  };
}

function respondHttpException(c: Context<AppEnv>, { status, message }: HTTPException): Response {
  if (status === 400) {
    return respondError(c, { code: "INVALID_JSON", message: "Invalid JSON in request body" });
  }
  if (status === 415) {
    const message = "Invalid JSON: the Content-Type must be application/json";
    return respondError(c, { code: "INVALID_JSON", message });
  }
  return respondError(c, { code: "INTERNAL", message, status });
}

/**
 * 404 for an unknown path; 405 with `Allow` for a known one with another method. `OPTIONS` asks what there is, of
 * a path or of the server (`*`).
 */
export function notFoundHandler(
  router: { methodsAt(path: string): string[] },
): NotFoundHandler<AppEnv> {
  return function onNotFound(c) {
    const isQuestion = c.req.method === "OPTIONS";
    if (isQuestion && c.req.path === "/*") return c.body(null, 204);
    const methods = router.methodsAt(c.req.path);
    if (methods.length === 0) {
      return respondError(c, { code: "NOT_FOUND", message: "Route not found" });
    }
    c.header("Allow", methods.join(", "));
    if (isQuestion) return c.body(null, 204);
    return respondError(c, {
      code: "METHOD_NOT_ALLOWED",
      message: `Method ${c.req.method} is not allowed here: allowed are ${methods.join(", ")}`,
    });
  };
}
