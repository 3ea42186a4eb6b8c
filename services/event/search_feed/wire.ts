/** The wire shapes of the change feed and of search documents, and their mapping. */
import { z } from "@hono/zod-openapi";
import { formatFeedPosition, parseFeedPosition } from "@evently/shared/feed_position";
import { LANES } from "@evently/shared/lanes";
import { clampedQuery } from "@evently/shared/http";
import { toMajor } from "@evently/shared/money";
import { atTime, type EventRecord, pricesOfEvent } from "../events/events_sql.ts";
import { withoutNulls } from "../events/values.ts";
import { Status } from "../events/wire.ts";
import { laterSeats } from "../inventory/offer.ts";
import type { ChangedEvent } from "./change_feed_sql.ts";
import type { ChangesPage } from "./read_changes.ts";

/** An event as the search service stores it. */
export const SearchDocument = z.object({
  event_id: z.string(),
  name: z.string(),
  description: z.string().optional(),
  venue_id: z.string(),
  venue_name: z.string(),
  venue_address: z.string(),
  venue_city: z.string(),
  venue_state: z.string().optional(),
  venue_country: z.string(),
  event_type: z.string(),
  start_datetime: z.string(),
  end_datetime: z.string(),
  base_price: z.number(),
  available_seats: z.int(),
  total_capacity: z.int(),
  status: Status,
  version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  currency: z.string(),
  /** The zone in which the event's days are counted. */
  timezone: z.string(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
  image_url: z.string().optional(),
  organiser_name: z.string(),
  /** The distinct prices of its tickets, ascending; absent if all cost `base_price`. */
  prices: z.array(z.number()).optional(),
  /** Seats held and sold; absent if it is what `available_seats` leaves of the capacity. */
  seats_taken: z.int().optional(),
  /** Other `available_seats` to come: at these times the sale of a ticket type begins or ends. */
  available_later: z.array(z.object({ from: z.string(), available_seats: z.int() })).optional(),
}).openapi("SearchDocument");

/** The page after a position of the change feed; without one, the first page. */
export const ChangesQuery = z.object({
  after: z.string("after must be given once").default("0").transform((text, context) => {
    const position = parseFeedPosition(text === "" ? "0" : text);
    if (position) return position;
    const message = "after must be 0 or the position of an earlier page";
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  }).openapi({ type: "string", default: "0" }),
  limit: clampedQuery("limit", { min: LANES, max: 500, default: 100 }),
});

/** A changed event; `event` is absent if search must not show it. */
const FeedItem = z.object({
  /** Rises with each change of the event. */
  change: z.int(),
  event_id: z.string(),
  event: SearchDocument.optional(),
}).openapi("FeedItem");

export const ChangesResponse = z.object({
  changes: z.array(FeedItem),
  /** The `after` of the next page. */
  position: z.string(),
  more: z.boolean(),
  /** The position at which there are no further changes. */
  last: z.string(),
}).openapi("Changes");

export function toChangesResponse(
  page: ChangesPage,
  now: Date,
): z.infer<typeof ChangesResponse> {
  return {
    changes: page.changes.map((changed) => toFeedItem(changed, now)),
    position: formatFeedPosition(page.position),
    more: page.more,
    last: formatFeedPosition(page.last),
  };
}

function toFeedItem(changed: ChangedEvent, now: Date): z.infer<typeof FeedItem> {
  const { change, eventId } = changed;
  return {
    change,
    event_id: eventId,
    ...(isSearchable(changed) ? { event: toSearchDocument(changed, now) } : {}),
  };
}

/** An event as search shows it from `now` on, until its next change. */
export function toSearchDocument(record: EventRecord, now: Date): z.infer<typeof SearchDocument> {
  const event = atTime(record, now);
  return withoutNulls({
    event_id: event.eventId,
    name: event.name,
    description: event.description,
    venue_id: event.venueId,
    venue_name: event.venueName,
    venue_address: event.venueAddress,
    venue_city: event.venueCity,
    venue_state: event.venueState,
    venue_country: event.venueCountry,
    event_type: event.eventType,
    start_datetime: event.startsAt.toISOString(),
    end_datetime: event.endsAt.toISOString(),
    base_price: toMajor(event.basePriceMinor, event.currency),
    available_seats: event.availableSeats,
    total_capacity: event.totalCapacity,
    status: event.status,
    version: event.version,
    created_at: event.createdAt.toISOString(),
    updated_at: event.updatedAt.toISOString(),
    currency: event.currency,
    timezone: event.timezone,
    latitude: event.latitude,
    longitude: event.longitude,
    image_url: event.imageUrl,
    organiser_name: event.organiserName,
    ...ofTicketTypes(record, now),
  });
}

/** What search must know of an event that offers more than its default ticket type. */
function ofTicketTypes(record: EventRecord, now: Date) {
  const { offer, totalCapacity, availableSeats } = record;
  if (offer === null) return {};
  const later = laterSeats(offer, now);
  return {
    prices: pricesOfEvent(record).map((price) => toMajor(price, record.currency)),
    // The seats set aside for a waitlist are taken in the eyes of the public.
    seats_taken: totalCapacity - availableSeats,
    ...(later.length === 0 ? {} : {
      available_later: later.map(({ from, availableSeats }) => ({
        from: from.toISOString(),
        available_seats: availableSeats,
      })),
    }),
  };
}

/** Whether search may show the event; it shows no drafts and no cancelled events. */
export function isSearchable({ status }: Pick<EventRecord, "status">): boolean {
  return status === "published" || status === "sold_out";
}
