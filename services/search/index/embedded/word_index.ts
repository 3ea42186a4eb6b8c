import { type Field, FIELD_WEIGHTS, FIELDS, PHRASE_WEIGHTS, RANKS, type Texts } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import { indexedWords, type SoughtWord } from "../text.ts";
import { bm25, inverseFrequency } from "./bm25.ts";
import { grown } from "./columns.ts";
import { countOf, Postings, rowOf } from "./postings.ts";
import { type Term, Vocabulary } from "./vocabulary.ts";

const FIRST_CAPACITY = 1_024;
/** Score of every match where only ranks count. */
const RANKED_ALIKE = 0.5;

/** One interpretation of a query word: any of these words, all with the same rank. */
interface Alternative {
  terms: readonly Term[];
  rank: (typeof RANKS)[keyof typeof RANKS];
}

/** A query whose words were looked up. */
export interface ReadQuery {
  read: ReadText;
  /** Interpretations of each word. */
  words: readonly (readonly Alternative[])[];
}

/** Options of {@link WordIndex.match} and {@link WordIndex.score}. */
interface WordOptions {
  /** Fields to search; all by default. */
  fields?: readonly Field[];
  /** Score by the rank of the match only, not by BM25. */
  ranksOnly?: boolean;
}

const SENTENCE_FIELDS = Object.keys(PHRASE_WEIGHTS) as (keyof typeof PHRASE_WEIGHTS)[];
const NUMBER_OF = Object.fromEntries(FIELDS.map((field, number) => [field, number])) as Record<
  Field,
  number
>;

/**
 * Full-text index over rows (BM25, weighted by field). Misspelt words are corrected from the vocabulary.
 *
 * Searches use arrays of the index as scratch, so that a search allocates nothing for each row.
 */
export class WordIndex {
  readonly #vocabulary = new Vocabulary();
  /** Folded words of each field, separated and enclosed by spaces, by row. */
  readonly #texts: (Texts | undefined)[] = [];
  #count = 0;
  #version = 0;
  /** Words of each field, by row and in sum. */
  readonly #lengths = FIELDS.map(() => new Int32Array(FIRST_CAPACITY));
  readonly #totals = FIELDS.map(() => 0);

  // Scratch, by row; zero between searches.
  #matched = new Uint8Array(FIRST_CAPACITY);
  #lastWord = new Uint8Array(FIRST_CAPACITY);
  #wholes = new Uint8Array(FIRST_CAPACITY);
  #sums = new Float64Array(FIRST_CAPACITY);
  #best = new Float64Array(FIRST_CAPACITY);
  // Scratch without a state between searches.
  #scores = new Float64Array(FIRST_CAPACITY);
  #rows = new Int32Array(FIRST_CAPACITY);

  /** Another number after each change of a text. */
  get version(): number {
    return this.#version;
  }

  /** More than any row. */
  get capacity(): number {
    return this.#matched.length;
  }

  /** Replaces the texts of a row. */
  put(row: number, texts: Texts): void {
    this.delete(row);
    if (row >= this.#matched.length) this.#grow(2 * row);
    const stored: Partial<Texts> = {};
    for (const [number, field] of FIELDS.entries()) {
      const words = indexedWords(texts[field]);
      stored[field] = ` ${words.join(" ")} `;
      this.#lengths[number]![row] = words.length;
      this.#totals[number]! += words.length;
      for (const [word, count] of countsOf(words)) {
        const term = this.#vocabulary.add(word, count);
        (term.postings[number] ??= new Postings()).add(row, count);
      }
    }
    this.#texts[row] = stored as Texts;
    this.#count++;
    this.#version++;
  }

  delete(row: number): void {
    const stored = this.#texts[row];
    if (stored === undefined) return;
    this.#texts[row] = undefined;
    this.#count--;
    this.#version++;
    for (const [number, field] of FIELDS.entries()) {
      this.#totals[number]! -= this.#lengths[number]![row]!;
      for (const [word, count] of countsOf(wordsIn(stored[field]))) {
        const term = this.#vocabulary.get(word);
        term?.postings[number]?.delete(row, count);
        if (term) this.#vocabulary.delete(term, count);
      }
    }
  }

  /** Looks up the words of a query. */
  read(read: ReadText): ReadQuery {
    const { words, open } = read;
    return {
      read,
      words: words.map((sought, i) =>
        this.#interpret(sought, { prefix: open && i === words.length - 1 })
      ),
    };
  }

  /**
   * Rows that have the phrases and enough of the words; none for a query without words. The array is overwritten by the
   * next call.
   */
  match({ read, words }: ReadQuery, { fields = FIELDS }: WordOptions = {}): Int32Array {
    const numbers = fields.map((field) => NUMBER_OF[field]);
    const required = requiredWords(words.length);
    // The rarest first: rows without any of these have too few words.
    const byRarity = words.map((alternatives) => ({ alternatives, size: sizeOf(alternatives) }))
      .sort((a, b) => a.size - b.size);
    const openers = words.length - required + 1;
    const [matched, lastWord, rows] = [this.#matched, this.#lastWord, this.#rows];
    let count = 0;
    for (const [i, { alternatives }] of byRarity.entries()) {
      const mark = i + 1;
      for (const { terms } of alternatives) {
        for (const { postings } of terms) {
          for (const number of numbers) {
            const entries = postings[number]?.entries;
            if (entries === undefined) continue;
            for (let e = 0; e < entries.length; e++) {
              const row = rowOf(entries[e]!);
              if (lastWord[row] === mark) continue;
              if (matched[row] === 0) {
                if (mark > openers) continue;
                rows[count++] = row;
              }
              lastWord[row] = mark;
              matched[row]!++;
            }
          }
        }
      }
    }
    const phrases = read.phrases.map(joined);
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const row = rows[i]!;
      const isFound = matched[row]! >= required && this.#hasPhrases(row, phrases, fields);
      matched[row] = lastWord[row] = 0;
      if (isFound) rows[kept++] = row;
    }
    return rows.subarray(0, kept);
  }

  /** Scores some of the rows that {@link match} found, by row. The array is overwritten by the next call. */
  score(
    { read, words }: ReadQuery,
    rows: Int32Array,
    { fields = FIELDS, ranksOnly = false }: WordOptions = {},
  ): Float64Array {
    const numbers = fields.map((field) => NUMBER_OF[field]);
    const [scores, best, sums, wholes] = [this.#scores, this.#best, this.#sums, this.#wholes];
    const lastWhole = this.#lastWord;
    const isAsked = this.#matched;
    for (let i = 0; i < rows.length; i++) {
      scores[rows[i]!] = 0;
      isAsked[rows[i]!] = 1;
    }
    for (const [i, alternatives] of words.entries()) {
      const mark = i + 1;
      for (const { terms, rank } of alternatives) {
        for (const number of numbers) {
          for (const term of terms) this.#addScores(term, number);
        }
        for (let r = 0; r < rows.length; r++) {
          const row = rows[r]!;
          const sum = sums[row]!;
          if (sum === 0) continue;
          sums[row] = 0;
          const ranked = rank + (ranksOnly ? RANKED_ALIKE : sum / (1 + sum));
          if (ranked > best[row]!) best[row] = ranked;
          if (rank === RANKS.whole && lastWhole[row] !== mark) {
            lastWhole[row] = mark;
            wholes[row]!++;
          }
        }
      }
      for (let r = 0; r < rows.length; r++) {
        const row = rows[r]!;
        scores[row]! += best[row]!;
        best[row] = 0;
      }
    }
    const sideBySide = words.length < 2 || ranksOnly
      ? undefined
      : joined(read.words.map(({ word }) => word));
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r]!;
      if (sideBySide !== undefined && wholes[row] === words.length) {
        scores[row]! += this.#phraseScore(row, sideBySide);
      }
      isAsked[row] = lastWhole[row] = wholes[row] = 0;
    }
    return scores;
  }

  /** Adds the scores of a word in a field to `#sums`, of the rows that are asked for. */
  #addScores({ postings }: Term, number: number): void {
    const found = postings[number];
    if (found === undefined) return;
    const { entries, occurrences } = found;
    const weight = FIELD_WEIGHTS[FIELDS[number]!];
    const rarity = inverseFrequency(occurrences, this.#count);
    const meanLength = this.#totals[number]! / this.#count;
    const lengths = this.#lengths[number]!;
    const [sums, isAsked] = [this.#sums, this.#matched];
    for (let e = 0; e < entries.length; e++) {
      const entry = entries[e]!;
      const row = rowOf(entry);
      if (isAsked[row] === 0) continue;
      sums[row]! += weight * bm25(countOf(entry), lengths[row]!, meanLength, rarity);
    }
  }

  /** The word itself, and as a `prefix` also longer words; a word that no text has is replaced by the nearest ones. */
  #interpret({ word, wholes }: SoughtWord, { prefix }: { prefix: boolean }): Alternative[] {
    const vocabulary = this.#vocabulary;
    const known = wholes.map((whole) => vocabulary.get(whole))
      .filter((term) => term !== undefined);
    const self = vocabulary.get(word);
    const longer = prefix ? vocabulary.beginningWith(word).filter((term) => term !== self) : [];
    if (known.length === 0 && self === undefined && longer.length === 0) {
      return vocabulary.corrections(word, { prefix })
        .map((term) => ({ terms: [term], rank: RANKS.corrected }));
    }
    return [
      ...(self ? [self] : []).concat(known).map((term) => ({ terms: [term], rank: RANKS.whole })),
      ...(longer.length > 0 ? [{ terms: longer, rank: RANKS.prefix }] : []),
    ];
  }

  #hasPhrases(row: number, phrases: readonly string[], fields: readonly Field[]): boolean {
    if (phrases.length === 0) return true;
    const texts = this.#texts[row]!;
    return phrases.every((phrase) => fields.some((field) => texts[field].includes(phrase)));
  }

  /** Score of the words standing side by side. */
  #phraseScore(row: number, sideBySide: string): number {
    const texts = this.#texts[row]!;
    return SENTENCE_FIELDS.filter((field) => texts[field].includes(sideBySide))
      .reduce((sum, field) => sum + PHRASE_WEIGHTS[field], 0);
  }

  #grow(capacity: number): void {
    for (const [number, lengths] of this.#lengths.entries()) {
      this.#lengths[number] = grown(lengths, new Int32Array(capacity));
    }
    this.#matched = new Uint8Array(capacity);
    this.#lastWord = new Uint8Array(capacity);
    this.#wholes = new Uint8Array(capacity);
    this.#sums = new Float64Array(capacity);
    this.#best = new Float64Array(capacity);
    this.#scores = new Float64Array(capacity);
    this.#rows = new Int32Array(capacity);
  }
}

function sizeOf(alternatives: readonly Alternative[]): number {
  let size = 0;
  for (const { terms } of alternatives) {
    for (const { postings } of terms) {
      for (const found of postings) size += found?.entries.length ?? 0;
    }
  }
  return size;
}

function countsOf(words: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function wordsIn(text: string): string[] {
  return text.split(" ").filter((word) => word !== "");
}

function joined(phrase: readonly string[]): string {
  return ` ${phrase.join(" ")} `;
}
