import type { Clock } from "@evently/shared/clock";
import type { Pool } from "@evently/shared/postgres";
import type { SeatNews } from "@evently/shared/services";

/** What the seat engine needs; each verb picks its part. */
export interface SeatDeps {
  /** A small pool of its own, so that slow lists never delay a sale. */
  seatSql: Pool;
  clock: Clock;
  /** Updates the search documents of events that sold out or are available again. */
  search: { eventChanged(eventId: string): Promise<void> };
  /** Told of each operation on the seats of an event, after its commit. */
  seatNews: Pick<SeatNews, "tell">;
}
