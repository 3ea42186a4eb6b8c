import type { estypes } from "@elastic/elasticsearch";
import { type Field, FIELD_WEIGHTS, FIELDS, GROWING_FIELDS, PHRASE_WEIGHTS } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import { beginningsField, STORED_FIELDS } from "./stored_event.ts";
import type { WordReading } from "./word_reading.ts";

type Query = estypes.QueryDslQueryContainer;

/** Bonus of a whole word over a beginning; larger than any score of the texts. */
const WHOLE_BONUS = 10;
/** Share of the score that further matching fields add. */
const TIE_BREAKER = 0.2;
const SENTENCE_FIELDS = Object.keys(PHRASE_WEIGHTS) as (keyof typeof PHRASE_WEIGHTS)[];
/** Scales {@link PHRASE_WEIGHTS} to the scores of words. */
const PHRASE_SCALE = 4;

/** Matches a word in any of the fields. */
export function wholeWord(word: string, fields: readonly Field[] = FIELDS): Query {
  return {
    dis_max: {
      tie_breaker: TIE_BREAKER,
      queries: fields.map((field) => ({
        term: { [STORED_FIELDS[field]]: { value: word, boost: FIELD_WEIGHTS[field] } },
      })),
    },
  };
}

/** Matches words that begin with `word`. */
export function beginning(word: string, fields: readonly Field[] = FIELDS): Query {
  return {
    dis_max: {
      queries: fields.map((field) => ({
        prefix: { [STORED_FIELDS[field]]: { value: word, boost: FIELD_WEIGHTS[field] } },
      })),
    },
  };
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

/** Matches and scores events that have all phrases and enough of the words. */
export function wordsQuery({ words, phrases }: ReadText, readings: readonly WordReading[]): Query {
  if (words.length === 0) return { match_none: {} };
  return {
    bool: {
      must: [{
        bool: {
          should: readings.map(readWord),
          minimum_should_match: requiredWords(words.length),
        },
      }],
      filter: phrases.map((phrase) => anyField((field) => inSequence(field, phrase))),
      should: words.length < 2
        ? []
        : SENTENCE_FIELDS.map((field) =>
          inSequence(field, words.map(({ word }) => word), PHRASE_WEIGHTS[field] * PHRASE_SCALE)
        ),
    },
  };
}

function readWord({ word, edits, growing, wholes }: WordReading): Query {
  if (edits > 0) return misspelt(word, { edits, growing });
  const queries = [word, ...wholes].map((whole): Query => ({
    bool: { must: [wholeWord(whole)], should: [{ match_all: { boost: WHOLE_BONUS } }] },
  }));
  if (growing) queries.push(beginning(word));
  return queries.length === 1 ? queries[0]! : { dis_max: { queries } };
}

function inSequence(field: Field, words: readonly string[], boost = 1): Query {
  return { match_phrase: { [STORED_FIELDS[field]]: { query: words.join(" "), boost } } };
}

function anyField(query: (field: Field) => Query): Query {
  return { bool: { should: FIELDS.map(query), minimum_should_match: 1 } };
}
