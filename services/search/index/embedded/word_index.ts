import { type AnyOrama, create, insert, remove, search } from "@orama/orama";
import { type Field, FIELD_WEIGHTS, FIELDS, PHRASE_WEIGHTS, RANKS, type Texts } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import { indexedWords, type SoughtWord } from "../text.ts";
import { Vocabulary } from "./vocabulary.ts";

const SCHEMA = Object.fromEntries(FIELDS.map((field) => [field, "string"])) as Record<
  Field,
  "string"
>;

/** Ends each stored word. Orama matches prefixes only; with this mark, `rock` is a prefix of no other word. */
const WORD_END = "\n";
const TOKENIZER = {
  language: "english",
  normalizationCache: new Map<string, string>(),
  /** Called with a property for stored texts, without one for query terms. */
  tokenize(raw: string, _language?: string, property?: string): string[] {
    return property === undefined ? [raw] : raw.split(" ").filter((word) => word !== "")
      .map((word) => word + WORD_END);
  },
};

/** Score of every match where only ranks count. */
const RANKED_ALIKE = 0.5;

/** One interpretation of a query word. */
interface Alternative {
  term: string;
  rank: (typeof RANKS)[keyof typeof RANKS];
}

/** Options of {@link WordIndex.score}. */
interface ScoreOptions {
  /** Fields to search; all by default. */
  fields?: readonly Field[];
  /** Score by the rank of the match only, not by BM25. */
  ranksOnly?: boolean;
}

const SENTENCE_FIELDS = Object.keys(PHRASE_WEIGHTS) as (keyof typeof PHRASE_WEIGHTS)[];

/**
 * Full-text index (BM25 by Orama, weighted by field).
 *
 * Misspelt words are corrected from the vocabulary. Orama's own `tolerance` misses words at one edit, and weighs a
 * rare misspelling higher than the word itself.
 */
export class WordIndex {
  readonly #orama: AnyOrama = create({
    schema: SCHEMA,
    sort: { enabled: false },
    components: { tokenizer: TOKENIZER },
  });
  readonly #vocabulary = new Vocabulary();
  /** Folded words of each field, separated and enclosed by spaces. */
  readonly #texts = new Map<string, Texts>();

  /** Replaces the texts of `id`. Synchronous, so that no search sees a partial update. */
  put(id: string, texts: Texts): void {
    this.delete(id);
    const words = FIELDS.map((field) =>
      [field, ` ${indexedWords(texts[field]).join(" ")} `] as const
    );
    const stored = Object.fromEntries(words) as Texts;
    insert(this.#orama, { id, ...stored });
    this.#texts.set(id, stored);
    this.#vocabulary.add(wordsIn(stored));
  }

  delete(id: string): void {
    const stored = this.#texts.get(id);
    if (stored === undefined) return;
    remove(this.#orama, id);
    this.#texts.delete(id);
    this.#vocabulary.delete(wordsIn(stored));
  }

  /** Scores of the texts that have the phrases and enough of the words; empty for a query without words. */
  async score(
    { words, open, phrases }: ReadText,
    { fields = FIELDS, ranksOnly = false }: ScoreOptions = {},
  ): Promise<Map<string, number>> {
    const found = new Map<string, { score: number; words: number }>();
    for (const [i, sought] of words.entries()) {
      const alternatives = this.#interpret(sought, { prefix: open && i === words.length - 1 });
      for (const [id, score] of await this.#scoreWord(alternatives, { fields, ranksOnly })) {
        const before = found.get(id) ?? { score: 0, words: 0 };
        found.set(id, { score: before.score + score, words: before.words + 1 });
      }
    }
    const required = requiredWords(words.length);
    const scores = new Map<string, number>();
    for (const [id, { score, words: matched }] of found) {
      const texts = this.#texts.get(id);
      if (matched < required || !texts) continue;
      if (
        phrases.some((phrase) => !fields.some((field) => texts[field].includes(joined(phrase))))
      ) {
        continue;
      }
      scores.set(id, ranksOnly ? score : score + phraseScore(texts, words.map(({ word }) => word)));
    }
    return scores;
  }

  /** The word itself, and as a `prefix` also longer words; a word that no text has is replaced by the nearest ones. */
  #interpret({ word, wholes }: SoughtWord, { prefix }: { prefix: boolean }): Alternative[] {
    const known = wholes.filter((whole) => this.#vocabulary.knows(whole, { prefix: false }))
      .map((whole) => ({ term: whole + WORD_END, rank: RANKS.whole }));
    if (known.length === 0 && !this.#vocabulary.knows(word, { prefix })) {
      return this.#vocabulary.corrections(word, { prefix })
        .map((term) => ({ term: term + WORD_END, rank: RANKS.corrected }));
    }
    const whole = { term: word + WORD_END, rank: RANKS.whole };
    return [whole, ...known, ...(prefix ? [{ term: word, rank: RANKS.prefix }] : [])];
  }

  async #scoreWord(
    alternatives: readonly Alternative[],
    { fields, ranksOnly }: Required<ScoreOptions>,
  ): Promise<Map<string, number>> {
    const scores = new Map<string, number>();
    for (const { term, rank } of alternatives) {
      const { hits } = await search(this.#orama, {
        term,
        properties: [...fields],
        boost: FIELD_WEIGHTS,
        limit: this.#texts.size,
      });
      for (const { id, score } of hits) {
        const ranked = rank + (ranksOnly ? RANKED_ALIKE : score / (1 + score));
        scores.set(id, Math.max(scores.get(id) ?? 0, ranked));
      }
    }
    return scores;
  }
}

function wordsIn(texts: Texts): string[] {
  return FIELDS.flatMap((field) => texts[field].split(" ").filter((word) => word !== ""));
}

function joined(phrase: readonly string[]): string {
  return ` ${phrase.join(" ")} `;
}

/** Score of the words standing side by side. */
function phraseScore(texts: Texts, words: readonly string[]): number {
  if (words.length < 2) return 0;
  return SENTENCE_FIELDS.filter((field) => texts[field].includes(joined(words)))
    .reduce((sum, field) => sum + PHRASE_WEIGHTS[field], 0);
}
