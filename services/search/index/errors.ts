import { Unavailable } from "@evently/shared/errors";

/**
 * Why an index could not be used:
 * - `missing`: it does not exist;
 * - `moving`: another index was replacing it at that moment;
 * - `sealed`: a rebuild is about to replace it, and writes are blocked until then;
 * - `unfit`: its mapping is not this program's;
 * - `full`: it may hold no more events.
 */
export type IndexState = "missing" | "moving" | "sealed" | "unfit" | "full";

/** The search engine does not answer, or must not be used. */
export class SearchUnavailable extends Unavailable {
  /** The cause, for operators; clients never see it. */
  readonly reason: string;
  /** State of the index, where that is the cause. */
  readonly index: IndexState | undefined;

  constructor(reason: string, { cause, index }: { cause?: unknown; index?: IndexState } = {}) {
    super("Search is temporarily unavailable", { cause: new Error(reason, { cause }) });
    this.reason = reason;
    this.index = index;
  }
}
