import { toMajor } from "@evently/shared/money";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import type { FeedItem, SearchDocument } from "../events/internal_wire.ts";
import { withoutNulls } from "../events/sparse.ts";
import type { ChangedEvent } from "./change_feed_sql.ts";
import type { EventRecord } from "../events/events_sql.ts";

/** The event as search keeps it. */
export function toSearchDocument(event: EventRecord): SearchDocument {
  return withoutNulls({
    event_id: event.event_id,
    name: event.name,
    description: event.description,
    venue_id: event.venue_id,
    venue_name: event.venue_name,
    venue_address: event.venue_address,
    venue_city: event.venue_city,
    venue_state: event.venue_state,
    venue_country: event.venue_country,
    event_type: event.event_type,
    start_datetime: event.start_at.toISOString(),
    end_datetime: event.end_at.toISOString(),
    base_price: toMajor(event.base_price_minor),
    available_seats: event.available_seats,
    total_capacity: event.total_capacity,
    status: event.status,
    version: event.version,
    created_at: event.created_at.toISOString(),
    updated_at: event.updated_at.toISOString(),
    currency: event.currency,
    timezone: event.timezone ?? DEFAULT_TIME_ZONE,
    latitude: event.latitude,
    longitude: event.longitude,
  });
}

/** Whether search may find the event: drafts and cancelled ones never. */
export function isSearchable({ status }: Pick<EventRecord, "status">): boolean {
  return status === "published" || status === "sold_out";
}

/** A change as the feed tells it. */
export function toFeedItem(changed: ChangedEvent): FeedItem {
  const { change, event_id } = changed;
  return {
    change,
    event_id,
    ...(isSearchable(changed) ? { event: toSearchDocument(changed) } : {}),
  };
}
