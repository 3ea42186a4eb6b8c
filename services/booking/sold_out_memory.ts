import type { Clock } from "@evently/shared/clock";

/** How long a refusal is remembered: seats that come back are on sale again after this at the latest. */
const MEMORY_MS = 250;
const MAX_EVENTS = 10_000;

interface Refusal {
  available: number;
  until_ms: number;
}

/**
 * Remembers for a moment that an event had too few seats, so that a stampede on a sold-out event is turned
 * away without a question to the inventory. When the moment is over a single request asks it, while the others
 * are still turned away.
 */
export class SoldOutMemory {
  readonly #clock: Clock;
  readonly #refusals = new Map<string, Refusal>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that no more than `available` seats were free. */
  remember(eventId: string, available: number): void {
    if (this.#refusals.size >= MAX_EVENTS) this.#refusals.clear();
    const until_ms = this.#clock.now().getTime() + MEMORY_MS;
    this.#refusals.set(eventId, { available, until_ms });
  }

  /** Seats were granted, so what was remembered is over. */
  forget(eventId: string): void {
    this.#refusals.delete(eventId);
  }

  /** Whether so many seats were refused a moment ago. */
  refuses(eventId: string, quantity: number): boolean {
    const refusal = this.#refusals.get(eventId);
    if (!refusal || quantity <= refusal.available) return false;
    const now_ms = this.#clock.now().getTime();
    if (refusal.until_ms > now_ms) return true;
    refusal.until_ms = now_ms + MEMORY_MS;
    return false;
  }
}
