import type { Clock } from "@evently/shared/clock";
import { type GuardedRedis, scoredOf } from "@evently/shared/redis";
import type { Views } from "./views.ts";

/** How often events were looked at, in a window that slides on by the hour. */
export interface EventViews {
  /** Counts views; without Redis they are lost, which only trending notices. */
  add(views: Views): Promise<void>;
  /** The views of the events that were looked at most. */
  recent(): Promise<ReadonlyMap<string, number>>;
}

const HOUR_MS = 3_600_000;
const WINDOW_HOURS = 24;
const TTL_S = (WINDOW_HOURS + 1) * 3_600;
/** Of each hour only the most viewed count. */
const MAX_EVENTS_PER_HOUR = 200;

/** Views in Redis: a sorted set an hour. */
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
          ...views.map(({ event_id, views }) => client.zincrby(key, views, event_id)),
          client.expire(key, TTL_S),
        ]));
    },

    async recent() {
      const hours = Array.from({ length: WINDOW_HOURS }, (_, i) => hourNow() - i);
      const replies = await redis.attempt(
        "read views",
        (client) =>
          Promise.all(
            hours.map((hour) =>
              client.zrange(keyOf(hour), 0, MAX_EVENTS_PER_HOUR - 1, {
                rev: true,
                withScores: true,
              })
            ),
          ),
      );
      const totals = new Map<string, number>();
      for (const { member, score } of (replies ?? []).flatMap(scoredOf)) {
        totals.set(member, (totals.get(member) ?? 0) + score);
      }
      return totals;
    },
  };
}
