import { z } from "@hono/zod-openapi";
import { internalKeyHeaders } from "@evently/shared/auth";
import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { Logger } from "@evently/shared/log";
import { BINDING_ORIGIN, type ServiceBinding, unwrap } from "@evently/shared/services";
import { within } from "@evently/shared/within";

/** How much an event has been booked lately. */
export interface EventActivity {
  event_id: string;
  bookings: number;
}

/** Which events are booked most. */
export interface BookingActivity {
  /** The most booked first; empty while the booking service does not answer. */
  mostBooked(): Promise<readonly EventActivity[]>;
}

/** More than are ever shown, as some of them may have ended, and the most that the booking service tells. */
const MAX_EVENTS = 100;
const MAX_AGE_MS = 30_000;
/** Trending events can do without the booking service, so they wait for it only briefly. */
const TIMEOUT_MS = 1_000;

const ActivityAnswer = z.object({
  events: z.array(z.object({ event_id: z.string(), bookings: z.number() })).max(MAX_EVENTS),
});

/** The activity that the booking service reports, asked for at most once in half a minute. */
export function bookingActivityOver(
  binding: ServiceBinding,
  { internalKey, clock, log }: { internalKey: string; clock: Clock; log: Logger },
): BookingActivity {
  async function ask(): Promise<EventActivity[]> {
    const url = `${BINDING_ORIGIN}/internal/bookings/activity?limit=${MAX_EVENTS}`;
    const request = new Request(url, { headers: internalKeyHeaders(internalKey) });
    return ActivityAnswer.parse(await unwrap(binding.fetch(request))).events;
  }

  const cache = new FreshCache<"all", EventActivity[]>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: 1,
    clock,
    async load() {
      // A failure is remembered as well, so that a service that is down is not asked by every request.
      const events = await within(TIMEOUT_MS, ask(), tooLate).catch((error) => {
        log.warn("booking activity is unknown", { error });
        return [];
      });
      return new Map([["all", events]]);
    },
  });
  return { mostBooked: async () => await cache.get("all") ?? [] };
}

function tooLate(): never {
  throw new Unavailable(`The booking service took more than ${TIMEOUT_MS} ms`);
}
