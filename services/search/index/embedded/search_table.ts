import { readText } from "../read_text.ts";
import { currencyOf, type EventHit, type EventPage, type EventQuery } from "../search_index.ts";
import type { EventTable } from "./event_table.ts";
import { FacetCounter } from "./facets.ts";
import { distanceOf, FAILS, PASSES, RowFilter } from "./matching.ts";
import { firstRows, RowOrder } from "./order.ts";

/** Searches a table: words first, then filters and facets row by row, and scores of what passes all of them. */
export function searchTable({ columns, words }: EventTable, query: EventQuery): EventPage {
  const { text, offset, limit, sort, after } = query;
  const read = text === "" ? undefined : words.read(readText(text));
  const candidates = read === undefined ? allRows(columns.end) : words.match(read);
  const filter = new RowFilter(columns, query);
  const counter = new FacetCounter(columns, query.facets, currencyOf(query));
  let total = 0;
  for (let i = 0; i < candidates.length; i++) {
    const row = candidates[i]!;
    const failed = filter.failures(row);
    if (failed === FAILS) continue;
    counter.add(row, failed, filter);
    if (failed === PASSES) candidates[total++] = row;
  }
  const rows = candidates.subarray(0, total);
  const scoresOf = (some: Int32Array) => read === undefined ? undefined : words.score(read, some);
  const scoresOfAll = sort === "relevance" ? scoresOf(rows) : undefined;
  const order = new RowOrder(columns, query, { rows, scores: scoresOfAll });
  const page = after === undefined
    ? firstRows(rows, offset + limit, order.compare).slice(offset)
    : firstRows(rows.filter((row) => order.isAfter(row, after)), limit, order.compare);
  const next = page.length === limit ? order.keyOf(page[limit - 1]!) : undefined;
  const scores = scoresOfAll ?? scoresOf(Int32Array.from(page));
  return {
    hits: page.map((row) => hitOf(row)),
    total,
    facets: counter.facets(),
    next,
  };

  function hitOf(row: number): EventHit {
    const distance = query.near === undefined ? NaN : distanceOf(columns, row, query.near);
    return {
      document: columns.documents[row]!,
      score: scores?.[row] ?? 0,
      distanceKm: Number.isNaN(distance) ? undefined : distance,
    };
  }
}

function allRows(end: number): Int32Array {
  const rows = new Int32Array(end);
  for (let row = 0; row < end; row++) rows[row] = row;
  return rows;
}
