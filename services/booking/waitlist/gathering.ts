import type { WaitlistEntry } from "./entry.ts";

/** Seats are gathered for this part of the time to the start, within the two bounds. */
export const GATHER_PART = 1 / 8;
export const MIN_GATHER_MS = 10 * 60_000;
export const MAX_GATHER_MS = 12 * 3_600_000;

/**
 * How long seats that are too few for an entry are kept back for it, if that begins at `at`. For as long it stands back
 * when it lets a last offer go.
 */
export function gatherMsOf(startsAt: Date, at: Date): number {
  const part = Math.floor((startsAt.getTime() - at.getTime()) * GATHER_PART);
  return Math.min(MAX_GATHER_MS, Math.max(MIN_GATHER_MS, part));
}

/** Until when seats are kept back for an entry; `undefined` if none are. */
export function gatheredUntil(
  { gatheringSince }: Pick<WaitlistEntry, "gatheringSince">,
  startsAt: Date,
): Date | undefined {
  if (!gatheringSince) return undefined;
  return new Date(gatheringSince.getTime() + gatherMsOf(startsAt, gatheringSince));
}

/** Whether no seats are kept back for an entry, as it let a last offer go. */
export function isStandingBack(
  { standsBackUntil }: Pick<WaitlistEntry, "standsBackUntil">,
  now: Date,
): boolean {
  return standsBackUntil !== undefined && standsBackUntil > now;
}
