import { isOnSale } from "@evently/shared/on_sale";
import { exactlyOne, many, one, type Sql } from "@evently/shared/postgres";
import { fold } from "@evently/shared/text";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import { availableSeats, eventStatus, offerOf } from "../inventory/availability_sql.ts";
import { type Offer, pricesOf, seatsAt } from "../inventory/offer.ts";
import type { Organisations } from "../organisations/organiser.ts";
import { isOf, organisationOf } from "../organisations/scope_sql.ts";
import type { RefundPolicy } from "./refund_policy.ts";

/** The status that clients see. `sold_out` is derived from the seats, never stored. */
export type EventStatus = "draft" | "published" | "sold_out" | "cancelled";

/** An event with its venue and its seats. */
export interface EventRecord {
  eventId: string;
  name: string;
  description: string | null;
  venueId: string;
  venueName: string;
  venueAddress: string;
  venueCity: string;
  venueState: string | null;
  venueCountry: string;
  venuePostalCode: string | null;
  latitude: number | null;
  longitude: number | null;
  eventType: string;
  startsAt: Date;
  endsAt: Date;
  totalCapacity: number;
  /** Of the house; see {@link atTime}. */
  availableSeats: number;
  /** Of the house. */
  held: number;
  /** Of the house. */
  sold: number;
  /** Of the house, for those who wait. */
  setAside: number;
  /** The inventory's change number at that moment. */
  seatSeq: number;
  basePriceMinor: number;
  currency: string;
  maxTicketsPerBooking: number;
  /** Tickets of the event that a buyer can hold at once, not yet paid; `null`: no limit. */
  maxHeldPerUser: number | null;
  refundPolicy: RefundPolicy | null;
  /** Of events of old versions, which may have stored none, the default one. */
  timezone: string;
  imageUrl: string | null;
  accessNotes: string | null;
  organiserName: string;
  publicCounts: boolean;
  /** By the seats of the house; see {@link atTime}. */
  status: EventStatus;
  /** Whether it sells its default ticket type alone, a seat a ticket, without limits. */
  isPlain: boolean;
  /** `null` for a plain event, unless it was asked for. */
  offer: Offer | null;
  version: number;
  createdBy: string;
  organisationId: string;
  createdAt: Date;
  updatedAt: Date;
}

/** A page of a list, and the number of events on all pages. */
export interface EventPage {
  events: EventRecord[];
  total: number;
}

/** An event, if it is of one of the organisations. */
export interface EventScope {
  eventId: string;
  organisations: Organisations;
}

/** Whether the event's tickets are on sale at a moment. */
export function isEventOnSale(
  { status, startsAt }: Pick<EventRecord, "status" | "startsAt">,
  at: Date,
): boolean {
  return isOnSale({ status, startsAt }, at);
}

/**
 * The event with the seats that can be bought at a moment, and the status that follows from them. A plain event has them
 * already; those of others depend on the time, as the sale of each ticket type has a window. Never store the result.
 */
export function atTime<Event extends Pick<EventRecord, "offer" | "availableSeats" | "status">>(
  event: Event,
  now: Date,
): Event {
  if (event.offer === null) return event;
  const { availableSeats, isSellable } = seatsAt(event.offer, now);
  const isPublished = event.status === "published" || event.status === "sold_out";
  const status = isPublished ? isSellable ? "published" : "sold_out" : event.status;
  return { ...event, availableSeats, status };
}

/** The distinct prices of an event's tickets, ascending; its base price if it offers none. */
export function pricesOfEvent(
  { offer, basePriceMinor }: Pick<EventRecord, "offer" | "basePriceMinor">,
): number[] {
  const prices = offer === null ? [] : pricesOf(offer);
  return prices.length > 0 ? prices : [basePriceMinor];
}

/**
 * `SELECT … FROM` for {@link EventRecord}: the event `e`, its venue `v`, its creator `a`, its organisation `o` and its house `i`.
 *
 * @param options.withOffer reads also what a plain event offers
 */
export function selectEvents(sql: Sql, { withOffer = false }: { withOffer?: boolean } = {}) {
  return sql`
    SELECT e.event_id AS "eventId", e.name, e.description, e.venue_id AS "venueId", v.name AS "venueName",
           v.address AS "venueAddress", v.city AS "venueCity", v.state AS "venueState",
           v.country AS "venueCountry", v.postal_code AS "venuePostalCode", v.latitude, v.longitude, e.event_type AS "eventType",
           e.start_at AS "startsAt", e.end_at AS "endsAt", i.capacity AS "totalCapacity",
           ${
    availableSeats(sql)
  } AS "availableSeats", i.held, i.sold, i.set_aside AS "setAside", i.seq AS "seatSeq",
           e.base_price_minor AS "basePriceMinor", e.currency,
           e.max_tickets_per_booking AS "maxTicketsPerBooking", e.max_held_per_user AS "maxHeldPerUser",
           e.refund_policy AS "refundPolicy",
           coalesce(e.timezone, ${DEFAULT_TIME_ZONE}::text) AS timezone, e.image_url AS "imageUrl",
           e.access_notes AS "accessNotes", coalesce(o.name, a.name) AS "organiserName", e.public_counts AS "publicCounts", ${
    eventStatus(sql)
  } AS status,
           i.plain AS "isPlain", ${
    offerOf(sql, { always: withOffer })
  } AS offer, e.version, e.created_by AS "createdBy", ${
    organisationOf(sql)
  } AS "organisationId", e.created_at AS "createdAt", e.updated_at AS "updatedAt"
      FROM events e
      JOIN venues v USING (venue_id)
      JOIN admins a ON a.admin_id = e.created_by
      LEFT JOIN organisations o ON o.organisation_id = coalesce(e.organisation_id, e.created_by)
      JOIN seat_inventory i ON i.event_id = e.event_id AND i.pool = 0`;
}

/** The event, whatever its status; `undefined` if there is none. The options are those of {@link selectEvents}. */
export function findEvent(
  sql: Sql,
  eventId: string,
  options: { withOffer?: boolean } = {},
): Promise<EventRecord | undefined> {
  return one(
    sql<EventRecord[]>`${selectEvents(sql, options)} WHERE e.event_id = ${eventId}`,
    (row) => row,
  );
}

/** Whether an event is still being prepared, takes place, is over, or does not take place. */
export const EVENT_STATES = ["draft", "published", "past", "cancelled"] as const;

/** Orders of an organiser's events; the latest start comes first in `-start`. */
export const EVENT_ORDERS = ["created", "start", "-start"] as const;

/** Which of their events an organiser lists, and in which order. */
export interface ManagedEventFilter {
  /** Anywhere in the name, regardless of case and accents. */
  text?: string | undefined;
  state?: typeof EVENT_STATES[number] | undefined;
  /** Default is the latest created first. */
  order?: typeof EVENT_ORDERS[number] | undefined;
}

/** Events of any status, of organisations. */
export async function listManagedEvents(
  sql: Sql,
  { organisations, filter, now, offset, limit }: {
    organisations: Organisations;
    filter: ManagedEventFilter;
    now: Date;
    offset: number;
    limit: number;
  },
): Promise<EventPage> {
  const where = sql`
    WHERE ${isOf(sql, organisationOf(sql), organisations)}
      ${hasState(sql, { state: filter.state, now })}
      ${
    filter.text
      ? sql`AND strpos(coalesce(e.name_key, lower(e.name)), ${fold(filter.text)}) > 0`
      : sql``
  }`;
  const [events, total] = await Promise.all([
    many(
      sql<EventRecord[]>`
      ${selectEvents(sql)} ${where}
       ORDER BY ${orderOf(sql, filter.order)}, e.event_id LIMIT ${limit} OFFSET ${offset}`,
      (row) => row,
    ),
    exactlyOne(
      sql<{ total: number }[]>`SELECT count(*) AS total FROM events e ${where}`,
      (row) => row.total,
    ),
  ]);
  return { events, total };
}

function hasState(
  sql: Sql,
  { state, now }: { state: ManagedEventFilter["state"]; now: Date },
) {
  switch (state) {
    case undefined:
      return sql``;
    case "published":
      return sql`AND e.status = 'published' AND e.end_at > ${now}`;
    case "past":
      return sql`AND e.status = 'published' AND e.end_at <= ${now}`;
    default:
      return sql`AND e.status = ${state}`;
  }
}

function orderOf(sql: Sql, order: ManagedEventFilter["order"] = "created") {
  switch (order) {
    case "created":
      return sql`e.created_at DESC`;
    case "start":
      return sql`e.start_at`;
    case "-start":
      return sql`e.start_at DESC`;
  }
}
