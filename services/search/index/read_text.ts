import { type SoughtWord, soughtWords, wordsOf } from "./text.ts";

/** A query, parsed; knows nothing of any engine. */
export interface ReadText {
  /** Distinct and folded, in order. */
  words: SoughtWord[];
  /** Whether the last word may be the beginning of a longer one. */
  open: boolean;
  /** Quoted passages as folded words, which must follow each other. */
  phrases: string[][];
}

/** Maximum words of a query; further words are ignored. */
const MAX_QUERY_WORDS = 16;
/** Up to this many words, all are required; of longer queries {@link REQUIRED_SHARE}. */
const ALL_REQUIRED_UP_TO = 2;
const REQUIRED_SHARE = 0.75;
const QUOTED = /["“”]([^"“”]+)["“”]/g;
const ENDS_QUOTED = /["“”]\s*$/;

/** Parses the text of a query. */
export function readText(text: string): ReadText {
  return {
    words: distinct(soughtWords(text)).slice(0, MAX_QUERY_WORDS),
    open: !ENDS_QUOTED.test(text),
    phrases: Array.from(text.matchAll(QUOTED), ([, quoted]) => wordsOf(quoted!))
      .filter(({ length }) => length > 0)
      .map((words) => words.slice(0, MAX_QUERY_WORDS)),
  };
}

function distinct(words: readonly SoughtWord[]): SoughtWord[] {
  return [...new Map(words.toReversed().map((sought) => [sought.word, sought])).values()].reverse();
}

/** How many of `count` query words an event must have. */
export function requiredWords(count: number): number {
  return count <= ALL_REQUIRED_UP_TO ? count : Math.floor(count * REQUIRED_SHARE);
}
