import type { Clock } from "@evently/shared/clock";
import type { SeatsSeen } from "@evently/shared/services";

/**
 * How long a refusal is remembered, from when it was asked for. Seats that another process gives back are on sale here
 * after that and one more question: within 250 ms.
 */
const MEMORY_MS = 200;
const MAX_EVENTS = 10_000;

interface Seen {
  available: number;
  seq: number;
  refusedUntilMs: number;
  /** When the event begins: from then on it is not on sale, so nothing remembered of its seats is an answer. */
  startsAtMs: number;
}

/**
 * Remembers for a moment that an event had too few seats, so that a stampede on a sold-out event is turned
 * away without a question to the inventory. When the moment is over a single request asks it, while the others
 * are still turned away. What this process does to the seats is heard of at once.
 */
export class SoldOutMemory {
  readonly #clock: Clock;
  readonly #events = new Map<string, Seen>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a refusal: no more than `available` seats were free at `seq`, after `askedAt`, of an event that begins at `startsAt`. */
  remember(
    eventId: string,
    { available, seq, askedAt, startsAt }: {
      available: number;
      seq: number;
      askedAt: Date;
      startsAt: Date;
    },
  ): void {
    const seen = this.#seenOf(eventId);
    if (seq >= seen.seq) Object.assign(seen, { available, seq });
    seen.refusedUntilMs = Math.max(seen.refusedUntilMs, askedAt.getTime() + MEMORY_MS);
    seen.startsAtMs = startsAt.getTime();
  }

  /** Notes what an operation left of the seats, unless something newer is known. */
  seatsAre(eventId: string, { availableSeats: available, seq }: SeatsSeen): void {
    // Of an unknown event, or of one without any operation on its seats.
    if (seq === 0) return;
    const seen = this.#seenOf(eventId);
    if (seq > seen.seq) Object.assign(seen, { available, seq });
  }

  /** Whether so many seats were refused a moment ago, and have not been heard to be free since. */
  refuses(eventId: string, quantity: number): boolean {
    const seen = this.#events.get(eventId);
    if (!seen || quantity <= seen.available) return false;
    const nowMs = this.#clock.now().getTime();
    if (nowMs >= seen.startsAtMs) return false;
    if (seen.refusedUntilMs > nowMs) return true;
    // The one that asks, while others still come; of a refusal long ago nobody is turned away.
    if (seen.refusedUntilMs + MEMORY_MS > nowMs) seen.refusedUntilMs = nowMs + MEMORY_MS;
    return false;
  }

  #seenOf(eventId: string): Seen {
    const known = this.#events.get(eventId);
    if (known) return known;
    if (this.#events.size >= MAX_EVENTS) {
      for (const oldest of this.#events.keys()) {
        this.#events.delete(oldest);
        break;
      }
    }
    const seen = { available: 0, seq: -1, refusedUntilMs: 0, startsAtMs: Infinity };
    this.#events.set(eventId, seen);
    return seen;
  }
}
