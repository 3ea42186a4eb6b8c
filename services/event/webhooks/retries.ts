const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** The pause after each failed attempt: nine attempts over 22 hours. */
const PAUSES_MS = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  1 * HOUR_MS,
  3 * HOUR_MS,
  6 * HOUR_MS,
  12 * HOUR_MS,
];

/** A pause is this much longer at most, so that what failed together does not return together. */
const MAX_JITTER = 0.2;

/** The most attempts that are made by themselves. */
export const MAX_ATTEMPTS = PAUSES_MS.length + 1;

/** An endpoint that has taken nothing for so long is paused at its next failure. */
export const FAILING_LIMIT_MS = 72 * HOUR_MS;

/**
 * When to try again; `undefined` after the last attempt.
 *
 * @param attempts made so far, at least 1
 * @param random from 0 to 1
 */
export function nextAttemptAt(
  attempts: number,
  { now, random }: { now: Date; random: number },
): Date | undefined {
  const pauseMs = PAUSES_MS[attempts - 1];
  if (pauseMs === undefined) return undefined;
  return new Date(now.getTime() + pauseMs * (1 + MAX_JITTER * random));
}
