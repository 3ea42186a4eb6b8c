import type { WaitlistEntry } from "../waitlist/entry.ts";

/** The part of an entry that tells what was offered and what went past it, before any of it. */
export const UNSERVED = {
  passed: 0,
  gatheringSince: undefined,
  standsBackUntil: undefined,
  round: 0,
  offer: undefined,
  closedReason: undefined,
} as const satisfies Partial<WaitlistEntry>;
