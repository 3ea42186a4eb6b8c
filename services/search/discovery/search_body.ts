import { toCursor } from "./cursor.ts";
import type { AnsweredPage, AskedQuery } from "./sources.ts";
import { toFacetsBody, toSearchResult } from "./wire.ts";

const ENCODER = new TextEncoder();
const BEYOND_LATIN1 = /[^\0-\xff]/;

/** A search as a request put it. */
export interface AskedSearch {
  readonly query: AskedQuery;
  readonly page: number;
}

/** An answer as it is sent. Texts in Latin-1 are cheaper to send than bytes, other texts dearer. */
type Body = string | Uint8Array<ArrayBuffer>;

/** The last answer of a page. */
interface SentBody {
  body: Body;
  /** The request that it answered. */
  asked: AskedSearch;
  queryTime: string;
  /** What the request had of its own, in ASCII, which begins at `beginsAt`. */
  own: string;
  beginsAt: number;
}

/** Answers of pages, kept as long as the page; `undefined` of one that was sent once. */
const sent = new WeakMap<AnsweredPage, SentBody | undefined>();

/** Whether a page was sent before, and so comes from memory. */
export function wasSent(page: AnsweredPage): boolean {
  return sent.has(page);
}

/**
 * Writes the body of a `SearchResponse`, not to be changed. A remembered page is of one edition, in which its events are
 * shown alike at any time, so the text of an earlier `now` stays true. It is kept once the page comes again: most pages
 * do not, and texts of all of them would cost the process long garbage collections.
 */
export function searchBody(
  found: AnsweredPage,
  { asked, queryTime, now }: { asked: AskedSearch; queryTime: string; now: Date },
): Body {
  const last = sent.get(found);
  if (last?.asked === asked && last.queryTime === queryTime) return last.body;
  const own = ownFields(found, { asked, queryTime });
  if (last?.own === own) return last.body;
  const written = last === undefined ? writtenBody(found, { own, now }) : otherBody(last, own);
  sent.set(found, wasSent(found) ? { ...written, asked, queryTime, own } : undefined);
  return written.body;
}

/** The fields that each request has of its own, as JSON without its braces. */
function ownFields(
  found: AnsweredPage,
  { asked: { page, query }, queryTime }: { asked: AskedSearch; queryTime: string },
): string {
  const { total, next, hits, engine } = found;
  const results = (query.before?.results ?? query.offset) + hits.length;
  return JSON.stringify({
    total,
    page,
    limit: query.limit,
    ...(next === undefined ? {} : { next_cursor: toCursor(query.sort, next, { engine, results }) }),
    query_time: queryTime,
  }).slice(1, -1);
}

type WrittenBody = Pick<SentBody, "body" | "beginsAt">;

function writtenBody(
  found: AnsweredPage,
  { own, now }: { own: string; now: Date },
): WrittenBody {
  const results = JSON.stringify(found.hits.map((hit) => toSearchResult(hit, now)));
  const facets = JSON.stringify(toFacetsBody(found.facets));
  const begin = `{"results":${results},`;
  const end = `,"facets":${facets},"events":${results}}`;
  if (!BEYOND_LATIN1.test(results) && !BEYOND_LATIN1.test(facets)) {
    return { body: begin + own + end, beginsAt: begin.length };
  }
  const beginBytes = ENCODER.encode(begin);
  return {
    body: joined(beginBytes, ENCODER.encode(own + end)),
    beginsAt: beginBytes.length,
  };
}

function otherBody({ body, own, beginsAt }: SentBody, other: string): WrittenBody {
  const endsAt = beginsAt + own.length;
  return {
    body: typeof body === "string"
      ? body.slice(0, beginsAt) + other + body.slice(endsAt)
      : joined(body.subarray(0, beginsAt), ENCODER.encode(other), body.subarray(endsAt)),
    beginsAt,
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
