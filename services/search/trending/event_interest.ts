import type { Clock } from "@evently/shared/clock";
import { FreshCache } from "@evently/shared/cache";
import type { BookingActivity } from "../peers/booking_activity.ts";
import type { EventViews } from "./event_views.ts";
import type { Views } from "./views.ts";

/** What people want of late, by what they book and look at. */
export interface EventInterest {
  /** Counts views of events. */
  viewed(views: Views): Promise<void>;
  /** The score of each event of interest, the highest first: its bookings, and a fraction for each view. */
  scores(): Promise<ReadonlyMap<string, number>>;
}

/** So many views are worth a booking. */
const VIEWS_PER_BOOKING = 20;
const MAX_AGE_MS = 5_000;

export function createEventInterest(
  { bookings, views, clock }: { bookings: BookingActivity; views: EventViews; clock: Clock },
): EventInterest {
  const cache = new FreshCache<"recent", ReadonlyMap<string, number>>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: 1,
    clock,
    load: async () => new Map([["recent", await views.recent()]]),
  });

  return {
    viewed: (seen) => views.add(seen),
    async scores() {
      const [booked, viewed] = await Promise.all([bookings.mostBooked(), cache.get("recent")]);
      const scores = new Map(booked.map(({ event_id, bookings }) => [event_id, bookings]));
      for (const [eventId, count] of viewed ?? []) {
        scores.set(eventId, (scores.get(eventId) ?? 0) + count / VIEWS_PER_BOOKING);
      }
      return new Map([...scores].sort(([, a], [, b]) => b - a));
    },
  };
}
