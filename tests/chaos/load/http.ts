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
  /** The client hangs up after so long. */
  leaveAfterMs?: number;
}

/** No request may take longer, whatever is down: the platform's own limits end it before. */
export const PATIENCE_MS = 25_000;
/** What no answer may show: statements, stacks, drivers, addresses. */
const INTERNALS =
  /\b(?:select|insert into|update \w+ set|postgres|ioredis|econn|errno|sqlstate)\b|\bat \S+\.ts:|127\.0\.0\.1|file:\/\//i;
const MAX_SHOWN_CHARS = 300;

/** Calls the platform as a client does, and looks at each answer as a critic. */
export class HttpClient {
  readonly #origin: string;
  readonly #findings: Findings;
  /** Requests, by how they ended: a status, `no answer`, or `left`. */
  readonly outcomes = new Map<string, number>();
  longestMs = 0;

  constructor(origin: string, findings: Findings) {
    this.#origin = origin;
    this.#findings = findings;
  }

  /** Sends a call; `undefined` when no answer came: its outcome is not known. */
  async send(call: Call): Promise<Answer | undefined> {
    const { method, path, token, body, leaveAfterMs } = call;
    const beganMs = performance.now();
    try {
      const response = await fetch(this.#origin + path, {
        method,
        headers: {
          ...(token ? { Authorization: `Bearer ${token}` } : {}),
          ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(leaveAfterMs ?? PATIENCE_MS),
      });
      const text = await response.text();
      this.#count(String(response.status));
      this.#judge(call, response, text);
      return { status: response.status, body: parse(text) };
    } catch (error) {
      if (leaveAfterMs !== undefined) this.#count("left");
      else if (isTimeout(error)) {
        this.#count("no answer");
        this.#findings.add(
          "a request hung",
          `${method} ${path} had no answer in ${PATIENCE_MS} ms`,
        );
      } else this.#count("no answer");
      return undefined;
    } finally {
      this.longestMs = Math.max(this.longestMs, performance.now() - beganMs);
    }
  }

  #count(outcome: string): void {
    this.outcomes.set(outcome, (this.outcomes.get(outcome) ?? 0) + 1);
  }

  /** A failure says that it is one, when to try again, and nothing of what is behind it. */
  #judge({ method, path }: Call, response: Response, text: string): void {
    const { status } = response;
    if (status < 400) return;
    const shown = `${method} ${path}: ${status} ${text.slice(0, MAX_SHOWN_CHARS)}`;
    if (INTERNALS.test(text)) this.#findings.add("an answer tells internals", shown);
    if (status >= 500 && status !== 503) this.#findings.add("a failure that is no 503", shown);
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
