import { isOnSale } from "@evently/shared/on_sale";

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
  imageUrl: string | undefined;
  organiserName: string | undefined;
  /** Raised by the event service with each change of the event. */
  version: number;
  updatedAt: Date;
  /** The distinct prices of its tickets in major units, ascending; at least one. */
  prices: readonly number[];
  /** Seats held and sold; `undefined` if they are what `availableSeats` leaves of the capacity. */
  seatsTaken: number | undefined;
  /** What `availableSeats` will be from these times on, as the sale of a ticket type begins or ends; in order. */
  laterSeats: readonly LaterSeats[];
}

/** Seats that can be bought from a time on, if nothing changes until then. */
export interface LaterSeats {
  from: Date;
  availableSeats: number;
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
  image_url?: string | undefined;
  organiser_name?: string | undefined;
  version: number;
  updated_at: string;
  prices?: readonly number[] | undefined;
  seats_taken?: number | undefined;
  available_later?: readonly { from: string; available_seats: number }[] | undefined;
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
    imageUrl: body.image_url,
    organiserName: body.organiser_name,
    version: body.version,
    updatedAt: new Date(body.updated_at),
    prices: body.prices ?? [body.base_price],
    seatsTaken: body.seats_taken,
    laterSeats: (body.available_later ?? []).map(({ from, available_seats: availableSeats }) => ({
      from: new Date(from),
      availableSeats,
    })),
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
    image_url: document.imageUrl,
    organiser_name: document.organiserName,
    version: document.version,
    updated_at: document.updatedAt.toISOString(),
    prices: document.prices,
    seats_taken: document.seatsTaken,
    available_later: document.laterSeats.map(({ from, availableSeats }) => ({
      from: from.toISOString(),
      available_seats: availableSeats,
    })),
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

/** The times at which an event begins and ends, and at which its seats change by themselves. */
export function bordersOf(
  { startsAt, endsAt, laterSeats }: Pick<SearchDocument, "startsAt" | "endsAt" | "laterSeats">,
): Date[] {
  return [startsAt, endsAt, ...laterSeats.map(({ from }) => from)];
}

/** Number of seats that are held or sold. */
export function popularityOf(
  { totalCapacity, availableSeats, seatsTaken }: Pick<
    SearchDocument,
    "totalCapacity" | "availableSeats" | "seatsTaken"
  >,
): number {
  return seatsTaken ?? Math.max(0, (totalCapacity ?? availableSeats) - availableSeats);
}

/** The lowest and the highest price of an event. */
export function priceRangeOf(
  { prices, basePrice }: Pick<SearchDocument, "prices" | "basePrice">,
): { min: number; max: number } {
  return { min: prices[0] ?? basePrice, max: prices.at(-1) ?? basePrice };
}

/** Whether an event can be bought at a moment, and if not, why. */
export type SaleState = "on_sale" | "soon" | "sold_out" | "ended";

/** The sale of a listed event at a moment, and when it begins if that is still to come. */
export function saleAt(
  document: SearchDocument,
  now: Date,
): { state: SaleState; salesStart?: Date } {
  if (!isOnSale(document, now)) return { state: "ended" };
  const { availableSeats, status } = atTime(document, now);
  if (availableSeats > 0) return { state: "on_sale" };
  const next = document.laterSeats
    .find(({ from, availableSeats }) => from > now && availableSeats > 0);
  return status !== "sold_out" && next
    ? { state: "soon", salesStart: next.from }
    : { state: "sold_out" };
}

/** The event with the seats that can be bought at a moment, and the status that follows from them. */
export function atTime(document: SearchDocument, now: Date): SearchDocument {
  const { laterSeats, status } = document;
  if (laterSeats.length === 0) return document;
  const { availableSeats } = laterSeats.findLast(({ from }) => from <= now) ?? document;
  const isSellable = availableSeats > 0 ||
    laterSeats.some(({ from, availableSeats }) => from > now && availableSeats > 0);
  return {
    ...document,
    availableSeats,
    status: isListed(document) ? isSellable ? "published" : "sold_out" : status,
  };
}
