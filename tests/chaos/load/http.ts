import type { paths } from "@evently/shared/client/gateway";
import createClient, { type Client } from "openapi-fetch";
import type { Findings } from "../findings.ts";

/** What came back of a call; `undefined` where nothing did. */
export interface Answer {
  status: number;
  // deno-lint-ignore no-explicit-any -- whatever it is, the journal compares it
  body: any;
}

/** A call of a client. */
export interface Call {
  method: "GET" | "POST" | "PUT" | "DELETE";
  path: string;
  token?: string;
  body?: unknown;
}

/** No request may take longer, whatever is down: the platform's own limits end it before. */
export const PATIENCE_MS = 25_000;
/** What no answer may show: statements, stacks, drivers, addresses. */
const INTERNALS =
  /\b(?:select|insert into|update \w+ set|postgres|ioredis|econn|errno|sqlstate)\b|\bat \S+\.ts:|127\.0\.0\.1|file:\/\//i;
const MAX_SHOWN_CHARS = 300;

/** What a call of the typed client resolves to. */
interface Outcome<Data, Failure> {
  data?: Data;
  error?: Failure;
  response: Response;
}

/** What an operation answered: `data` of a success, `error` of a failure. */
export interface Told<Data, Failure> {
  status: number;
  data: Data | undefined;
  error: Failure | undefined;
}

/** Calls the platform as a client does, and checks each answer. */
export class HttpClient {
  readonly #origin: string;
  readonly #findings: Findings;
  readonly #api: Client<paths>;
  /** Requests, by how they ended: a status, `no answer`, or `left`. */
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

  /** Calls an operation; `undefined` when no answer came: its outcome is not known. */
  async ask<Data, Failure>(
    call: (api: Client<paths>, init: { signal: AbortSignal }) => Promise<Outcome<Data, Failure>>,
    { leaveAfterMs }: { leaveAfterMs?: number | undefined } = {},
  ): Promise<Told<Data, Failure> | undefined> {
    const beganMs = performance.now();
    try {
      const signal = AbortSignal.timeout(leaveAfterMs ?? PATIENCE_MS);
      const { data, error, response } = await call(this.#api, { signal });
      return { status: response.status, data, error };
    } catch (error) {
      if (leaveAfterMs !== undefined) this.#count("left");
      else {
        this.#count("no answer");
        if (isTimeout(error)) {
          this.#findings.add("a request hung", `no answer within ${PATIENCE_MS} ms: ${call}`);
        }
      }
      return undefined;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - beganMs);
    }
  }

  /** Sends a call by its path; `undefined` when no answer came. */
  async send({ method, path, token, body }: Call): Promise<Answer | undefined> {
    const told = await this.ask(async (_api, { signal }) => {
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
    return told && { status: told.status, body: told.data };
  }

  async #fetch(request: Request): Promise<Response> {
    const response = await fetch(request);
    const text = await response.text();
    this.#count(String(response.status));
    this.#judge(request, response, text);
    const { status, headers } = response;
    return new Response(text === "" ? null : text, { status, headers });
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** A failure says that it is one, when to try again, and nothing of what is behind it. */
  #judge({ method, url }: Request, response: Response, text: string): void {
    const { status } = response;
    if (status < 400) return;
    const shown = `${method} ${url.slice(this.#origin.length)}: ${status} ${
      text.slice(0, MAX_SHOWN_CHARS)
    }`;
    if (INTERNALS.test(text)) this.#findings.add("an answer tells internals", shown);
    if (status >= 500 && status !== 503) this.#findings.add("a failure that is no 503", shown);
    if (status === 503 && !response.headers.has("Retry-After")) {
      this.#findings.add("a 503 without Retry-After", shown);
    }
  }
}

/** The header of an access token. */
export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
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
