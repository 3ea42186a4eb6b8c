import { daysOf } from "@evently/shared/time_zone";
import {
  bordersOf,
  type EventDocumentBody,
  isListed,
  popularityOf,
  priceRangeOf,
  type SearchDocument,
  toDocument,
  toDocumentBody,
} from "../document.ts";
import { type Field, FIELDS, GROWING_FIELDS, type SUGGESTED_FIELDS, textsOf } from "../fields.ts";
import { fold, indexedWords } from "../text.ts";

/** Length of the month in a day such as `2026-11-01`. */
const MONTH_CHARS = 7;
const MIN_BEGINNING_CHARS = 3;
const MAX_BEGINNING_CHARS = 10;

/** Status of events whose document Elasticsearch rejected. */
export const REFUSED = "refused";
/** Status of events that are sold out or not by the time: whether any of their `available_during` is to come. */
export const BY_TIME = "by_time";

/** Names of the searched fields in Elasticsearch. */
export const STORED_FIELDS = {
  name: "name",
  venueName: "venue_name",
  venueCity: "venue_city",
  eventType: "event_type",
  description: "description",
} as const satisfies Record<Field, string>;

/** Field with the words of all searched fields, so that a word is looked up once. */
export const ALL_WORDS = "all_words";

/** A field whose values are suggested. */
export type SuggestedField = typeof SUGGESTED_FIELDS[number];

/** Field with the beginnings of a searched field's words. */
export function beginningsField(field: Field): string {
  return `${STORED_FIELDS[field]}_beginnings`;
}

/** Field with a text's folded form, by which it is filtered and collapsed. */
export function keyField(field: Field): string {
  return `${STORED_FIELDS[field]}_key`;
}

/** Field with a text as it was written. */
export function spellingField(field: "venueCity" | "eventType"): string {
  return `${STORED_FIELDS[field]}_spelling`;
}

const LOWEST_PRICE = "lowest_price";

/** Field with the lowest price of an event, if it is in this currency. */
export function lowestPriceField(currency: string): string {
  return `${LOWEST_PRICE}.${currency}`;
}

/** Marker for an event whose document was rejected, so that its change is not lost without a trace. */
export function toRefused(eventId: string): Record<string, unknown> {
  return { event_id: eventId, listed: false, status: REFUSED };
}

/** Maps an event to its Elasticsearch document. An event that is not listed leaves only its change number. */
export function toStored(document: SearchDocument | undefined): Record<string, unknown> {
  if (!document || !isListed(document)) return { listed: false };
  const { latitude, longitude } = document;
  const { firstDay, lastDay } = daysOf(document);
  const texts = textsOf(document);
  const words = FIELDS.map((field) => [field, indexedWords(texts[field])] as const);
  return {
    event_id: document.eventId,
    listed: true,
    status: document.laterSeats.length === 0 ? document.status : BY_TIME,
    ...Object.fromEntries(words.map(([field, list]) => [STORED_FIELDS[field], list.join(" ")])),
    [ALL_WORDS]: words.flatMap(([, list]) => list).join(" "),
    ...Object.fromEntries(
      words.filter(([field]) => GROWING_FIELDS.includes(field))
        .map(([field, list]) => [beginningsField(field), beginningsOf(list).join(" ")]),
    ),
    [keyField("name")]: fold(document.name),
    [keyField("venueName")]: fold(document.venueName),
    [keyField("venueCity")]: fold(document.venueCity),
    [keyField("eventType")]: fold(document.eventType),
    [spellingField("venueCity")]: document.venueCity,
    [spellingField("eventType")]: document.eventType,
    start: document.startsAt,
    end: document.endsAt,
    borders: bordersOf(document),
    first_day: firstDay,
    last_day: lastDay,
    first_month: firstDay.slice(0, MONTH_CHARS),
    currency: document.currency,
    prices: document.prices,
    [LOWEST_PRICE]: { [document.currency]: priceRangeOf(document).min },
    available_seats: document.availableSeats,
    available_during: availableDuring(document),
    popularity: popularityOf(document),
    ...(latitude === undefined || longitude === undefined
      ? {}
      : { location: { lat: latitude, lon: longitude } }),
    document: toDocumentBody(document),
  };
}

/** The times during which seats can be bought, if nothing changes. */
function availableDuring({ availableSeats, laterSeats }: SearchDocument): Record<string, Date>[] {
  const steps: { from?: Date; availableSeats: number }[] = [{ availableSeats }, ...laterSeats];
  return steps.flatMap(({ from = new Date(0), availableSeats }, i) => {
    const until = steps[i + 1]?.from;
    return availableSeats > 0 ? [{ gte: from, ...(until ? { lt: until } : {}) }] : [];
  });
}

/** Reads the event of an Elasticsearch document; `undefined` if it is not listed. */
export function fromStored(stored: unknown): SearchDocument | undefined {
  const { document } = (stored ?? {}) as { document?: EventDocumentBody };
  return document && toDocument(document);
}

/** Beginnings of words, by which a misspelt word is found while it is typed. */
function beginningsOf(words: readonly string[]): string[] {
  const beginnings = words.flatMap((word) => {
    const lengths = Math.min(word.length, MAX_BEGINNING_CHARS) - MIN_BEGINNING_CHARS + 1;
    return Array.from(
      { length: Math.max(0, lengths) },
      (_, i) => word.slice(0, MIN_BEGINNING_CHARS + i),
    );
  });
  return [...new Set(beginnings)];
}
