import { Unavailable } from "@evently/shared/errors";

/** The search engine does not answer, or must not be used. */
export class SearchUnavailable extends Unavailable {
  /** What is wrong, for whoever runs it; clients do not hear it. */
  readonly reason: string;
  /** Its index is not there. */
  readonly missing: boolean;
  /** Its index was not to be had just then, as where another one was taking its place. */
  readonly moving: boolean;

  constructor(
    reason: string,
    { cause, missing = false, moving = false }: {
      cause?: unknown;
      missing?: boolean;
      moving?: boolean;
    } = {},
  ) {
    super("Search is temporarily unavailable", { cause: new Error(reason, { cause }) });
    this.reason = reason;
    this.missing = missing;
    this.moving = moving;
  }
}
