import type { EventPage } from "../index/search_index.ts";
import { toFacetsBody, toSearchResult } from "./wire.ts";

const ENCODER = new TextEncoder();

/** The parts that each request has of its own. */
export interface RequestFields {
  page: number;
  limit: number;
  next_cursor?: string;
  query_time: string;
}

/** The last answer of a page, in UTF-8. */
interface SentBody {
  bytes: Uint8Array<ArrayBuffer>;
  /** What the request had of its own, in ASCII, which begins at `beginsAt`. */
  own: string;
  beginsAt: number;
}

/** Answers of pages, kept as long as the page: a remembered page is written once. */
const sent = new WeakMap<EventPage, SentBody>();

/** Whether a page was sent before, and so comes from memory. */
export function wasSent(page: EventPage): boolean {
  return sent.has(page);
}

/**
 * Writes the body of a `SearchResponse`, not to be changed. A remembered page is of one edition, in which its events are
 * shown alike at any time, so the text of its first `now` stays true.
 */
export function searchBody(
  found: EventPage,
  { fields: { query_time, ...paging }, now }: { fields: RequestFields; now: Date },
): Uint8Array<ArrayBuffer> {
  const own = JSON.stringify({ total: found.total, ...paging, query_time }).slice(1, -1);
  const last = sent.get(found);
  if (last?.own === own) return last.bytes;
  const body = last === undefined ? writtenBody(found, { own, now }) : otherBody(last, own);
  sent.set(found, body);
  return body.bytes;
}

function writtenBody(found: EventPage, { own, now }: { own: string; now: Date }): SentBody {
  const results = JSON.stringify(found.hits.map((hit) => toSearchResult(hit, now)));
  const facets = JSON.stringify(toFacetsBody(found.facets));
  const begin = ENCODER.encode(`{"results":${results},`);
  const end = ENCODER.encode(`${own},"facets":${facets},"events":${results}}`);
  return { bytes: joined(begin, end), own, beginsAt: begin.length };
}

function otherBody({ bytes, own, beginsAt }: SentBody, other: string): SentBody {
  const [begin, end] = [bytes.subarray(0, beginsAt), bytes.subarray(beginsAt + own.length)];
  return { bytes: joined(begin, ENCODER.encode(other), end), own: other, beginsAt };
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
