import type { Clock } from "@evently/shared/clock";
import type { SeatsSeen } from "@evently/shared/services";

/**
 * How long a refusal is remembered, from when its hold was sent. Seats that another process frees are on sale here
 * after that and one more hold: within 250 ms.
 */
const MEMORY_MS = 200;
/** The most events, and the most types of an event. */
const MAX_EVENTS = 10_000;

interface Seen {
  available: number;
  seq: number;
  refusedUntilMs: number;
  /** Of the last operation after which more may be left of a ticket type. */
  freedSeq: number;
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
  /** Ticket types other than the default one, by event. */
  readonly #types = new Map<string, Map<string, Seen>>();

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

  /** Notes a refusal of a ticket type, sent at `askedAt`: `available` of it were left. */
  rememberType(
    { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string },
    { available, seq, askedAt, startsAt }: {
      available: number;
      seq: number;
      askedAt: Date;
      startsAt: Date;
    },
  ): void {
    if (this.#seenOf(eventId).freedSeq > seq) return;
    const types = getOrMake(this.#types, eventId, () => new Map<string, Seen>());
    const seen = getOrMake(types, ticketTypeId, newSeen);
    seen.available = available;
    seen.refusedUntilMs = Math.max(seen.refusedUntilMs, askedAt.getTime() + MEMORY_MS);
    seen.startsAtMs = startsAt.getTime();
  }

  /** Ends the refusals of an event, or of a ticket type of it: a hold was answered otherwise. */
  forget(
    { eventId, ticketTypeId }: { eventId: string; ticketTypeId?: string | undefined },
  ): void {
    const seen = ticketTypeId === undefined
      ? this.#events.get(eventId)
      : this.#types.get(eventId)?.get(ticketTypeId);
    if (seen) seen.refusedUntilMs = 0;
  }

  /** Notes the free seats after an operation, unless a newer one is known. */
  seatsAre(eventId: string, { availableSeats: available, seq, isSale = false }: SeatsSeen): void {
    // An unknown event, or one without any seat operation.
    if (seq === 0) return;
    const seen = this.#seenOf(eventId);
    if (seq > seen.seq) Object.assign(seen, { available, seq });
    // The numbers are the house's: how many are left of a type now, they do not tell.
    if (isSale) return;
    seen.freedSeq = Math.max(seen.freedSeq, seq);
    this.#types.delete(eventId);
  }

  /** Whether this many seats were refused a moment ago and have not become free since. */
  refuses(eventId: string, quantity: number): boolean {
    return this.#refuses(this.#events.get(eventId), quantity);
  }

  /** As {@link refuses}, for so many of a ticket type other than the default one. */
  refusesType(eventId: string, ticketTypeId: string, quantity: number): boolean {
    return this.#refuses(this.#types.get(eventId)?.get(ticketTypeId), quantity);
  }

  #refuses(seen: Seen | undefined, quantity: number): boolean {
    if (!seen || quantity <= seen.available) return false;
    const nowMs = this.#clock.now().getTime();
    if (nowMs >= seen.startsAtMs) return false;
    if (seen.refusedUntilMs > nowMs) return true;
    // This request asks, and the others are refused meanwhile; after an old refusal all ask.
    if (seen.refusedUntilMs + MEMORY_MS > nowMs) seen.refusedUntilMs = nowMs + MEMORY_MS;
    return false;
  }

  #seenOf(eventId: string): Seen {
    return getOrMake(this.#events, eventId, newSeen);
  }
}

function newSeen(): Seen {
  return { available: 0, seq: -1, refusedUntilMs: 0, freedSeq: -1, startsAtMs: Infinity };
}

/** The value of a key; a new one takes the place of the oldest if there are too many. */
function getOrMake<Value>(values: Map<string, Value>, key: string, make: () => Value): Value {
  const known = values.get(key);
  if (known) return known;
  if (values.size >= MAX_EVENTS) {
    for (const oldest of values.keys()) {
      values.delete(oldest);
      break;
    }
  }
  const made = make();
  values.set(key, made);
  return made;
}
