import type { Clock } from "@evently/shared/clock";

/** How long a refusal is remembered: seats that come back are on sale again after this at the latest. */
const MEMORY_MS = 250;
const MAX_EVENTS = 10_000;

/**
 * Remembers for a moment that an event had too few seats, so that a stampede on a sold-out event is turned
 * away without a question to the seat inventory.
 */
export class SoldOutMemory {
  readonly #clock: Clock;
  readonly #refusals = new Map<string, { available: number; until_ms: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that no more than `available` seats were free. */
  remember(eventId: string, available: number): void {
    if (this.#refusals.size >= MAX_EVENTS) this.#refusals.clear();
    this.#refusals.set(eventId, { available, until_ms: this.#clock.now().getTime() + MEMORY_MS });
  }

  /** Whether so many seats were refused a moment ago. */
  refuses(eventId: string, quantity: number): boolean {
    const refusal = this.#refusals.get(eventId);
    if (!refusal) return false;
    if (refusal.until_ms > this.#clock.now().getTime()) return quantity > refusal.available;
    this.#refusals.delete(eventId);
    return false;
  }
}
