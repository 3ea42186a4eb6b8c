import type { estypes } from "@elastic/elasticsearch";
import { type Field, FIELD_WEIGHTS, FIELDS, GROWING_FIELDS, PHRASE_WEIGHTS } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import { ALL_WORDS, beginningsField, STORED_FIELDS } from "./stored_event.ts";
import type { TextQueries } from "./search_request.ts";
import type { WordReading } from "./word_reading.ts";

type Query = estypes.QueryDslQueryContainer;

/** Bonus of a whole word over a beginning; larger than any score of the texts. */
const WHOLE_BONUS = 10;
/** Share of the score that further matching fields add. */
const TIE_BREAKER = 0.2;
const SENTENCE_FIELDS = Object.keys(PHRASE_WEIGHTS) as (keyof typeof PHRASE_WEIGHTS)[];
/** Scales {@link PHRASE_WEIGHTS} to the scores of words. */
const PHRASE_SCALE = 4;

/** Where a word is looked up, and the weight of a hit: fewer fields than events have, as each costs every search. */
type Weights = Readonly<Record<string, number>>;

const EVERYWHERE: Weights = { name: FIELD_WEIGHTS.name, [ALL_WORDS]: FIELD_WEIGHTS.venueName };
const UNSCORED: Weights = { [ALL_WORDS]: 1 };

function weightsOf(fields: readonly Field[]): Weights {
  return Object.fromEntries(fields.map((field) => [STORED_FIELDS[field], FIELD_WEIGHTS[field]]));
}

/** Matches a word; by default in any field. */
export function wholeWord(word: string, fields?: readonly Field[]): Query {
  return whole(word, fields ? weightsOf(fields) : EVERYWHERE);
}

/** Matches words that begin with `word`; by default in any field. */
export function beginning(word: string, fields?: readonly Field[]): Query {
  return prefix(word, fields ? weightsOf(fields) : EVERYWHERE);
}

function whole(word: string, weights: Weights): Query {
  return anyOf(
    Object.entries(weights).map(([field, boost]) => ({
      term: { [field]: { value: word, boost } },
    })),
    { tie_breaker: TIE_BREAKER },
  );
}

function prefix(word: string, weights: Weights): Query {
  return anyOf(
    Object.entries(weights).map(([field, boost]) => ({
      prefix: { [field]: { value: word, boost } },
    })),
  );
}

/** The best of the queries. */
function anyOf(queries: Query[], options: { tie_breaker?: number } = {}): Query {
  return queries.length === 1 ? queries[0]! : { dis_max: { queries, ...options } };
}

/** Matches words within `edits` of a misspelt one; if `growing`, also beginnings of words. */
export function misspelt(
  word: string,
  { edits, growing, fields = FIELDS }: {
    edits: number;
    growing: boolean;
    fields?: readonly Field[];
  },
): Query {
  const options = { fuzziness: edits, prefix_length: 0, transpositions: true };
  return {
    dis_max: {
      tie_breaker: TIE_BREAKER,
      queries: [
        ...fields.map((field) => ({
          fuzzy: {
            [STORED_FIELDS[field]]: { value: word, boost: FIELD_WEIGHTS[field], ...options },
          },
        })),
        ...(growing ? GROWING_FIELDS.filter((field) => fields.includes(field)) : []).map((
          field,
        ) => ({
          fuzzy: { [beginningsField(field)]: { value: word, ...options } },
        })),
      ],
    },
  };
}

/** The queries of a text: which events have all phrases and enough of the words, and how well each has them. */
export function textQueries(
  { words, phrases }: ReadText,
  readings: readonly WordReading[],
): TextQueries {
  if (words.length === 0) return { matching: { match_none: {} }, scoring: [] };
  return {
    matching: {
      bool: {
        should: readings.map(matchWord),
        minimum_should_match: requiredWords(words.length),
        filter: phrases.map((phrase) => anyField((field) => inSequence(field, phrase))),
      },
    },
    scoring: [
      ...readings.map(readWord),
      ...(words.length < 2
        ? []
        : SENTENCE_FIELDS.map((field) =>
          inSequence(field, words.map(({ word }) => word), PHRASE_WEIGHTS[field] * PHRASE_SCALE)
        )),
    ],
  };
}

/** Matches a word as it was read, and scores nothing of use. */
export function matchWord({ word, edits, growing, wholes }: WordReading): Query {
  if (edits > 0) return misspelt(word, { edits, growing });
  const queries = [word, ...wholes].map((form) => whole(form, UNSCORED));
  if (growing) queries.push(prefix(word, UNSCORED));
  return anyOf(queries);
}

/** Scores a word as it was read. */
function readWord({ word, edits, growing, wholes }: WordReading): Query {
  if (edits > 0) return misspelt(word, { edits, growing });
  const queries = [word, ...wholes].map((form): Query => ({
    bool: { must: [wholeWord(form)], should: [{ match_all: { boost: WHOLE_BONUS } }] },
  }));
  if (growing) queries.push(beginning(word));
  return anyOf(queries);
}

function inSequence(field: Field, words: readonly string[], boost = 1): Query {
  return { match_phrase: { [STORED_FIELDS[field]]: { query: words.join(" "), boost } } };
}

function anyField(query: (field: Field) => Query): Query {
  return { bool: { should: FIELDS.map(query), minimum_should_match: 1 } };
}
