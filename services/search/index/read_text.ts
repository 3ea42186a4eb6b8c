import { type SoughtWord, soughtWords, wordsOf } from "./text.ts";

/** What is searched for, without any syntax of an engine. */
export interface ReadText {
  /** Distinct, folded, in their order. */
  words: SoughtWord[];
  /** Whether the last word may still be growing. */
  open: boolean;
  /** What stood in quotation marks, as folded words: these must follow each other. */
  phrases: string[][];
}

/** The most words of a query; later ones are not looked at. */
const MAX_QUERY_WORDS = 16;
/** Queries of more words than this may miss one in four. */
const ALL_REQUIRED_UP_TO = 2;
const REQUIRED_SHARE = 0.75;
const QUOTED = /["“”]([^"“”]+)["“”]/g;
const ENDS_QUOTED = /["“”]\s*$/;

/** Reads the text of a search. */
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

/** How many of so many words an event must have. */
export function requiredWords(count: number): number {
  return count <= ALL_REQUIRED_UP_TO ? count : Math.floor(count * REQUIRED_SHARE);
}
