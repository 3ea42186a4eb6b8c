import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import { LatestSeats, type SeatsSeen } from "@evently/shared/services";
import { type EventRecord, findEvent } from "../events/events_sql.ts";

const MAX_AGE_MS = 1_000;
const MAX_EVENTS = 10_000;

/** An event as it was at `asOf`. */
export interface SeenEvent extends EventRecord {
  asOf: Date;
}

/**
 * Cache of the events that the public sees, at most a second old. Concurrent requests for an event share one query.
 * Changes made by this process are seen at once.
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
        const found = await Promise.all(eventIds.map((eventId) => findEvent(sql, eventId)));
        const events = found.filter((event) => event !== undefined);
        return new Map(events.map((event) => [event.eventId, { ...event, asOf }]));
      },
    });
  }

  /** The event, whatever its status; `undefined` if there is none. */
  async find(eventId: string): Promise<SeenEvent | undefined> {
    const event = await this.#events.get(eventId);
    const seats = event && this.#seats.newerThan(eventId, event.seatSeq);
    if (!seats) return event;
    const { availableSeats, asOf } = seats;
    const status = event.status === "published" || event.status === "sold_out"
      ? availableSeats === 0 ? "sold_out" : "published"
      : event.status;
    return { ...event, availableSeats, status, asOf };
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
