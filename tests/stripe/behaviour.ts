import type { Random } from "@evently/shared/testing";

/** How the API behaves; each share is of requests, 0 to 1. */
export interface Behaviour {
  /** Longest time before a request is taken up, and again before it is answered. */
  delayMs: number;
  /** Requests that are refused before anything is done: 503, or 429. */
  down: number;
  /** Answers that are lost after the request was done: the connection breaks, or a proxy answers. */
  lostAnswers: number;
  /** Reads that answer the state before the last change. */
  older: number;
}

export const CALM: Behaviour = { delayMs: 0, down: 0, lostAnswers: 0, older: 0 };

/** How webhooks arrive; each share is of events, 0 to 1. */
export interface Delivery {
  /** Longest time until one is sent: those of a moment arrive in any order. */
  delayMs: number;
  lost: number;
  doubled: number;
}

export const PROMPT: Delivery = { delayMs: 0, lost: 0, doubled: 0 };

/** Waits for a random time up to so many milliseconds. */
export async function pauseUpTo(limitMs: number, random: Random): Promise<void> {
  if (limitMs === 0) return;
  await new Promise((resolve) => setTimeout(resolve, random.below(limitMs + 1)));
}

const PARTS = 1_000_000;

/** Whether something happens that does in this share of cases. */
export function happens(share: number, random: Random): boolean {
  return share > 0 && random.below(PARTS) < share * PARTS;
}
