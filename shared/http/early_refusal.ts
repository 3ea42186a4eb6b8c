import { type ErrorCode, ERRORS } from "../errors/mod.ts";
import type { Logger } from "../log.ts";
import { REFUSALS } from "../metrics/mod.ts";
import type { ErrorBody } from "./errors.ts";
import { requestIdOf } from "./request_context.ts";
import { setResponseHeaders } from "./response_headers.ts";
import type { Hop } from "./types.ts";

/** Why a request is refused before any app sees it. */
export interface Refusal {
  code: ErrorCode;
  message: string;
  retryAfterS: number;
}

/** How often the log tells of refusals: a flood would write thousands of entries a second. */
const LOG_INTERVAL_MS = 1_000;

/**
 * Refuses requests before any app sees them, with the envelope and headers of all other answers. That takes about half
 * of what an app's refusal takes, which is as much as a cached read. One log entry a second tells how many there were.
 */
export class EarlyRefusals {
  readonly #log: Logger;
  readonly #origins: readonly string[] | "any";
  readonly #nowMs: () => number;
  #toldMs = -Infinity;
  #untold = 0;

  constructor({ log, corsOrigins, nowMs = () => performance.now() }: {
    log: Logger;
    corsOrigins: readonly string[] | "any";
    /** A monotonic clock; replaced in tests. */
    nowMs?: () => number;
  }) {
    this.#log = log;
    this.#origins = corsOrigins;
    this.#nowMs = nowMs;
  }

  /** The answer to a request, whose body nobody reads. */
  refuse(request: Request, hop: Hop, { code, message, retryAfterS }: Refusal): Response {
    this.#count(code);
    // Otherwise the server closes the connection where the body has not come yet.
    void request.body?.cancel();
    const requestId = requestIdOf(hop.requestId ?? request.headers.get("X-Request-ID"));
    const body: ErrorBody = { error: message, code, request_id: requestId };
    const headers = new Headers({
      "Content-Type": "application/json",
      "Retry-After": String(retryAfterS),
      "X-Request-ID": requestId,
    });
    setResponseHeaders(headers, { request, hop, origins: this.#origins });
    return new Response(JSON.stringify(body), { status: ERRORS[code].status, headers });
  }

  #count(code: ErrorCode): void {
    this.#untold++;
    REFUSALS.add(1, { code });
    const nowMs = this.#nowMs();
    if (nowMs - this.#toldMs < LOG_INTERVAL_MS) return;
    this.#log.warn("requests were refused early", { count: this.#untold, code });
    this.#toldMs = nowMs;
    this.#untold = 0;
  }
}
