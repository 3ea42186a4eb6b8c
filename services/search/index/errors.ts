import { Unavailable } from "@evently/shared/errors";

/**
 * Why an index was not to be had:
 * - `missing`: it is not there;
 * - `moving`: another one was taking its place just then;
 * - `sealed`: another one is about to, and no writes are taken until it has;
 * - `unfit`: it has another mapping than this program's.
 */
export type IndexState = "missing" | "moving" | "sealed" | "unfit";

/** The search engine does not answer, or must not be used. */
export class SearchUnavailable extends Unavailable {
  /** What is wrong, for whoever runs it; clients do not hear it. */
  readonly reason: string;
  /** What has become of its index, where that is why. */
  readonly index: IndexState | undefined;

  constructor(reason: string, { cause, index }: { cause?: unknown; index?: IndexState } = {}) {
    super("Search is temporarily unavailable", { cause: new Error(reason, { cause }) });
    this.reason = reason;
    this.index = index;
  }
}
