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

/** What {@link RowFilter.failures} returns of a row that passes all filters. */
export const PASSES = 0;
/** What it returns of a row that fails a filter without a facet. */
export const FAILS = 1 << FACETED.length;
/** The bits of the filters that have a facet. */
export const FACET_BITS = Object.fromEntries(
  FACETED.map((facet, bit) => [facet, 1 << bit]),
) as Record<Faceted, number>;
const { city: CITY, type: TYPE, price: PRICE, date: DATE } = FACET_BITS;
/** More than any day. */
const NEVER = 99_999_999;

/** The filters of a query, other than its words. */
export class RowFilter {
  readonly #columns: Columns;
  readonly #query: EventQuery;
  readonly #nowMs: number;
  /** Codes; -1 is of no row. */
  readonly #city: number;
  readonly #type: number;
  readonly #currency: number;
  readonly #hasDays: boolean;
  readonly #fromDay: number;
  readonly #toDay: number;
  readonly #hasPrices: boolean;
  readonly #minPrice: number;
  readonly #maxPrice: number;

  constructor(columns: Columns, query: EventQuery) {
    const { now, city, type, fromDay, toDay, minPrice, maxPrice } = query;
    this.#columns = columns;
    this.#query = query;
    this.#nowMs = now.getTime();
    this.#city = city === undefined ? -1 : columns.cities.findKey(city);
    this.#type = type === undefined ? -1 : columns.types.findKey(type);
    this.#currency = columns.currencies.find(currencyOf(query));
    this.#hasDays = fromDay !== undefined || toDay !== undefined;
    this.#fromDay = fromDay === undefined ? 0 : dayNumber(fromDay);
    this.#toDay = toDay === undefined ? NEVER : dayNumber(toDay);
    this.#hasPrices = minPrice !== undefined || maxPrice !== undefined;
    this.#minPrice = minPrice ?? -Infinity;
    this.#maxPrice = maxPrice ?? Infinity;
  }

  /** {@link PASSES}, {@link FAILS}, or a bit for each of {@link FACETED} whose filter the row fails. */
  failures(row: number): number {
    if (!this.#passesOthers(row)) return FAILS;
    const { cities, types, city, type } = this.#columns;
    const query = this.#query;
    let failed = PASSES;
    if (query.city !== undefined && cities.keyOf(city[row]!) !== this.#city) failed |= CITY;
    if (query.type !== undefined && types.keyOf(type[row]!) !== this.#type) failed |= TYPE;
    if (this.#hasPrices && !this.#passesPrice(row)) failed |= PRICE;
    if (!(this.#hasDays ? this.#passesDays(row) : this.isToCome(row))) failed |= DATE;
    return failed;
  }

  /** Whether the event has not begun. */
  isToCome(row: number): boolean {
    return this.#columns.startMs[row]! > this.#nowMs;
  }

  #passesOthers(row: number): boolean {
    const { flags, endMs } = this.#columns;
    const { status, onlyAvailable, near } = this.#query;
    const flag = flags[row]!;
    if ((flag & USED) === 0 || endMs[row]! <= this.#nowMs) return false;
    if (status !== undefined || onlyAvailable) {
      const { isSoldOut, hasSeats } = (flag & TIMED) === 0
        ? { isSoldOut: (flag & SOLD_OUT) !== 0, hasSeats: (flag & HAS_SEATS) !== 0 }
        : this.#seatsOf(row);
      if (status !== undefined && isSoldOut !== (status === "sold_out")) return false;
      if (onlyAvailable && !(hasSeats && this.isToCome(row))) return false;
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
    if (this.#query.maxPrice !== 0 && currency[row] !== this.#currency) return false;
    if ((flags[row]! & MANY_PRICES) !== 0) {
      return documents[row]!.prices.some((price) => this.#passes(price));
    }
    return this.#passes(minPrice[row]!);
  }

  #passes(price: number): boolean {
    return price >= this.#minPrice && price <= this.#maxPrice;
  }

  #passesDays(row: number): boolean {
    const { firstDay, lastDay } = this.#columns;
    return lastDay[row]! >= this.#fromDay && firstDay[row]! <= this.#toDay;
  }
}

/** Distance from an event to a place; NaN where the event's place is unknown. */
export function distanceOf(columns: Columns, row: number, near: Near): number {
  return distanceBetweenKm(near, { lat: columns.latitude[row]!, lon: columns.longitude[row]! });
}
