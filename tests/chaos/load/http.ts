import { bearer } from "@evently/shared/testing";
import type { paths } from "@evently/shared/client/gateway";
import createClient, { type Client } from "openapi-fetch";
import type { Findings } from "../findings.ts";

/** The response to a {@link Call}. */
export interface Answer {
  status: number;
  // deno-lint-ignore no-explicit-any -- callers read fields of several operations
  body: any;
}

/** A request by path. */
export interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  token?: string;
  body?: unknown;
}

/** Time limit of every request; the platform's own timeouts are shorter, even during an outage. */
export const REQUEST_LIMIT_MS = 25_000;
/** Internals that no error response may reveal: statements, stacks, drivers, addresses. */
const INTERNALS =
  /\b(?:select|insert into|update \w+ set|postgres|ioredis|econn|errno|sqlstate)\b|\bat \S+\.ts:|127\.0\.0\.1|file:\/\//i;
const MAX_SHOWN_CHARS = 300;

/** Result of a call of the typed client. */
interface Outcome<Data, Failure> {
  data?: Data;
  error?: Failure;
  response: Response;
}

/** Response of an operation: `data` on success, `error` on failure. */
export interface Reply<Data, Failure> {
  status: number;
  data: Data | undefined;
  error: Failure | undefined;
}

/** HTTP client of the platform that checks each response. */
export class HttpClient {
  readonly #origin: string;
  readonly #findings: Findings;
  readonly #api: Client<paths>;
  /** Number of requests by outcome: a status, `no answer`, or `hung up`. */
  readonly outcomes = new Map<string, number>();
  longestMs = 0;

  constructor(origin: string, findings: Findings) {
    this.#origin = origin;
    this.#findings = findings;
    this.#api = createClient<paths>({
      baseUrl: origin,
      fetch: (request) => this.#fetch(request),
    });
  }

  /** Calls an operation. Returns `undefined` if no response arrived, so its outcome is unknown. */
  async ask<Data, Failure>(
    call: (api: Client<paths>, init: { signal: AbortSignal }) => Promise<Outcome<Data, Failure>>,
    { hangUpAfterMs }: { hangUpAfterMs?: number | undefined } = {},
  ): Promise<Reply<Data, Failure> | undefined> {
    const beganMs = performance.now();
    try {
      const signal = AbortSignal.timeout(hangUpAfterMs ?? REQUEST_LIMIT_MS);
      const { data, error, response } = await call(this.#api, { signal });
      return { status: response.status, data, error };
    } catch (error) {
      if (hangUpAfterMs !== undefined) this.#count("hung up");
      else {
        this.#count("no answer");
        if (isTimeout(error)) {
          this.#findings.add("a request hung", `no answer within ${REQUEST_LIMIT_MS} ms: ${call}`);
        }
      }
      return undefined;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - beganMs);
    }
  }

  /** Sends a request by path. Returns `undefined` if no response arrived. */
  async send({ method, path, token, body }: Call): Promise<Answer | undefined> {
    const reply = await this.ask(async (_api, { signal }) => {
      const response = await this.#fetch(
        new Request(this.#origin + path, {
          method,
          headers: {
            ...(token ? bearer(token) : {}),
            ...(body === undefined ? {} : { "Content-Type": "application/json" }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal,
        }),
      );
      return { data: parse(await response.text()), response };
    });
    return reply && { status: reply.status, body: reply.data };
  }

  async #fetch(request: Request): Promise<Response> {
    const response = await fetch(request);
    const text = await response.text();
    this.#count(String(response.status));
    this.#checkFailure(request, response, text);
    const { status, headers } = response;
    return new Response(text === "" ? null : text, { status, headers });
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** Checks that a failure is a 4xx or 503, that a 503 has Retry-After, and that no internals leak. */
  #checkFailure({ method, url }: Request, response: Response, text: string): void {
    const { status } = response;
    if (status < 400) return;
    const shown = `${method} ${url.slice(this.#origin.length)}: ${status} ${
      text.slice(0, MAX_SHOWN_CHARS)
    }`;
    if (INTERNALS.test(text)) this.#findings.add("a response reveals internals", shown);
    if (status >= 500 && status !== 503) this.#findings.add("a server error other than 503", shown);
    if (status === 503 && !response.headers.has("Retry-After")) {
      this.#findings.add("a 503 without Retry-After", shown);
    }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
