import type { Clock } from "@evently/shared/clock";
import type { GrantedAllocations } from "./granted_allocations.ts";

/** How long a refusal is remembered: seats that come back are on sale again after this at the latest. */
const MEMORY_MS = 250;
const MAX_EVENTS = 10_000;

interface Refusal {
  available: number;
  /** The inventory's number at that moment. */
  seq: number;
  until_ms: number;
}

/**
 * Remembers for a moment that an event had too few seats, so that a stampede on a sold-out event is turned
 * away without a question to PostgreSQL. When the moment is over a single request asks the inventory, while
 * the others are still turned away.
 */
export class SoldOutMemory {
  readonly #clock: Clock;
  readonly #granted: GrantedAllocations;
  readonly #refusals = new Map<string, Refusal>();

  constructor(clock: Clock, granted: GrantedAllocations) {
    this.#clock = clock;
    this.#granted = granted;
  }

  /** Notes that no more than `available` seats were free at the inventory's `seq`. */
  remember(eventId: string, { available, seq }: { available: number; seq: number }): void {
    if (this.#refusals.size >= MAX_EVENTS) this.#refusals.clear();
    const until_ms = this.#clock.now().getTime() + MEMORY_MS;
    this.#refusals.set(eventId, { available, seq, until_ms });
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

  /**
   * Whether a request that is refused may have been granted its seats before, so that its booking must be
   * looked for. Certain up to the last refusal; what another process granted since has its hold document.
   */
  async mayBeReplay(eventId: string, allocationId: string): Promise<boolean> {
    const refusal = this.#refusals.get(eventId);
    if (!refusal) return true;
    return await this.#granted.mayHave(eventId, { allocationId, seq: refusal.seq });
  }
}
