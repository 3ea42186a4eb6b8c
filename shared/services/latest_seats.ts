import type { SeatsSeen } from "./seat_news.ts";

/** What was last heard of the seats of each event; of so many events, those first that were heard of last. */
export class LatestSeats<Seats extends SeatsSeen = SeatsSeen> {
  readonly #maxEvents: number;
  readonly #events = new Map<string, Seats>();

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  /** Notes the seats, unless something newer is known of them. */
  hear(eventId: string, seats: Seats): void {
    const known = this.#events.get(eventId);
    if (known && known.seq >= seats.seq) return;
    this.#events.delete(eventId);
    this.#events.set(eventId, seats);
    if (this.#events.size <= this.#maxEvents) return;
    const [oldest] = this.#events.keys();
    this.#events.delete(oldest!);
  }

  /** The seats as they were after `seq`, if that was heard of. */
  newerThan(eventId: string, seq: number): Seats | undefined {
    const known = this.#events.get(eventId);
    return known && known.seq > seq ? known : undefined;
  }
}
