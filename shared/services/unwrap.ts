import {
  DomainError,
  type ErrorArguments,
  type ErrorCode,
  type ErrorDetail,
  ERRORS,
  isErrorCode,
  Unavailable,
} from "../errors/mod.ts";
/** The part of a response that {@link unwrap} reads. */
interface Answer {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<unknown>;
}

/** The bodies of all answers that a route is typed to give, but those of its errors. */
type SuccessBody<A extends Answer> = Exclude<Awaited<ReturnType<A["json"]>>, { error: string }>;

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

/**
 * The body of a service's answer.
 *
 * @throws {ServiceRefusal} it answered an error of the caller's making
 * @throws {Unavailable} it failed
 */
export async function unwrap<A extends Answer>(answering: Promise<A>): Promise<SuccessBody<A>> {
  const answer = await answering;
  if (answer.ok) {
    return await answer.json().catch((cause) => {
      throw new Unavailable("Service temporarily unavailable", { cause });
    }) as SuccessBody<A>;
  }
  const body = await answer.json().catch(() => ({})) as Partial<
    { error: string; code: string; details: ErrorDetail[] }
  >;
  const message = body.error ?? `status ${answer.status}`;
  if (answer.status >= FIRST_SERVER_ERROR) {
    throw new Unavailable("Service temporarily unavailable", { cause: new Error(message) });
  }
  if (!isErrorCode(body.code)) {
    throw new Unavailable("Service temporarily unavailable", { cause: new Error(message) });
  }
  throw new ServiceRefusal(body.code, message, answer.status, body.details);
}
