import type { Clock } from "@evently/shared/clock";
import type { EventPage, EventQuery, SearchReader } from "./index/search_index.ts";
import { fold } from "./index/text.ts";

/** How old an answer may be: far less than availability may lag behind. */
const MAX_AGE_MS = 250;
/** Answers remembered at a time; then all are forgotten. */
const MAX_ANSWERS = 500;

/** A reader that remembers pages for a moment, so that a stampede on one search is one search. */
export interface RememberingReader extends SearchReader {
  /** The index has changed: nothing of before is answered any more. */
  forgetAll(): void;
}

export function rememberingReader(
  reader: SearchReader,
  { clock }: { clock: Clock },
): RememberingReader {
  const answers = new Map<string, { begun_ms: number; page: Promise<EventPage> }>();

  function search(query: EventQuery): Promise<EventPage> {
    const key = keyOf(query);
    const now_ms = query.now.getTime();
    const known = answers.get(key);
    if (known && now_ms - known.begun_ms < MAX_AGE_MS) return known.page;
    if (answers.size >= MAX_ANSWERS) answers.clear();
    const answer = { begun_ms: clock.now().getTime(), page: reader.search(query) };
    answers.set(key, answer);
    answer.page.catch(() => answers.get(key) === answer && answers.delete(key));
    return answer.page;
  }

  return { ...reader, search, forgetAll: () => answers.clear() };
}

/** Searches that differ in case, accents and the time only are one. */
function keyOf({ now: _, text, ...rest }: EventQuery): string {
  return JSON.stringify([fold(text), rest]);
}
