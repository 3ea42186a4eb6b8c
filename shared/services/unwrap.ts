import {
  DomainError,
  type ErrorArguments,
  type ErrorCode,
  type ErrorDetail,
  ERRORS,
  isErrorCode,
  Unavailable,
} from "../errors/mod.ts";

/** Another service refused the request; `code` and text are its own. */
export class ServiceRefusal extends DomainError {
  override readonly name = "ServiceRefusal";

  constructor(
    code: ErrorCode,
    message: string,
    readonly status: number,
    details?: readonly ErrorDetail[],
  ) {
    const options = { text: message, ...(details ? { details } : {}) };
    const takesArgument = typeof ERRORS[code].text === "function";
    super(code, ...(takesArgument ? [undefined, options] : [options]) as ErrorArguments<ErrorCode>);
  }
}

const FIRST_SERVER_ERROR = 500;

/** A call of a generated client, as far as {@link unwrap} reads its outcome. */
interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/**
 * Returns the body of a service's answer.
 *
 * @throws {ServiceRefusal} the service refused the request
 * @throws {Unavailable} the service failed or its answer broke off
 */
export async function unwrap<Data>(call: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await call.catch((cause) => {
    throw cause instanceof DomainError ? cause : unavailable(cause);
  });
  if (response.ok) return data as Data;
  const { code, error: text, details } = (error ?? {}) as Partial<
    { error: string; code: string; details: ErrorDetail[] }
  >;
  const message = text ?? `status ${response.status}`;
  if (response.status >= FIRST_SERVER_ERROR || !isErrorCode(code)) {
    throw unavailable(new Error(message));
  }
  throw new ServiceRefusal(code, message, response.status, details);
}

function unavailable(cause: unknown): Unavailable {
  return new Unavailable("Service temporarily unavailable", { cause });
}
