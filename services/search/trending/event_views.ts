import type { Clock } from "@evently/shared/clock";
import { type GuardedRedis, scoredOf } from "@evently/shared/redis";

/** Views of an event since they were last counted. */
export interface ViewCount {
  eventId: string;
  views: number;
}

/** Counts views of events in a window of {@link WINDOW_HOURS}, which moves by the hour. */
export interface EventViews {
  /** Counts views. They are lost while Redis is down, which affects only trending events. */
  add(views: readonly ViewCount[]): Promise<void>;
  /** Returns the views of the most viewed events. */
  recent(): Promise<ReadonlyMap<string, number>>;
}

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 24;
const TTL_S = (WINDOW_HOURS + 1) * 3_600;
/** Events that are read of each hour, most viewed first. */
const MAX_EVENTS_PER_HOUR = 200;

/** Creates a counter in Redis, which keeps a sorted set per hour. */
export function createEventViews(
  { redis, clock }: { redis: GuardedRedis; clock: Clock },
): EventViews {
  const hourNow = () => Math.floor(clock.now().getTime() / HOUR_MS);
  const keyOf = (hour: number) => `search:views:${hour}`;

  return {
    async add(views) {
      const key = keyOf(hourNow());
      await redis.attempt("count views", (client) =>
        Promise.all([
          ...views.map(({ eventId, views }) => client.zincrby(key, views, eventId)),
          client.expire(key, TTL_S),
        ]));
    },

    async recent() {
      const hours = Array.from({ length: WINDOW_HOURS }, (_, i) => hourNow() - i);
      const range = [0, MAX_EVENTS_PER_HOUR - 1] as const;
      const replies = await redis.attempt("read views", (client) =>
        Promise.all(
          hours.map((hour) =>
            client.zrange(keyOf(hour), ...range, { rev: true, withScores: true })
          ),
        ));
      const totals = new Map<string, number>();
      for (const { member, score } of (replies ?? []).flatMap(scoredOf)) {
        totals.set(member, (totals.get(member) ?? 0) + score);
      }
      return totals;
    },
  };
}
