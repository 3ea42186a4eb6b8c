/**
 * What a verb throws when a rule of the domain says no. It knows no HTTP: `code` is looked up in the
 * catalogue of `shared/http/error_catalogue.ts`, `message` is the text that the client reads.
 */
export class DomainError<Code extends string = string> extends Error {
  override readonly name: string = "DomainError";
  readonly code: Code;
  /** Seconds after which it is worth trying again; becomes `Retry-After`. */
  readonly retryAfterS: number | undefined;
  /** Which part of the input broke which rule. */
  readonly details: readonly ErrorDetail[] | undefined;
  /** Further fields of the answer, named as on the wire. */
  readonly fields: Readonly<Record<string, unknown>> | undefined;

  constructor(code: Code, message: string, options: DomainErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryAfterS = options.retryAfterS;
    this.details = options.details;
    this.fields = options.fields;
  }
}

/** One broken rule of an input: where (`quantity`, `items.0.id`) and what. */
export interface ErrorDetail {
  path: string;
  message: string;
}

/** What a {@link DomainError} may carry beside its code and text. */
export interface DomainErrorOptions {
  cause?: unknown;
  retryAfterS?: number;
  details?: readonly ErrorDetail[];
  fields?: Readonly<Record<string, unknown>>;
}

/** Something that this operation needs does not answer; the same request may succeed later. */
export class Unavailable extends DomainError<"UNAVAILABLE"> {
  override readonly name = "Unavailable";

  constructor(message: string, options: DomainErrorOptions = {}) {
    super("UNAVAILABLE", message, { retryAfterS: 1, ...options });
  }
}
