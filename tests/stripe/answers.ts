/** An answer of the API, before it is sent. */
export interface ApiAnswer {
  status: number;
  body: unknown;
}

/** Thrown where the API refuses a request. */
export class ApiRefusal extends Error {
  constructor(
    readonly status: number,
    readonly error: { type: string; code?: string; message: string; [name: string]: unknown },
  ) {
    super(error.message);
  }

  get answer(): ApiAnswer {
    return { status: this.status, body: { error: this.error } };
  }
}

/** A request with wrong parameters, or for what the object's state forbids. */
export function invalidRequest(
  message: string,
  more: { code?: string; param?: string; payment_intent?: unknown } = {},
  status = 400,
): ApiRefusal {
  return new ApiRefusal(status, { type: "invalid_request_error", message, ...more });
}

/** There is no such object. */
export function missing(what: string, id: string): ApiRefusal {
  return invalidRequest(`No such ${what}: '${id}'`, { code: "resource_missing", param: "id" }, 404);
}
