import type { EventUpdate, ManagedEvent } from "../api/events.ts";
import { instantOf, wallTimeOf } from "./wall_time.ts";

/** What the form of an event asks for, as it is typed. */
export interface EventValues {
  name: string;
  kind: string;
  description: string;
  imageUrl: string;
  accessNotes: string;
  startDate: string;
  startTime: string;
  endDate: string;
  endTime: string;
  venueId: string;
  capacity: string;
  price: string;
  currency: string;
  maxPerBooking: string;
  maxHeld: string;
  /** A refund policy as JSON; empty for the platform's own. */
  refunds: string;
  publicCounts: boolean;
}

/** The form's fields, from above to below. */
export const EVENT_FIELDS = [
  "name",
  "kind",
  "description",
  "imageUrl",
  "startDate",
  "startTime",
  "endDate",
  "endTime",
  "venueId",
  "capacity",
  "accessNotes",
  "price",
  "currency",
  "maxPerBooking",
  "maxHeld",
  "refunds",
  "publicCounts",
] as const satisfies readonly (keyof EventValues)[];

export type EventField = typeof EVENT_FIELDS[number];

/** An event as its form shows it; times are those of its zone. */
export function eventValues(event: ManagedEvent): EventValues {
  const start = wallTimeOf(event.start_datetime, event.timezone);
  const end = wallTimeOf(event.end_datetime, event.timezone);
  return {
    name: event.name,
    kind: event.event_type,
    description: event.description ?? "",
    imageUrl: event.image_url ?? "",
    accessNotes: event.access_notes ?? "",
    startDate: start.date,
    startTime: start.time,
    endDate: end.date,
    endTime: end.time,
    venueId: event.venue_id,
    capacity: String(event.total_capacity),
    price: String(event.base_price),
    currency: event.currency,
    maxPerBooking: String(event.max_tickets_per_booking),
    maxHeld: event.max_held_per_user === undefined ? "" : String(event.max_held_per_user),
    refunds: event.refund_policy ? JSON.stringify(event.refund_policy) : "",
    publicCounts: event.public_counts,
  };
}

/** Fields of which two forms differ. */
export function differences(one: EventValues, other: EventValues): EventField[] {
  return EVENT_FIELDS.filter((field) => one[field] !== other[field]);
}

/** What the API is to change, from the fields that were changed; what is empty is removed. */
export function eventUpdate(
  values: EventValues,
  { changed, zone }: { changed: readonly EventField[]; zone: string },
): EventUpdate {
  const has = (...fields: EventField[]) => fields.some((field) => changed.includes(field));
  const start = instantOf({ date: values.startDate, time: values.startTime }, zone);
  const end = instantOf({ date: values.endDate, time: values.endTime }, zone);
  const update: EventUpdate = {};
  if (has("name")) update.name = values.name.trim();
  if (has("kind")) update.event_type = values.kind.trim();
  if (has("description")) update.description = values.description.trim();
  if (has("imageUrl")) update.image_url = values.imageUrl.trim() || null;
  if (has("accessNotes")) update.access_notes = values.accessNotes.trim();
  if (has("startDate", "startTime") && start) update.start_datetime = start;
  if (has("endDate", "endTime") && end) update.end_datetime = end;
  if (has("venueId")) update.venue_id = values.venueId;
  if (has("capacity")) update.total_capacity = Number(values.capacity);
  if (has("price")) update.base_price = Number(values.price);
  if (has("currency")) update.currency = values.currency.trim().toUpperCase();
  if (has("maxPerBooking")) update.max_tickets_per_booking = Number(values.maxPerBooking);
  if (has("maxHeld")) update.max_held_per_user = values.maxHeld ? Number(values.maxHeld) : null;
  if (has("refunds")) {
    update.refund_policy = values.refunds ? JSON.parse(values.refunds) : null;
  }
  if (has("publicCounts")) update.public_counts = values.publicCounts;
  return update;
}
