import { Coalescer } from "@evently/shared/batch";
import type { Pause } from "@evently/shared/clock";
import type { EventChange } from "../search_index.ts";

/** Calls whose changes go out in one request. */
const MAX_JOINED_WRITES = 250;
/** Calls that wait for the request under way; beyond it they are refused. */
const MAX_QUEUED_WRITES = 5_000;
/** How long the next request waits for writers that were just answered together: a refresh takes much longer. */
const GATHER_MS = 3;

/** Writes that join; see {@link joinedWrites}. */
export interface JoinedWrites {
  /** @throws {Unavailable} too many wait */
  submit(changes: readonly EventChange[]): Promise<void>;
  /** Resolves once no timer is left of the writes that were answered. */
  rested(): Promise<void>;
}

/**
 * Group commit: writers behind a request share the next one, with one refresh. A writer alone waits for nobody; where
 * several are at work, the next request lets those come back that the last one answered.
 */
export function joinedWrites(
  write: (changes: readonly EventChange[]) => Promise<void>,
  { pause }: { pause: Pause },
): JoinedWrites {
  let joined = 0;
  let rest = Promise.resolve();
  const writes = new Coalescer<readonly EventChange[], void>({
    name: "write the index",
    run: async (items) => {
      joined = items.length;
      await write(items.flat());
      return items.map(() => undefined);
    },
    rest: () => rest = joined > 1 ? pause(GATHER_MS) : Promise.resolve(),
    maxBatch: MAX_JOINED_WRITES,
    maxQueue: MAX_QUEUED_WRITES,
  });
  return { submit: (changes) => writes.submit(changes), rested: () => rest };
}
