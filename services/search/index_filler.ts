import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import type { EventSource } from "./event_source.ts";
import type { SearchIndex } from "./index/search_index.ts";
import { fillIndex } from "./verbs/fill_index.ts";

/** Keeps the index whole. */
export interface IndexFiller {
  /** Whether the index has been filled since the start. */
  readonly filled: boolean;
  /** Fills the index; who comes while that is under way waits for the same filling. Answers how many events it read. */
  fill(): Promise<number>;
  /** Fills when it is time: until the first success, then as often as missed calls shall heal. */
  runIfDue(): Promise<void>;
}

/** Changes come by calls; a call that was missed is made good within this. */
const REFILL_INTERVAL_MS = 5 * 60_000;

export function createIndexFiller(
  deps: { index: SearchIndex; source: EventSource; clock: Clock; log: Logger },
): IndexFiller {
  let filledAt: Date | undefined;
  let filling: Promise<number> | undefined;

  async function fillOnce(): Promise<number> {
    const events = await fillIndex(deps);
    filledAt = deps.clock.now();
    deps.log.info("search index filled", { events });
    return events;
  }

  function fill(): Promise<number> {
    filling ??= fillOnce().finally(() => filling = undefined);
    return filling;
  }

  return {
    get filled() {
      return filledAt !== undefined;
    },
    fill,
    async runIfDue() {
      const age_ms = deps.clock.now().getTime() - (filledAt?.getTime() ?? -Infinity);
      if (age_ms >= REFILL_INTERVAL_MS) await fill();
    },
  };
}
