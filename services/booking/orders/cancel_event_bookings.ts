import type { Clock } from "@evently/shared/clock";
import { closeLine } from "../waitlist/close_ended.ts";
import type { WaitlistStore } from "../waitlist/store.ts";
import type { Bookings } from "./bookings.ts";

/** Bookings per statement, and statements per call; the event service calls until none remain. */
const MAX_BATCH = 500;
const MAX_BATCHES = 10;

export interface CancelEventDeps {
  bookings: Pick<Bookings, "cancelForEvent">;
  waitlist: Pick<WaitlistStore, "close">;
  clock: Clock;
  nudge: { outbox(): void };
}

/** Cancels the bookings of a cancelled event with full refunds, and ends its waitlist: its worker closes the rest. */
export async function cancelEventBookings(
  { bookings, waitlist, clock, nudge }: CancelEventDeps,
  { eventId }: { eventId: string },
): Promise<{ cancelled: number; remaining: number }> {
  await closeLine({ waitlist, clock }, { eventId });
  let total = 0;
  for (let batch = 1;; batch++) {
    const { cancelled, remaining } = await bookings.cancelForEvent({
      eventId,
      now: clock.now(),
      limit: MAX_BATCH,
    });
    total += cancelled;
    if (cancelled > 0) nudge.outbox();
    if (remaining === 0 || cancelled === 0 || batch === MAX_BATCHES) {
      return { cancelled: total, remaining };
    }
  }
}
