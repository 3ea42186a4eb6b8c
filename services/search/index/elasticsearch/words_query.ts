import type { estypes } from "@elastic/elasticsearch";
import { type Field, FIELD_WEIGHTS, FIELDS, GROWING_FIELDS, PHRASE_WEIGHTS } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import type { WordReading } from "./readings.ts";

type Query = estypes.QueryDslQueryContainer;

/** What a whole word is worth more than a beginning, whatever the texts' own scores are. */
const WHOLE_BONUS = 10;
/** What a hit in a further field adds. */
const TIE_BREAKER = 0.2;
const SENTENCE_FIELDS = Object.keys(PHRASE_WEIGHTS) as (keyof typeof PHRASE_WEIGHTS)[];
/** Brings {@link PHRASE_WEIGHTS} to the scale of the words' scores. */
const PHRASE_SCALE = 4;

/** A word as it stands, in any of the fields. */
export function wholeWord(word: string, fields: readonly Field[] = FIELDS): Query {
  return {
    dis_max: {
      tie_breaker: TIE_BREAKER,
      queries: fields.map((field) => ({
        term: { [field]: { value: word, boost: FIELD_WEIGHTS[field] } },
      })),
    },
  };
}

/** The beginning of a word. */
export function beginning(word: string, fields: readonly Field[] = FIELDS): Query {
  return {
    dis_max: {
      queries: fields.map((field) => ({
        prefix: { [field]: { value: word, boost: FIELD_WEIGHTS[field] } },
      })),
    },
  };
}

/** A misspelt word; `growing`: also of the beginning of one. */
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
          fuzzy: { [field]: { value: word, boost: FIELD_WEIGHTS[field], ...options } },
        })),
        ...(growing ? GROWING_FIELDS.filter((field) => fields.includes(field)) : []).map((
          field,
        ) => ({
          fuzzy: { [`${field}_beginnings`]: { value: word, ...options } },
        })),
      ],
    },
  };
}

/** Finds enough of the words as they were read, and all phrases; scores them. */
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
  return { match_phrase: { [field]: { query: words.join(" "), boost } } };
}

function anyField(query: (field: Field) => Query): Query {
  return { bool: { should: FIELDS.map(query), minimum_should_match: 1 } };
}
