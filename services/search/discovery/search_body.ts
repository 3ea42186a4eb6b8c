import type { EventPage } from "../index/search_index.ts";
import { toFacetsBody, toSearchResult } from "./wire.ts";

const ENCODER = new TextEncoder();

/** The parts of an answer's JSON that depend on the page alone, in UTF-8. */
interface PageText {
  results: Uint8Array;
  facets: Uint8Array;
}

/** The parts that each request has of its own. */
export interface RequestFields {
  page: number;
  limit: number;
  next_cursor?: string;
  query_time: string;
}

/** JSON of pages, kept as long as the page: a remembered page is written once. */
const texts = new WeakMap<EventPage, PageText>();

/** Whether a page was sent before, and so comes from memory. */
export function wasSent(page: EventPage): boolean {
  return texts.has(page);
}

/**
 * Writes the body of a `SearchResponse`. A remembered page is of one edition, in which its events are shown alike at any
 * time, so the text of its first `now` stays true.
 */
export function searchBody(
  found: EventPage,
  { fields: { query_time, ...paging }, now }: { fields: RequestFields; now: Date },
): Uint8Array<ArrayBuffer> {
  let text = texts.get(found);
  if (text === undefined) texts.set(found, text = textOf(found, now));
  const { results, facets } = text;
  const middle = JSON.stringify({ total: found.total, ...paging, query_time }).slice(1, -1);
  return joined(
    ENCODER.encode('{"results":'),
    results,
    ENCODER.encode(`,${middle},"facets":`),
    facets,
    ENCODER.encode(',"events":'),
    results,
    ENCODER.encode("}"),
  );
}

function textOf(found: EventPage, now: Date): PageText {
  const results = found.hits.map((hit) => toSearchResult(hit, now));
  return {
    results: ENCODER.encode(JSON.stringify(results)),
    facets: ENCODER.encode(JSON.stringify(toFacetsBody(found.facets))),
  };
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
