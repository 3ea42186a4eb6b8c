import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import type { BookingActivity } from "../peers/booking_activity.ts";
import type { EventViews, ViewCount } from "./event_views.ts";

/** Recent interest in events, by bookings and views. */
export interface EventInterest {
  /** Counts views of events. */
  addViews(views: readonly ViewCount[]): Promise<void>;
  /** Returns the score of each event of interest, highest first: its bookings, plus a fraction per view. */
  scores(): Promise<ReadonlyMap<string, number>>;
}

/** Number of views that weigh as much as a booking. */
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
    addViews: (counts) => views.add(counts),
    async scores() {
      const [booked, viewed] = await Promise.all([bookings.mostBooked(), cache.get("recent")]);
      const scores = new Map(booked.map(({ eventId, bookings }) => [eventId, bookings]));
      for (const [eventId, count] of viewed ?? []) {
        scores.set(eventId, (scores.get(eventId) ?? 0) + count / VIEWS_PER_BOOKING);
      }
      return new Map([...scores].sort(([, a], [, b]) => b - a));
    },
  };
}
