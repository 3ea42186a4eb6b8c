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
 * What everybody may see of events, never older than a second, and never a stampede of questions to the
 * database. What this process itself does to an event is seen here at once.
 */
export class PublicEvents {
  readonly #clock: Clock;
  readonly #events: FreshCache<string, SeenEvent>;
  /** The seats as this process's last operations left them: newer than what is cached, or of no use. */
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
        return new Map(events.map((event) => [event.event_id, { ...event, asOf }]));
      },
    });
  }

  /** The event, whatever its status; `undefined` where there is none. */
  async find(eventId: string): Promise<SeenEvent | undefined> {
    const event = await this.#events.get(eventId);
    const seats = event && this.#seats.newerThan(eventId, event.seat_seq);
    if (!seats) return event;
    const { availableSeats: available_seats, asOf } = seats;
    const status = event.status === "published" || event.status === "sold_out"
      ? available_seats === 0 ? "sold_out" : "published"
      : event.status;
    return { ...event, available_seats, status, asOf };
  }

  /** Notes what an operation on the event's seats left of them. */
  seatsAre(eventId: string, { availableSeats: available_seats, seq }: SeatsSeen): void {
    this.#seats.hear(eventId, { availableSeats: available_seats, seq, asOf: this.#clock.now() });
  }

  /** The event was changed. */
  forget(eventId: string): void {
    this.#events.forget(eventId);
  }

  /** Something was changed that many events show. */
  forgetAll(): void {
    this.#events.clear();
  }
}
