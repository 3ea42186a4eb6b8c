import type { EventInternalApi, EventSummary } from "@evently/event";
import { internalKeyHeaders } from "@evently/shared/auth";
import { Coalescer } from "@evently/shared/batch";
import { FreshCache } from "@evently/shared/cache";
import type { Clock } from "@evently/shared/clock";
import {
  BINDING_ORIGIN,
  bindingFetch,
  LatestSeats,
  type SeatNews,
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
  /** The inventory's number at that moment. */
  seat_seq: number;
  max_tickets_per_booking: number;
  base_price: number;
  currency: string;
}

/**
 * What the booking service knows of events; never older than a second, unless it says otherwise, nor than what this
 * process did to their seats.
 */
export interface EventDirectory {
  /** An event that is published, sold out or not; `undefined` for any other. Whether it has begun, the caller's clock tells. */
  bookable(eventId: string): Promise<BookableEvent | undefined>;
  /** What bookings show of their events, whatever has become of these; unknown ids are left out. */
  summaries(eventIds: readonly string[]): Promise<Map<string, EventSummary>>;
  /** An event as it is now, for what moves money. */
  current(eventId: string): Promise<EventSummary | undefined>;
}

const MAX_AGE_MS = 1_000;
const MAX_ENTRIES = 10_000;
/** The most events of one look-up, as the event service has it. */
const MAX_LOOKUP = 100;
/** The most look-ups that wait; past it clients hear 503. */
const MAX_QUEUE = 8_192;

/** The directory behind the event service's internal routes. */
export function eventDirectoryOver(
  binding: ServiceBinding,
  { internalKey, clock, seatNews }: {
    internalKey: string;
    clock: Clock;
    seatNews: Pick<SeatNews, "listen">;
  },
): EventDirectory {
  const client = hc<EventInternalApi>(BINDING_ORIGIN, {
    fetch: bindingFetch(binding),
    headers: internalKeyHeaders(internalKey),
  }).internal.events;
  const limits = { maxAgeMs: MAX_AGE_MS, maxEntries: MAX_ENTRIES, clock };

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
  const heard = new LatestSeats(MAX_ENTRIES);
  seatNews.listen((eventId, seats) => heard.hear(eventId, seats));

  async function lookUp(eventIds: string[]): Promise<Map<string, EventSummary>> {
    const { events } = await unwrap(client.lookup.$post({ json: { event_ids: eventIds } }));
    return new Map(events.map((event) => [event.event_id, event]));
  }

  const summaries = new FreshCache<string, EventSummary>({ ...limits, load: lookUp });
  const current = new Coalescer<string, EventSummary | undefined>({
    maxBatch: MAX_LOOKUP,
    maxQueue: MAX_QUEUE,
    run: async (eventIds) => {
      const found = await lookUp([...new Set(eventIds)]);
      return eventIds.map((eventId) => found.get(eventId));
    },
  });

  return {
    async bookable(eventId) {
      const event = await bookables.get(eventId);
      const seats = event && heard.newerThan(eventId, event.seat_seq);
      return seats ? { ...event, available_seats: seats.available_seats } : event;
    },
    async summaries(eventIds) {
      const found = new Map<string, EventSummary>();
      for (const [eventId, summary] of await summaries.getMany(eventIds)) {
        if (summary) found.set(eventId, summary);
      }
      return found;
    },
    current: (eventId) => current.submit(eventId),
  };
}
