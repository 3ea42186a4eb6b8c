import { LRUCache } from "lru-cache";
import { readText } from "../read_text.ts";
import type { ReadQuery, WordIndex } from "./word_index.ts";

/** Texts whose matches are kept; the least recently used are dropped. */
const MAX_TEXTS = 10_000;
/** Rows of all kept matches, 12 bytes each. */
const MAX_ROWS = 1_000_000;

/** What the words of a text match, whatever a search asks beside them. */
interface Match {
  query: ReadQuery;
  rows: Int32Array;
  /** In the order of `rows`, once a second search wanted them. */
  scores?: Float64Array;
  searches: number;
}

/** Rows that match a text, and their scores. */
export interface TextMatches {
  /** Not to be changed. */
  rows: Int32Array;
  /** Scores by row, of at least these rows. The array is overwritten by the next call. */
  scoresOf(some: Int32Array): Float64Array;
}

/**
 * Matches of recent texts. People change filters, page and order of a search more often than its words, so these
 * are looked up once, until any text of the index changes.
 */
export class RememberedMatches {
  readonly #words: WordIndex;
  readonly #matches = new LRUCache<string, Match>({
    max: MAX_TEXTS,
    maxSize: MAX_ROWS,
    sizeCalculation: ({ rows }) => 1 + rows.length,
  });
  #version = -1;
  #byRow = new Float64Array(0);

  constructor(words: WordIndex) {
    this.#words = words;
  }

  of(text: string): TextMatches {
    const match = this.#find(text);
    match.searches++;
    return { rows: match.rows, scoresOf: (some) => this.#scoresOf(match, some) };
  }

  #find(text: string): Match {
    if (this.#version !== this.#words.version) this.#matches.clear();
    this.#version = this.#words.version;
    const known = this.#matches.get(text);
    if (known) return known;
    const query = this.#words.read(readText(text));
    const match = { query, rows: this.#words.match(query).slice(), searches: 0 };
    this.#matches.set(text, match);
    return match;
  }

  /** A text that is searched once is scored where it passes the filters only. */
  #scoresOf(match: Match, some: Int32Array): Float64Array {
    const { query, rows, searches } = match;
    if (searches < 2) return this.#words.score(query, some);
    const scores = match.scores ??= this.#scoresInOrder(query, rows);
    const { capacity } = this.#words;
    if (this.#byRow.length < capacity) this.#byRow = new Float64Array(capacity);
    for (let i = 0; i < rows.length; i++) this.#byRow[rows[i]!] = scores[i]!;
    return this.#byRow;
  }

  #scoresInOrder(query: ReadQuery, rows: Int32Array): Float64Array {
    const byRow = this.#words.score(query, rows);
    return Float64Array.from(rows, (row) => byRow[row]!);
  }
}
