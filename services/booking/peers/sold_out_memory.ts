import type { Clock } from "@evently/shared/clock";
import type { SeatsSeen } from "@evently/shared/services";

/**
 * How long a refusal is remembered, from when its hold was sent. Seats that another process frees are on sale here
 * after that and one more hold: within 250 ms.
 */
const MEMORY_MS = 200;
const MAX_EVENTS = 10_000;

interface Seen {
  available: number;
  seq: number;
  refusedUntilMs: number;
  /** When the event begins; from then on it is not on sale, and this memory gives no answer. */
  startsAtMs: number;
}

/**
 * Remembers for a moment that an event had too few seats, so that a stampede on a sold-out event is refused without
 * asking the inventory. After the moment one request asks, while the others are still refused. Seat operations of
 * this process are noted at once.
 */
export class SoldOutMemory {
  readonly #clock: Clock;
  readonly #events = new Map<string, Seen>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes a refusal sent at `askedAt`: `available` seats were free at `seq`. */
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

  /** Notes the free seats after an operation, unless a newer one is known. */
  seatsAre(eventId: string, { availableSeats: available, seq }: SeatsSeen): void {
    // An unknown event, or one without any seat operation.
    if (seq === 0) return;
    const seen = this.#seenOf(eventId);
    if (seq > seen.seq) Object.assign(seen, { available, seq });
  }

  /** Whether this many seats were refused a moment ago and have not become free since. */
  refuses(eventId: string, quantity: number): boolean {
    const seen = this.#events.get(eventId);
    if (!seen || quantity <= seen.available) return false;
    const nowMs = this.#clock.now().getTime();
    if (nowMs >= seen.startsAtMs) return false;
    if (seen.refusedUntilMs > nowMs) return true;
    // This request asks, and the others are refused meanwhile; after an old refusal all ask.
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
