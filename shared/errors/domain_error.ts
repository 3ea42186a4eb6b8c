import { type ErrorCode, ERRORS } from "./catalogue.ts";

/** One broken rule of an input: where (`quantity`, `items.0.id`) and what. */
export interface ErrorDetail {
  path: string;
  message: string;
}

/** What a {@link DomainError} carries besides its code and text. */
export interface DomainErrorOptions {
  cause?: unknown;
  /** Seconds after which a retry makes sense; becomes `Retry-After`. */
  retryAfterS?: number;
  /** The parts of the input that broke rules. */
  details?: readonly ErrorDetail[];
  /** Further fields of the answer, named as on the wire. */
  fields?: Readonly<Record<string, unknown>>;
  /** Replaces the catalogue's text, where another service has worded the error already. */
  text?: string;
}

type Text<Code extends ErrorCode> = (typeof ERRORS)[Code]["text"];

/** What follows the code: the argument of the catalogue's text, if it takes one, and options. */
export type ErrorArguments<Code extends ErrorCode> = Text<Code> extends
  (...parameters: infer Parameters) => string ? [...Parameters, options?: DomainErrorOptions]
  : [options?: DomainErrorOptions];

/**
 * Thrown by a verb when a rule of the domain refuses the request. Knows no HTTP: code and text come from the
 * catalogue, and an unknown code does not compile.
 *
 * @example throw new DomainError("BOOKING_NOT_FOUND");
 * @example throw new DomainError("TOO_MANY_TICKETS", { limit: 10, ofEvent: true });
 */
export class DomainError<Code extends ErrorCode = ErrorCode> extends Error {
  override readonly name: string = "DomainError";
  readonly code: Code;
  readonly retryAfterS: number | undefined;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly fields: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, ...args: ErrorArguments<Code>) {
    const { text } = ERRORS[code];
    const takesArgument = typeof text === "function";
    const options = (args[takesArgument ? 1 : 0] ?? {}) as DomainErrorOptions;
    const message = options.text ??
      (takesArgument ? (text as (argument: unknown) => string)(args[0]) : text);
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterS = options.retryAfterS;
    this.details = options.details;
    this.fields = options.fields;
  }
}

/** The error of a part of the input that breaks a rule; `message` names both. */
export function invalidInput(path: string, message: string): DomainError<"VALIDATION_FAILED"> {
  return new DomainError("VALIDATION_FAILED", message, { details: [{ path, message }] });
}

/** Whether an error is a {@link DomainError} with this code. */
export function hasCode<Code extends ErrorCode>(
  error: unknown,
  code: Code,
): error is DomainError<Code> {
  return error instanceof DomainError && error.code === code;
}

/** Something that this operation needs does not answer; the same request may succeed later. */
export class Unavailable extends DomainError<"UNAVAILABLE"> {
  override readonly name = "Unavailable";

  constructor(message: string, options: DomainErrorOptions = {}) {
    super("UNAVAILABLE", message, { retryAfterS: 1, ...options });
  }
}
