import type { components } from "@evently/shared/client/gateway";

type ErrorBody = components["schemas"]["Error"];

/** A refusal of the API, told apart by its code and never by its English text. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** Further fields of the body, such as `reason` and `details`. */
  readonly body: Readonly<Record<string, unknown>>;
  /** Seconds until the same request may be sent again, where the API says so. */
  readonly retryAfterS: number | undefined;

  constructor(
    body: Partial<ErrorBody>,
    { status, retryAfterS }: { status: number; retryAfterS?: number | undefined },
  ) {
    super(body.error ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? "UNKNOWN";
    this.requestId = body.request_id;
    this.body = { ...body };
    this.retryAfterS = retryAfterS;
  }

  /** @throws {Unreachable} the body is none of the API's, as a proxy's page of an error is not */
  static from(body: unknown, response: Response): ApiError {
    if (typeof body !== "object" || body === null || !("code" in body)) {
      throw new Unreachable({ cause: `status ${response.status} without a body of the API` });
    }
    const seconds = Number(response.headers.get("Retry-After") ?? NaN);
    return new ApiError(body as Partial<ErrorBody>, {
      status: response.status,
      retryAfterS: Number.isFinite(seconds) ? seconds : undefined,
    });
  }

  /** Whether an id in the address is none that exists anywhere. */
  get isMalformedId(): boolean {
    return this.status === 400 && /^Invalid .*\bID\b/i.test(this.message);
  }
}

/** No answer: offline, cut off, too slow, or something between us that is not the API. */
export class Unreachable extends Error {
  override name = "Unreachable";

  constructor(options?: ErrorOptions) {
    super("no answer", options);
  }
}
