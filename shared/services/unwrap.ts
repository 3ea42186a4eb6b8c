import { DomainError, type ErrorDetail, Unavailable } from "../errors.ts";

/** The part of a response that {@link unwrap} reads. */
interface Answer<T> {
  readonly ok: boolean;
  readonly status: number;
  json(): Promise<T>;
}

/** Another service said no; `code` and text are its own. */
export class ServiceRefusal extends DomainError {
  override readonly name = "ServiceRefusal";

  constructor(
    code: string,
    message: string,
    readonly status: number,
    details?: readonly ErrorDetail[],
  ) {
    super(code, message, details ? { details } : {});
  }
}

const FIRST_SERVER_ERROR = 500;

/**
 * The body of a service's answer.
 *
 * @throws {ServiceRefusal} it answered an error of the caller's making
 * @throws {Unavailable} it failed
 */
export async function unwrap<T>(
  answering: Promise<Answer<T>>,
): Promise<Exclude<T, { error: string }>> {
  const answer = await answering;
  if (answer.ok) return await answer.json() as Exclude<T, { error: string }>;
  const body = await answer.json().catch(() => ({})) as Partial<
    { error: string; code: string; details: ErrorDetail[] }
  >;
  const message = body.error ?? `status ${answer.status}`;
  if (answer.status >= FIRST_SERVER_ERROR) {
    throw new Unavailable("Service temporarily unavailable", { cause: new Error(message) });
  }
  throw new ServiceRefusal(body.code ?? "INTERNAL", message, answer.status, body.details);
}
