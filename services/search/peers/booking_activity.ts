import { FreshCache } from "@evently/shared/cache";
import type { paths } from "@evently/shared/client/booking";
import type { Clock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { Logger } from "@evently/shared/log";
import { type ServiceBinding, serviceClient, unwrap } from "@evently/shared/services";
import { within } from "@evently/shared/within";

/** Number of recent bookings of an event. */
export interface EventActivity {
  eventId: string;
  bookings: number;
}

/** The booking service's report of the most booked events. */
export interface BookingActivity {
  /** Most booked first; empty while the booking service does not answer. */
  mostBooked(): Promise<readonly EventActivity[]>;
}

/** Maximum of the booking service's report. More than are shown, as some of them may have ended. */
const MAX_EVENTS = 100;
const MAX_AGE_MS = 30_000;
/** Timeout of the report; trending events can be computed without it. */
const TIMEOUT_MS = 1_000;

/** Creates a client of the report, which is requested at most once per {@link MAX_AGE_MS}. */
export function createBookingActivity(
  binding: ServiceBinding,
  { internalKey, clock, log }: { internalKey: string; clock: Clock; log: Logger },
): BookingActivity {
  const client = serviceClient<paths>(binding, { internalKey });

  async function request(): Promise<EventActivity[]> {
    const { events } = await unwrap(
      client.GET("/internal/bookings/activity", { params: { query: { limit: MAX_EVENTS } } }),
    );
    return events.map(({ event_id: eventId, bookings }) => ({ eventId, bookings }));
  }

  const cache = new FreshCache<"all", EventActivity[]>({
    maxAgeMs: MAX_AGE_MS,
    maxEntries: 1,
    clock,
    async load() {
      // A failure is cached as well, so that a service that is down is not asked by every request.
      const events = await within(TIMEOUT_MS, request(), tooLate).catch((error) => {
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
