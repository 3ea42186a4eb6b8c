import { currencyOf, type EventQuery, type Sort, type SortKey } from "../search_index.ts";
import type { Columns } from "./columns.ts";
import { distanceOf } from "./matching.ts";

const DESCENDING: ReadonlySet<Sort> = new Set(["relevance", "popularity"]);

/** Compares rows; negative if the first comes before the second. */
export type CompareRows = (a: number, b: number) => number;

/** The order of a search: by a value, hits without one last; ties are broken by start, then by id. */
export class RowOrder {
  readonly #columns: Columns;
  readonly #valueOf: (row: number) => number;
  readonly #sign: number;

  /** @param scores by row; `undefined` if all are 0 */
  constructor(
    columns: Columns,
    query: EventQuery,
    { rows, scores }: { rows: Int32Array; scores: Float64Array | undefined },
  ) {
    this.#columns = columns;
    this.#valueOf = valuesOf(columns, query, { rows, scores });
    this.#sign = DESCENDING.has(query.sort) ? -1 : 1;
  }

  readonly compare: CompareRows = (a, b) => {
    const [valueA, valueB] = [this.#valueOf(a), this.#valueOf(b)];
    if (valueA !== valueB) {
      const difference = this.#compareValues(valueA, valueB);
      if (difference !== 0) return difference;
    }
    return bySoonest(this.#columns, a, b);
  };

  /** Whether a row comes after a position. */
  isAfter(row: number, { value, startMs, eventId }: SortKey): boolean {
    const { startMs: starts, documents } = this.#columns;
    const difference = this.#compareValues(this.#valueOf(row), value ?? NaN) ||
      starts[row]! - startMs || compareIds(documents[row]!.eventId, eventId);
    return difference > 0;
  }

  keyOf(row: number): SortKey {
    const value = this.#valueOf(row);
    return {
      value: Number.isNaN(value) ? null : value,
      startMs: this.#columns.startMs[row]!,
      eventId: this.#columns.documents[row]!.eventId,
    };
  }

  #compareValues(a: number, b: number): number {
    if (Number.isNaN(a) || Number.isNaN(b)) {
      return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    }
    return this.#sign * (a - b);
  }
}

/** Value of the sort by row; NaN where an event has none. */
function valuesOf(
  columns: Columns,
  query: EventQuery,
  { rows, scores }: { rows: Int32Array; scores: Float64Array | undefined },
): (row: number) => number {
  const { sort, near } = query;
  const { startMs, minPrice, currency, popularity } = columns;
  switch (sort) {
    case "relevance":
      return scores === undefined ? () => 0 : (row) => scores[row]!;
    case "date":
      return (row) => startMs[row]!;
    case "popularity":
      return (row) => popularity[row]!;
    case "price": {
      const code = columns.currencies.find(currencyOf(query));
      return (row) => currency[row] === code ? minPrice[row]! : NaN;
    }
    case "distance": {
      if (near === undefined) return () => NaN;
      const distances = new Float64Array(columns.end);
      for (const row of rows) distances[row] = distanceOf(columns, row, near);
      return (row) => distances[row]!;
    }
  }
}

/** Orders rows by start, then by id. */
export function bySoonest({ startMs, documents }: Columns, a: number, b: number): number {
  return startMs[a]! - startMs[b]! || compareIds(documents[a]!.eventId, documents[b]!.eventId);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The first `count` of the rows in an order. Changes the order of `rows`. */
export function firstRows(rows: Int32Array, count: number, compare: CompareRows): number[] {
  if (count <= 0) return [];
  if (rows.length <= count) return Array.from(rows).sort(compare);
  // A heap of the first rows, the last of them on top.
  const heap = Array.from(rows.subarray(0, count));
  for (let i = (count >> 1) - 1; i >= 0; i--) sink(heap, i, compare);
  for (let i = count; i < rows.length; i++) {
    const row = rows[i]!;
    if (compare(row, heap[0]!) >= 0) continue;
    heap[0] = row;
    sink(heap, 0, compare);
  }
  return heap.sort(compare);
}

function sink(heap: number[], from: number, compare: CompareRows): void {
  const row = heap[from]!;
  let place = from;
  for (let child = 2 * place + 1; child < heap.length; child = 2 * place + 1) {
    if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++;
    if (compare(heap[child]!, row) <= 0) break;
    heap[place] = heap[child]!;
    place = child;
  }
  heap[place] = row;
}
