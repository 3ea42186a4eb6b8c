import type { EventInternalApi, EventSummary } from "@evently/event";
import { internalKeyHeaders } from "@evently/shared/auth";
import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import {
  BINDING_ORIGIN,
  bindingFetch,
  type ServiceBinding,
  ServiceRefusal,
  unwrap,
} from "@evently/shared/services";
import { hc } from "hono/client";

/** What a buyer must know before booking. */
export interface BookableEvent {
  status: string;
  start_datetime: string;
  available_seats: number;
  max_tickets_per_booking: number;
  base_price: number;
  currency: string;
}

/** What the booking service knows of events; never older than a second. */
export interface EventDirectory {
  /** An event that is published, sold out or not; `undefined` for any other. Whether it has begun, the caller's clock tells. */
  bookable(eventId: string): Promise<BookableEvent | undefined>;
  /** What bookings show of their events, whatever has become of these; unknown ids are left out. */
  summaries(eventIds: readonly string[]): Promise<Map<string, EventSummary>>;
}

const MAX_AGE_MS = 1_000;
const MAX_ENTRIES = 10_000;

/** The directory behind the event service's internal routes. */
export function eventDirectoryOver(
  binding: ServiceBinding,
  { internalKey, clock }: { internalKey: string; clock: Clock },
): EventDirectory {
  const client = hc<EventInternalApi>(BINDING_ORIGIN, {
    fetch: bindingFetch(binding),
    headers: internalKeyHeaders(internalKey),
  }).internal.events;
  const limits = { max_age_ms: MAX_AGE_MS, max_entries: MAX_ENTRIES, clock };

  async function loadBookable(id: string): Promise<BookableEvent | undefined> {
    try {
      return await unwrap(client[":id"].$get({ param: { id } }));
    } catch (error) {
      if (error instanceof ServiceRefusal && error.status === 404) return undefined;
      throw error;
    }
  }

  const bookables = new FreshCache<string, BookableEvent | undefined>({
    ...limits,
    load: async (ids) =>
      new Map(await Promise.all(ids.map(async (id) => [id, await loadBookable(id)] as const))),
  });
  const summaries = new FreshCache<string, EventSummary>({
    ...limits,
    load: async (event_ids) => {
      const { events } = await unwrap(client.lookup.$post({ json: { event_ids } }));
      return new Map(events.map((event) => [event.event_id, event]));
    },
  });

  return {
    bookable: (eventId) => bookables.get(eventId),
    async summaries(eventIds) {
      const found = new Map<string, EventSummary>();
      for (const [eventId, summary] of await summaries.getMany(eventIds)) {
        if (summary) found.set(eventId, summary);
      }
      return found;
    },
  };
}
