import { type AnyOrama, create, insert, remove, search } from "@orama/orama";
import { wordsOf } from "../text.ts";
import { Vocabulary } from "./vocabulary.ts";

/** The searched texts of an event and how much a hit in each counts. */
export const FIELD_WEIGHTS = {
  name: 5,
  venue_name: 2,
  venue_city: 2,
  event_type: 2,
  description: 1,
} as const;

export type Field = keyof typeof FIELD_WEIGHTS;
export type Texts = Record<Field, string>;

const FIELDS = Object.keys(FIELD_WEIGHTS) as Field[];
const SCHEMA = Object.fromEntries(FIELDS.map((field) => [field, "string"])) as Record<
  Field,
  "string"
>;

/** Ends each stored word: Orama finds by prefix only, and `rock` with this mark begins no other word. */
const WORD_END = "\n";
const TOKENIZER = {
  language: "english",
  normalizationCache: new Map<string, string>(),
  /** Called with a property for what is stored, without one for what is sought. */
  tokenize(raw: string, _language?: string, property?: string): string[] {
    return property === undefined ? [raw] : raw.split(" ").filter((word) => word !== "")
      .map((word) => word + WORD_END);
  },
};

/** The most words of a query; later ones are not looked at. */
const MAX_QUERY_WORDS = 16;
/** Queries of more words than this may miss one in four, as Elasticsearch's `2<75%`. */
const ALL_REQUIRED_UP_TO = 2;
const REQUIRED_SHARE = 0.75;

/** How a word was found. Each rank is worth more than the best score of the ranks below it. */
const RANKS = { corrected: 0, prefix: 1, whole: 2 } as const;

/** One way to read a word of the query. */
interface Alternative {
  term: string;
  rank: (typeof RANKS)[keyof typeof RANKS];
}

/** A text as it is sought: for each of its words the ways to read it. */
export type Interpretation = readonly (readonly Alternative[])[];

/**
 * Which texts have which words, and how well they fit (BM25 by Orama, weighted by field).
 *
 * Misspelt words are corrected here, from the vocabulary: Orama's own `tolerance` misses words at one edit,
 * and gives a rare misspelling more weight than the word itself.
 */
export class WordIndex {
  readonly #orama: AnyOrama = create({
    schema: SCHEMA,
    sort: { enabled: false },
    components: { tokenizer: TOKENIZER },
  });
  readonly #vocabulary = new Vocabulary();
  readonly #words = new Map<string, string[]>();

  /** Stores the texts of `id` in place of those before. Synchronous, so that nobody sees it half done. */
  put(id: string, texts: Texts): void {
    this.delete(id);
    const words = FIELDS.map((field) => wordsOf(texts[field]));
    insert(this.#orama, {
      id,
      ...Object.fromEntries(FIELDS.map((field, i) => [field, words[i]!.join(" ")])),
    });
    this.#words.set(id, words.flat());
    this.#vocabulary.add(words.flat());
  }

  delete(id: string): void {
    const words = this.#words.get(id);
    if (words === undefined) return;
    remove(this.#orama, id);
    this.#words.delete(id);
    this.#vocabulary.delete(words);
  }

  /**
   * Reads a query: each word as it stands, the last also as the beginning of one; a word that no text has
   * as the nearest that some have.
   */
  interpret(text: string): Interpretation {
    const words = [...new Set(wordsOf(text))].slice(0, MAX_QUERY_WORDS);
    return words.map((word, i) => {
      const prefix = i === words.length - 1;
      if (!this.#vocabulary.knows(word, { prefix })) {
        return this.#vocabulary.corrections(word, { prefix })
          .map((term) => ({ term: term + WORD_END, rank: RANKS.corrected }));
      }
      const whole = { term: word + WORD_END, rank: RANKS.whole };
      return prefix ? [whole, { term: word, rank: RANKS.prefix }] : [whole];
    });
  }

  /** The score of each text that has enough of the words, in `fields`; none has enough of no words. */
  async score(
    interpretation: Interpretation,
    fields: readonly Field[] = FIELDS,
  ): Promise<Map<string, number>> {
    const found = new Map<string, { score: number; words: number }>();
    for (const alternatives of interpretation) {
      for (const [id, score] of await this.#scoreWord(alternatives, fields)) {
        const before = found.get(id) ?? { score: 0, words: 0 };
        found.set(id, { score: before.score + score, words: before.words + 1 });
      }
    }
    const required = requiredWords(interpretation.length);
    return new Map(
      found.entries().filter(([, { words }]) => words >= required)
        .map(([id, { score }]) => [id, score]),
    );
  }

  async #scoreWord(
    alternatives: readonly Alternative[],
    fields: readonly Field[],
  ): Promise<Map<string, number>> {
    const scores = new Map<string, number>();
    for (const { term, rank } of alternatives) {
      const { hits } = await search(this.#orama, {
        term,
        properties: [...fields],
        boost: FIELD_WEIGHTS,
        limit: this.#words.size,
      });
      for (const { id, score } of hits) {
        const ranked = rank + score / (1 + score);
        scores.set(id, Math.max(scores.get(id) ?? 0, ranked));
      }
    }
    return scores;
  }
}

function requiredWords(count: number): number {
  return count <= ALL_REQUIRED_UP_TO ? count : Math.floor(count * REQUIRED_SHARE);
}
