import type { QueryClient } from "@tanstack/react-query";
import type { PublicEvent, TicketType } from "../app/api/events.ts";
import { zoneOf } from "../app/storefront/event/zone.ts";
import { localTime } from "./local_time.ts";

const EVENT_PAGE = /^\/events\/([^/]+)$/;

/** Structured data of the page at a path, for search engines; `undefined` where a page has none. */
export function jsonLdOf(
  pathname: string,
  { queryClient, origin }: { queryClient: QueryClient; origin: string },
): unknown {
  const id = EVENT_PAGE.exec(pathname)?.[1];
  const event = id && queryClient.getQueryData<PublicEvent | null>(["event", id]);
  return event ? eventLd(event, origin) : undefined;
}

/** An event by https://schema.org/Event. */
function eventLd(event: PublicEvent, origin: string): unknown {
  const url = `${origin}/events/${event.event_id}`;
  const zone = zoneOf(event);
  const isCancelled = event.status === "cancelled";
  return {
    "@context": "https://schema.org",
    "@type": "Event",
    "@id": url,
    url,
    name: event.name,
    description: event.description,
    image: [event.image_url, `${origin}/og/${event.event_id}.png`].filter(Boolean),
    startDate: localTime(event.start_datetime, zone),
    endDate: localTime(event.end_datetime, zone),
    eventStatus: `https://schema.org/${isCancelled ? "EventCancelled" : "EventScheduled"}`,
    eventAttendanceMode: "https://schema.org/OfflineEventAttendanceMode",
    maximumAttendeeCapacity: event.total_capacity,
    remainingAttendeeCapacity: event.available_seats,
    location: placeOf(event),
    organizer: event.organiser_name
      ? { "@type": "Organization", name: event.organiser_name }
      : undefined,
    offers: isCancelled
      ? undefined
      : event.ticket_types.map((type) => offerOf(type, { url, currency: event.currency })),
  };
}

function placeOf(event: PublicEvent): unknown {
  const { latitude, longitude } = event;
  return {
    "@type": "Place",
    name: event.venue_name,
    address: {
      "@type": "PostalAddress",
      streetAddress: event.venue_address,
      addressLocality: event.venue_city,
      addressRegion: event.venue_state,
      postalCode: event.venue_postal_code,
      addressCountry: event.venue_country,
    },
    geo: latitude !== undefined && longitude !== undefined
      ? { "@type": "GeoCoordinates", latitude, longitude }
      : undefined,
  };
}

const AVAILABILITY: Readonly<Record<TicketType["state"], string>> = {
  on_sale: "InStock",
  soon: "PreOrder",
  sold_out: "SoldOut",
  waitlist: "SoldOut",
  ended: "Discontinued",
};

function offerOf(type: TicketType, { url, currency }: { url: string; currency: string }): unknown {
  return {
    "@type": "Offer",
    name: type.name,
    url,
    price: type.price,
    priceCurrency: currency,
    availability: `https://schema.org/${AVAILABILITY[type.state]}`,
    validFrom: type.sales_start,
    validThrough: type.sales_end,
  };
}
