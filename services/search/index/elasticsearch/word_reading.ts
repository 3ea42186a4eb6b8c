import type { ReadText } from "../read_text.ts";

/** How a query word is interpreted: as typed, or as the nearest words that some event has. */
export interface WordReading {
  word: string;
  edits: 0 | 1 | 2;
  /** Whether it may be the beginning of a word. */
  growing: boolean;
  /** Unsplit words that stand for this word and its neighbours together. */
  wholes: readonly string[];
}

/** The words of a query as typed. */
export function literally({ words, open }: ReadText): WordReading[] {
  return words.map(({ word, wholes }, i) => ({
    word,
    edits: 0,
    growing: open && i === words.length - 1,
    wholes,
  }));
}
