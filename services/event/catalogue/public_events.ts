import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import { LatestSeats, type SeatsSeen } from "@evently/shared/services";
import { type EventRecord, findEvent } from "../events/events_sql.ts";
import type { Offer } from "../inventory/offer.ts";

const MAX_AGE_MS = 1_000;
const MAX_EVENTS = 10_000;
/** Reads of an event whose seats change all the time, before the last one is shown. */
const MAX_READS = 3;

/** An event as it was at `asOf`. */
export interface SeenEvent extends EventRecord {
  offer: Offer;
  asOf: Date;
}

/**
 * Cache of the events that the public sees, at most a second old. Concurrent requests for an event share one query.
 * Changes made by this process are seen at once. What depends on the time is left to the reader (`atTime`).
 */
export class PublicEvents {
  readonly #clock: Clock;
  readonly #events: FreshCache<string, SeenEvent>;
  /** The seats as this process's last operations left them; used while newer than the cached event. */
  readonly #seats = new LatestSeats<SeatsSeen & { asOf: Date }>(MAX_EVENTS);

  constructor({ sql, clock }: { sql: Sql; clock: Clock }) {
    this.#clock = clock;
    this.#events = new FreshCache({
      maxAgeMs: MAX_AGE_MS,
      maxEntries: MAX_EVENTS,
      clock,
      load: async (eventIds) => {
        const asOf = clock.now();
        const found = await Promise.all(
          eventIds.map((eventId) => findEvent(sql, eventId, { withOffer: true })),
        );
        return new Map(
          found.flatMap((event) =>
            event?.offer ? [[event.eventId, { ...event, offer: event.offer, asOf }] as const] : []
          ),
        );
      },
    });
  }

  /** The event, whatever its status; `undefined` if there is none. */
  async find(eventId: string): Promise<SeenEvent | undefined> {
    let event = await this.#events.get(eventId);
    for (let reads = 1; reads < MAX_READS; reads++) {
      const seats = event && this.#seats.newerThan(eventId, event.seatSeq);
      if (!event || !seats) return event;
      if (event.isPlain) return withSeats(event, seats);
      // Operations tell of the house alone, and not of what is left of each ticket type.
      event = await this.#events.getNewer(eventId, event);
    }
    return event;
  }

  /** Notes how many seats an operation left. */
  seatsAre(eventId: string, { availableSeats, seq }: SeatsSeen): void {
    this.#seats.hear(eventId, { availableSeats, seq, asOf: this.#clock.now() });
  }

  /** Forgets an event that was changed. */
  forget(eventId: string): void {
    this.#events.forget(eventId);
  }

  /** Forgets all events, after a change that many of them show. */
  forgetAll(): void {
    this.#events.clear();
  }
}

/** A plain event with other seats: all of them are of the house. */
function withSeats(
  event: SeenEvent,
  { availableSeats, asOf }: SeatsSeen & { asOf: Date },
): SeenEvent {
  const status = event.status === "published" || event.status === "sold_out"
    ? availableSeats === 0 ? "sold_out" : "published"
    : event.status;
  const offer = { ...event.offer, free: { 0: availableSeats } };
  return { ...event, availableSeats, status, offer, asOf };
}
