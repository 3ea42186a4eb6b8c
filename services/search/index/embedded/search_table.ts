import { currencyOf, type EventHit, type EventPage, type EventQuery } from "../search_index.ts";
import type { EventTable } from "./event_table.ts";
import { FacetCounter } from "./facets.ts";
import { distanceOf, RowFilter } from "./matching.ts";
import { firstRows, RowOrder } from "./order.ts";

/** Searches a table: words first, then filters and facets row by row, and scores of what passes all of them. */
export function searchTable(table: EventTable, query: EventQuery): EventPage {
  const { columns } = table;
  const { text, offset, limit, sort, after } = query;
  const matches = text === "" ? undefined : table.matches.of(text);
  const candidates = matches?.rows ?? table.allRows();
  const passing = table.rowsOfSearch();
  const filter = new RowFilter(columns, query);
  const counter = new FacetCounter(columns, query.facets, currencyOf(query));
  const total = filter.sift(candidates, passing, counter);
  const rows = passing.subarray(0, total);
  const scoresOfAll = sort === "relevance" ? matches?.scoresOf(rows) : undefined;
  const order = new RowOrder(columns, query, { rows, scores: scoresOfAll });
  const page = after === undefined
    ? firstRows(rows, offset + limit, order.compare).slice(offset)
    : firstRows(rows.filter((row) => order.isAfter(row, after)), limit, order.compare);
  const next = page.length === limit ? order.keyOf(page[limit - 1]!) : undefined;
  const scores = scoresOfAll ?? matches?.scoresOf(Int32Array.from(page));
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
