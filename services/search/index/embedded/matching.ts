import { distanceBetweenKm } from "../distance.ts";
import { atTime } from "../document.ts";
import { currencyOf, type EventQuery, FACETED, type Faceted, type Near } from "../search_index.ts";
import {
  type Columns,
  dayNumber,
  HAS_SEATS,
  MANY_PRICES,
  SOLD_OUT,
  TIMED,
  USED,
} from "./columns.ts";

/** Of a row that passes all filters. */
export const PASSES = 0;
/** The bits of the filters that have a facet. */
export const FACET_BITS = Object.fromEntries(
  FACETED.map((facet, bit) => [facet, 1 << bit]),
) as Record<Faceted, number>;
const { city: CITY, type: TYPE, price: PRICE, date: DATE } = FACET_BITS;
/** More than any day. */
const NEVER = 99_999_999;

/** Counts rows for facets. */
export interface RowCounter {
  /** Counts a row in the facet whose own filter is the only one that it fails, or in all if it fails none. */
  add(row: number, seen: { failed: number; isToCome: boolean }): void;
}

/** The filters of a query, other than its words. */
export class RowFilter {
  readonly #columns: Columns;
  readonly #query: EventQuery;
  readonly #nowMs: number;
  /** By code of a spelling, the bit of the filter if it fails. */
  readonly #unlikeCity: Uint8Array;
  readonly #unlikeType: Uint8Array;
  /** A code; -1 is of no row. */
  readonly #currency: number;
  readonly #isFree: boolean;
  readonly #hasDays: boolean;
  readonly #fromDay: number;
  readonly #toDay: number;
  readonly #hasPrices: boolean;
  readonly #minPrice: number;
  readonly #maxPrice: number;
  readonly #hasOthers: boolean;

  constructor(columns: Columns, query: EventQuery) {
    const { now, city, type, fromDay, toDay, minPrice, maxPrice } = query;
    this.#columns = columns;
    this.#query = query;
    this.#nowMs = now.getTime();
    this.#unlikeCity = columns.cities.unlike(city, CITY);
    this.#unlikeType = columns.types.unlike(type, TYPE);
    this.#isFree = maxPrice === 0;
    this.#hasOthers = query.status !== undefined || query.onlyAvailable ||
      query.near?.radiusKm !== undefined;
    this.#currency = columns.currencies.find(currencyOf(query));
    this.#hasDays = fromDay !== undefined || toDay !== undefined;
    this.#fromDay = fromDay === undefined ? 0 : dayNumber(fromDay);
    this.#toDay = toDay === undefined ? NEVER : dayNumber(toDay);
    this.#hasPrices = minPrice !== undefined || maxPrice !== undefined;
    this.#minPrice = minPrice ?? -Infinity;
    this.#maxPrice = maxPrice ?? Infinity;
  }

  /**
   * Goes through rows: has those counted that fail at most one of {@link FACETED} and no other filter, and writes those that
   * pass all to the beginning of `passing`. Returns how many these are.
   */
  sift(rows: Int32Array, passing: Int32Array, counter: RowCounter): number {
    // The columns in variables, as the loop is most of what a search costs.
    const { city, type, flags, startMs, endMs, firstDay, lastDay } = this.#columns;
    const [unlikeCity, unlikeType, nowMs] = [this.#unlikeCity, this.#unlikeType, this.#nowMs];
    const [hasPrices, hasOthers] = [this.#hasPrices, this.#hasOthers];
    const [hasDays, fromDay, toDay] = [this.#hasDays, this.#fromDay, this.#toDay];
    let passed = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i]!;
      let failed = unlikeCity[city[row]!]! | unlikeType[type[row]!]!;
      if (hasPrices && !this.#passesPrice(row)) failed |= PRICE;
      if (areSeveral(failed)) continue;
      const isToCome = startMs[row]! > nowMs;
      if (!(hasDays ? lastDay[row]! >= fromDay && firstDay[row]! <= toDay : isToCome)) {
        failed |= DATE;
        if (areSeveral(failed)) continue;
      }
      if ((flags[row]! & USED) === 0 || endMs[row]! <= nowMs) continue;
      if (hasOthers && !this.#passesOthers(row)) continue;
      counter.add(row, { failed, isToCome });
      if (failed === PASSES) passing[passed++] = row;
    }
    return passed;
  }

  #passesOthers(row: number): boolean {
    const { status, onlyAvailable, near } = this.#query;
    const flag = this.#columns.flags[row]!;
    if (status !== undefined || onlyAvailable) {
      const { isSoldOut, hasSeats } = (flag & TIMED) === 0
        ? { isSoldOut: (flag & SOLD_OUT) !== 0, hasSeats: (flag & HAS_SEATS) !== 0 }
        : this.#seatsOf(row);
      if (status !== undefined && isSoldOut !== (status === "sold_out")) return false;
      if (onlyAvailable && !(hasSeats && this.#columns.startMs[row]! > this.#nowMs)) return false;
    }
    return near?.radiusKm === undefined || distanceOf(this.#columns, row, near) <= near.radiusKm;
  }

  #seatsOf(row: number): { isSoldOut: boolean; hasSeats: boolean } {
    const { status, availableSeats } = atTime(this.#columns.documents[row]!, this.#query.now);
    return { isSoldOut: status === "sold_out", hasSeats: availableSeats > 0 };
  }

  #passesPrice(row: number): boolean {
    const { flags, currency, minPrice, documents } = this.#columns;
    // What is free is free in every currency.
    if (!this.#isFree && currency[row] !== this.#currency) return false;
    if ((flags[row]! & MANY_PRICES) !== 0) {
      return documents[row]!.prices.some((price) => this.#passes(price));
    }
    return this.#passes(minPrice[row]!);
  }

  #passes(price: number): boolean {
    return price >= this.#minPrice && price <= this.#maxPrice;
  }
}

/** Whether more than one bit is set. */
function areSeveral(bits: number): boolean {
  return (bits & bits - 1) !== 0;
}

/** Distance from an event to a place; NaN where the event's place is unknown. */
export function distanceOf(columns: Columns, row: number, near: Near): number {
  return distanceBetweenKm(near, { lat: columns.latitude[row]!, lon: columns.longitude[row]! });
}
