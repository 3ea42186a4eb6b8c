/** An event as it is searched and shown. */
export interface SearchDocument {
  eventId: string;
  name: string;
  description: string | undefined;
  venueName: string;
  venueAddress: string | undefined;
  venueCity: string;
  eventType: string;
  startsAt: Date;
  endsAt: Date;
  /** In major units of `currency`. */
  basePrice: number;
  /** ISO 4217. */
  currency: string;
  /** IANA name of the zone in which the event's days are counted. */
  timeZone: string;
  availableSeats: number;
  /** `undefined` where the caller did not send it; the event's popularity is then unknown. */
  totalCapacity: number | undefined;
  status: "draft" | "published" | "sold_out" | "cancelled";
  /** In degrees; an event has both or neither. */
  latitude: number | undefined;
  longitude: number | undefined;
  /** Raised by the event service with each change of the event. */
  version: number;
  updatedAt: Date;
}

/** The same event as it is sent between services and stored in Elasticsearch. */
export interface EventDocumentBody {
  event_id: string;
  name: string;
  description?: string | undefined;
  venue_name: string;
  venue_address?: string | undefined;
  venue_city: string;
  event_type: string;
  start_datetime: string;
  end_datetime: string;
  base_price: number;
  currency: string;
  timezone: string;
  available_seats: number;
  total_capacity?: number | undefined;
  status: SearchDocument["status"];
  latitude?: number | undefined;
  longitude?: number | undefined;
  version: number;
  updated_at: string;
}

/** Maps the wire shape to a document. */
export function toDocument(body: EventDocumentBody): SearchDocument {
  return {
    eventId: body.event_id,
    name: body.name,
    description: body.description,
    venueName: body.venue_name,
    venueAddress: body.venue_address,
    venueCity: body.venue_city,
    eventType: body.event_type,
    startsAt: new Date(body.start_datetime),
    endsAt: new Date(body.end_datetime),
    basePrice: body.base_price,
    currency: body.currency,
    timeZone: body.timezone,
    availableSeats: body.available_seats,
    totalCapacity: body.total_capacity,
    status: body.status,
    latitude: body.latitude,
    longitude: body.longitude,
    version: body.version,
    updatedAt: new Date(body.updated_at),
  };
}

/** Maps a document to the wire shape. */
export function toDocumentBody(document: SearchDocument): EventDocumentBody {
  return {
    event_id: document.eventId,
    name: document.name,
    description: document.description,
    venue_name: document.venueName,
    venue_address: document.venueAddress,
    venue_city: document.venueCity,
    event_type: document.eventType,
    start_datetime: document.startsAt.toISOString(),
    end_datetime: document.endsAt.toISOString(),
    base_price: document.basePrice,
    currency: document.currency,
    timezone: document.timeZone,
    available_seats: document.availableSeats,
    total_capacity: document.totalCapacity,
    status: document.status,
    latitude: document.latitude,
    longitude: document.longitude,
    version: document.version,
    updated_at: document.updatedAt.toISOString(),
  };
}

/** Whether the event may be found at all: sold-out events may, drafts and cancelled ones may not. */
export function isListed({ status }: Pick<SearchDocument, "status">): boolean {
  return status === "published" || status === "sold_out";
}

/** Whether the event is over at `at`; such events are never found. */
export function hasEnded({ endsAt }: Pick<SearchDocument, "endsAt">, at: Date): boolean {
  return endsAt <= at;
}

/** Number of seats that are held or sold. */
export function popularityOf(
  { totalCapacity, availableSeats }: Pick<SearchDocument, "totalCapacity" | "availableSeats">,
): number {
  return Math.max(0, (totalCapacity ?? availableSeats) - availableSeats);
}
