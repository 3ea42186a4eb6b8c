import { daysOf } from "@evently/shared/time_zone";
import { popularityOf, priceRangeOf, type SearchDocument } from "../document.ts";
import { PRICE_BOUNDS } from "../search_index.ts";
import { Dictionary, Spellings } from "./dictionary.ts";

/** The row has an event; other rows are free. */
export const USED = 1;
/** Its status is `sold_out`; otherwise it is `published`. */
export const SOLD_OUT = 2;
export const HAS_SEATS = 4;
/** Its seats change by themselves, so that its document must be asked. */
export const TIMED = 8;
/** It has no price or several, so that its document must be asked. */
export const MANY_PRICES = 16;

const FIRST_CAPACITY = 1_024;
/** Length of the month in a day such as `2026-11-01`. */
const MONTH_CHARS = 7;

/**
 * The events by row number, and what searches compare and count of them, in typed arrays: about a hundred bytes a row.
 * Only listed events have rows.
 */
export class Columns {
  /** One more than the highest row that was ever used. */
  end = 0;
  readonly documents: (SearchDocument | undefined)[] = [];
  readonly cities = new Spellings();
  readonly types = new Spellings();
  readonly currencies = new Dictionary();
  readonly months = new Dictionary();
  flags = new Uint8Array(FIRST_CAPACITY);
  change = new Float64Array(FIRST_CAPACITY);
  startMs = new Float64Array(FIRST_CAPACITY);
  endMs = new Float64Array(FIRST_CAPACITY);
  /** Days such as 20261101 on which the event takes place, in its own zone. */
  firstDay = new Int32Array(FIRST_CAPACITY);
  lastDay = new Int32Array(FIRST_CAPACITY);
  minPrice = new Float64Array(FIRST_CAPACITY);
  maxPrice = new Float64Array(FIRST_CAPACITY);
  /** A bit for each of {@link PRICE_BOUNDS} that has a price of the event. */
  priceBuckets = new Uint16Array(FIRST_CAPACITY);
  /** NaN where the place is unknown. */
  latitude = new Float64Array(FIRST_CAPACITY);
  longitude = new Float64Array(FIRST_CAPACITY);
  popularity = new Float64Array(FIRST_CAPACITY);
  /** Codes of spellings in {@link cities} and {@link types}. */
  city = new Int32Array(FIRST_CAPACITY);
  type = new Int32Array(FIRST_CAPACITY);
  /** Codes in {@link currencies} and {@link months}. */
  currency = new Int32Array(FIRST_CAPACITY);
  month = new Int32Array(FIRST_CAPACITY);
  readonly #free: number[] = [];

  /** Takes a free row. */
  take(): number {
    const row = this.#free.pop() ?? this.end++;
    if (row === this.flags.length) this.#grow(2 * row);
    return row;
  }

  /** Writes an event to a row that {@link take} gave. */
  set(row: number, document: SearchDocument, change: number): void {
    if (this.documents[row] !== undefined) this.#releaseCodes(row);
    const { firstDay, lastDay } = daysOf(document);
    const { min, max } = priceRangeOf(document);
    const { prices } = document;
    this.documents[row] = document;
    this.flags[row] = flagsOf(document);
    this.change[row] = change;
    this.startMs[row] = document.startsAt.getTime();
    this.endMs[row] = document.endsAt.getTime();
    this.firstDay[row] = dayNumber(firstDay);
    this.lastDay[row] = dayNumber(lastDay);
    this.minPrice[row] = min;
    this.maxPrice[row] = max;
    this.priceBuckets[row] = prices.reduce((bits, price) => bits | 1 << bucketOf(price), 0);
    this.latitude[row] = document.latitude ?? NaN;
    this.longitude[row] = document.longitude ?? NaN;
    this.popularity[row] = popularityOf(document);
    this.city[row] = this.cities.take(document.venueCity);
    this.type[row] = this.types.take(document.eventType);
    this.currency[row] = this.currencies.take(document.currency);
    this.month[row] = this.months.take(firstDay.slice(0, MONTH_CHARS));
  }

  /** Frees a row. */
  release(row: number): void {
    this.#releaseCodes(row);
    this.documents[row] = undefined;
    this.flags[row] = 0;
    this.#free.push(row);
  }

  #releaseCodes(row: number): void {
    this.cities.release(this.city[row]!);
    this.types.release(this.type[row]!);
    this.currencies.release(this.currency[row]!);
    this.months.release(this.month[row]!);
  }

  #grow(capacity: number): void {
    this.flags = grown(this.flags, new Uint8Array(capacity));
    this.change = grown(this.change, new Float64Array(capacity));
    this.startMs = grown(this.startMs, new Float64Array(capacity));
    this.endMs = grown(this.endMs, new Float64Array(capacity));
    this.firstDay = grown(this.firstDay, new Int32Array(capacity));
    this.lastDay = grown(this.lastDay, new Int32Array(capacity));
    this.minPrice = grown(this.minPrice, new Float64Array(capacity));
    this.maxPrice = grown(this.maxPrice, new Float64Array(capacity));
    this.priceBuckets = grown(this.priceBuckets, new Uint16Array(capacity));
    this.latitude = grown(this.latitude, new Float64Array(capacity));
    this.longitude = grown(this.longitude, new Float64Array(capacity));
    this.popularity = grown(this.popularity, new Float64Array(capacity));
    this.city = grown(this.city, new Int32Array(capacity));
    this.type = grown(this.type, new Int32Array(capacity));
    this.currency = grown(this.currency, new Int32Array(capacity));
    this.month = grown(this.month, new Int32Array(capacity));
  }
}

/** A day such as `2026-11-01` as a number that compares alike. */
export function dayNumber(day: string): number {
  return Number(day.replaceAll("-", ""));
}

/** Copies a column into a longer one. */
export function grown<Column extends { set(from: Column): void }>(
  from: Column,
  to: Column,
): Column {
  to.set(from);
  return to;
}

function flagsOf({ status, availableSeats, laterSeats, prices }: SearchDocument): number {
  return USED | (status === "sold_out" ? SOLD_OUT : 0) | (availableSeats > 0 ? HAS_SEATS : 0) |
    (laterSeats.length > 0 ? TIMED : 0) | (prices.length === 1 ? 0 : MANY_PRICES);
}

function bucketOf(price: number): number {
  return PRICE_BOUNDS.findLastIndex((from) => from <= price);
}
