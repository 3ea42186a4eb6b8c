import type { SearchDocument } from "../document.ts";
import { type Field, FIELDS, GROWING_FIELDS, textsOf } from "../fields.ts";
import { daysOfDocument } from "../days.ts";
import { isListed, popularityOf } from "../findable.ts";
import { fold, indexedWords } from "../text.ts";

const MIN_BEGINNING_CHARS = 3;
const MAX_BEGINNING_CHARS = 10;

/** The status of events that Elasticsearch did not take. */
export const REFUSED = "refused";

/** What is kept of an event that Elasticsearch did not take: that, for its last change not to look as if it never was. */
export function toRefused(eventId: string): Record<string, unknown> {
  return { event_id: eventId, listed: false, status: REFUSED };
}

/** An event as Elasticsearch keeps it; what may not be found leaves its number alone. */
export function toStored(document: SearchDocument | undefined): Record<string, unknown> {
  if (!document || !isListed(document)) return { listed: false };
  const { latitude, longitude } = document;
  const { firstDay, lastDay } = daysOfDocument(document);
  const texts = textsOf(document);
  const words = Object.fromEntries(
    FIELDS.map((field) => [field, indexedWords(texts[field])]),
  ) as Record<
    Field,
    string[]
  >;
  return {
    event_id: document.event_id,
    listed: true,
    status: document.status,
    ...Object.fromEntries(FIELDS.map((field) => [field, words[field].join(" ")])),
    ...Object.fromEntries(
      GROWING_FIELDS.map((field) => [`${field}_beginnings`, beginningsOf(words[field]).join(" ")]),
    ),
    name_key: fold(document.name),
    venue_name_key: fold(document.venue_name),
    venue_city_key: fold(document.venue_city),
    event_type_key: fold(document.event_type),
    venue_city_spelling: document.venue_city,
    event_type_spelling: document.event_type,
    start: document.start_datetime,
    end: document.end_datetime,
    first_day: firstDay,
    last_day: lastDay,
    base_price: document.base_price,
    available_seats: document.available_seats,
    popularity: popularityOf(document),
    ...(latitude === undefined || longitude === undefined
      ? {}
      : { location: { lat: latitude, lon: longitude } }),
    document,
  };
}

const TIMES = ["start_datetime", "end_datetime", "updated_at"] as const;

/** The event of a stored one; `undefined` where it may not be found. */
export function fromStored(stored: unknown): SearchDocument | undefined {
  const { document } = (stored ?? {}) as { document?: SearchDocument };
  if (document === undefined) return undefined;
  const times = TIMES.map((field) => [field, new Date(document[field])]);
  return { ...document, ...Object.fromEntries(times) };
}

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
