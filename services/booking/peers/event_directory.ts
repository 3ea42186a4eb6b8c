import { Coalescer } from "@evently/shared/batch";
import { FreshCache } from "@evently/shared/cache";
import type { operations, paths } from "@evently/shared/client/event";
import type { Clock } from "@evently/shared/clock";
import {
  type AnswerOf,
  LatestSeats,
  type SeatNews,
  type ServiceBinding,
  serviceClient,
  ServiceRefusal,
  unwrap,
} from "@evently/shared/services";
import { type CurrentTerms, DEFAULT_REFUND_POLICY } from "../orders/terms.ts";

/** A published event, as a buyer sees it before booking. */
export interface BookableEvent {
  status: string;
  startsAt: Date;
  availableSeats: number;
  /** The inventory's change number at that moment. */
  seatSeq: number;
  maxTicketsPerBooking: number;
  /** In major units, as on the wire. */
  basePrice: number;
  currency: string;
  /** By ticket type; absent where it sells its default type only, a seat a ticket, without limits. */
  availableByType: ReadonlyMap<string, number> | undefined;
}

/** An event as it is now, whatever its status. */
export interface EventInfo extends CurrentTerms {
  name: string;
  eventType: string;
  status: EventStatus;
  timezone: string;
  imageUrl: string | undefined;
  organiserName: string;
  version: number;
  venue: VenueInfo;
}

/** Where an event takes place. */
export interface VenueInfo {
  name: string;
  address: string;
  city: string;
  state: string | undefined;
  country: string;
  postalCode: string | undefined;
  latitude: number | undefined;
  longitude: number | undefined;
}

/** The status of an event on the wire. */
export type EventStatus = SummaryWire["status"];

/** The events of the event service. */
export interface EventDirectory {
  /**
   * A published event, sold out or not, at most a second old; `undefined` for any other. Callers check by their own
   * clock whether it has begun.
   */
  bookable(eventId: string): Promise<BookableEvent | undefined>;
  /** The events of bookings, at most a second old; unknown ids are left out. */
  summaries(eventIds: readonly string[]): Promise<Map<string, EventInfo>>;
  /** An event as it is now, for decisions about money. */
  current(eventId: string): Promise<EventInfo | undefined>;
}

const MAX_AGE_MS = 1_000;
const MAX_ENTRIES = 10_000;
/** The most events of one look-up, as in the event service. */
const MAX_LOOKUP = 100;
/** Reads of an event whose seats change all the time, before the last one is returned. */
const MAX_READS = 3;
/** The most look-ups that wait; above it clients get 503. */
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
  const client = serviceClient<paths>(binding, { internalKey });
  const limits = { maxAgeMs: MAX_AGE_MS, maxEntries: MAX_ENTRIES, clock };

  async function loadBookable(id: string): Promise<BookableEvent | undefined> {
    try {
      return toBookable(
        await unwrap(client.GET("/internal/events/{id}", { params: { path: { id } } })),
      );
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

  async function lookUp(eventIds: string[]): Promise<Map<string, EventInfo>> {
    const body = { event_ids: eventIds };
    const { events } = await unwrap(client.POST("/internal/events/lookup", { body }));
    return new Map(events.map((event) => [event.event_id, toInfo(event)]));
  }

  const summaries = new FreshCache<string, EventInfo>({ ...limits, load: lookUp });
  const current = new Coalescer<string, EventInfo | undefined>({
    name: "find events",
    maxBatch: MAX_LOOKUP,
    maxQueue: MAX_QUEUE,
    run: async (eventIds) => {
      const found = await lookUp([...new Set(eventIds)]);
      return eventIds.map((eventId) => found.get(eventId));
    },
  });

  return {
    async bookable(eventId) {
      let event = await bookables.get(eventId);
      for (let reads = 1; reads < MAX_READS; reads++) {
        const seats = event && heard.newerThan(eventId, event.seatSeq);
        if (!event || !seats) return event;
        if (!event.availableByType) return { ...event, availableSeats: seats.availableSeats };
        // What was heard is of the house alone, and not of what is left of each ticket type.
        event = await bookables.getNewer(eventId, event);
      }
      return event;
    },
    async summaries(eventIds) {
      const found = new Map<string, EventInfo>();
      for (const [eventId, summary] of await summaries.getMany(eventIds)) {
        if (summary) found.set(eventId, summary);
      }
      return found;
    },
    current: (eventId) => current.submit(eventId),
  };
}

type BookableWire = AnswerOf<operations["getEventInternal"]>;
type SummaryWire = AnswerOf<operations["lookUpEvents"]>["events"][number];

function toBookable(event: BookableWire): BookableEvent {
  return {
    status: event.status,
    startsAt: new Date(event.start_datetime),
    availableSeats: event.available_seats,
    seatSeq: event.seat_seq,
    maxTicketsPerBooking: event.max_tickets_per_booking,
    basePrice: event.base_price,
    currency: event.currency,
    availableByType: event.by_type &&
      new Map(event.by_type.map(({ ticket_type_id, available }) => [ticket_type_id, available])),
  };
}

function toInfo(event: SummaryWire): EventInfo {
  return {
    name: event.name,
    eventType: event.event_type,
    status: event.status,
    timezone: event.timezone,
    imageUrl: event.image_url,
    organiserName: event.organiser_name,
    version: event.version,
    venue: {
      name: event.venue_name,
      address: event.venue_address,
      city: event.venue_city,
      state: event.venue_state,
      country: event.venue_country,
      postalCode: event.venue_postal_code,
      latitude: event.latitude,
      longitude: event.longitude,
    },
    refundPolicy: event.refund_policy ?? DEFAULT_REFUND_POLICY,
    startsAt: new Date(event.start_datetime),
    endsAt: new Date(event.end_datetime),
    isCancelled: event.status === "cancelled",
  };
}
