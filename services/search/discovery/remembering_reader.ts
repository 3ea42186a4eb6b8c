import type { Clock } from "@evently/shared/clock";
import type { EventPage, EventQuery, SearchReader } from "../index/search_index.ts";
import { fold } from "../index/text.ts";

/** How old an answer may be: far less than availability may lag behind. */
const MAX_AGE_MS = 250;
/** Answers remembered at a time; then all are forgotten. */
const MAX_ANSWERS = 500;

/** A reader that remembers pages for a moment, so that a stampede on one search is one search. */
export interface RememberingReader extends SearchReader {
  /** The index has changed: nothing of before is answered any more. */
  forgetAll(): void;
}

interface Answer {
  begunMs: number;
  /** The time for which it was asked. */
  now: Date;
  page: Promise<EventPage>;
}

export function rememberingReader(
  reader: SearchReader,
  { clock }: { clock: Clock },
): RememberingReader {
  const answers = new Map<string, Answer>();

  async function search(query: EventQuery): Promise<EventPage> {
    const key = keyOf(query);
    const known = answers.get(key);
    if (known && query.now.getTime() - known.begunMs < MAX_AGE_MS) {
      const page = await known.page;
      if (!isOutOfDate(page, { from: known.now, to: query.now })) return page;
      if (answers.get(key) === known) answers.delete(key);
      return await search(query);
    }
    if (answers.size >= MAX_ANSWERS) answers.clear();
    const begunMs = clock.now().getTime();
    const answer = { begunMs: begunMs, now: query.now, page: reader.search(query) };
    answers.set(key, answer);
    answer.page.catch(() => answers.get(key) === answer && answers.delete(key));
    return await answer.page;
  }

  return { ...reader, search, forgetAll: () => answers.clear() };
}

/** Whether one of its events has begun or ended since: what is on sale is decided by the time of the answer. */
function isOutOfDate({ hits }: EventPage, { from, to }: { from: Date; to: Date }): boolean {
  return hits.some(({ document: { start_datetime, end_datetime } }) =>
    [start_datetime, end_datetime].some((time) => time > from && time <= to)
  );
}

/** Searches that differ in case, accents and the time only are one. */
function keyOf({ now: _, text, ...rest }: EventQuery): string {
  return JSON.stringify([fold(text), rest]);
}
