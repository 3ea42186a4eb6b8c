import type { estypes } from "@elastic/elasticsearch";
import { type Field, RANKS } from "../fields.ts";
import { type ReadText, requiredWords } from "../read_text.ts";
import { keyField, type SuggestedField } from "./stored_event.ts";
import type { WordReading } from "./word_reading.ts";
import { toComeFilters } from "./search_request.ts";
import { beginning, misspelt, wholeWord } from "./words_query.ts";

type Query = estypes.QueryDslQueryContainer;

/** Added to every rank, so that the lowest one counts as well. */
const RANK_BASE = 1;

/** Builds a search for distinct values of `field` that match, ordered by rank, popularity and start. */
export function suggestRequest(
  field: SuggestedField,
  { text, readings, limit, now }: {
    text: ReadText;
    readings: readonly WordReading[];
    limit: number;
    now: Date;
  },
): estypes.SearchRequest {
  return {
    query: {
      bool: {
        must: [{
          bool: {
            should: readings.map((reading) => rankedWord(field, reading)),
            minimum_should_match: requiredWords(text.words.length),
          },
        }],
        filter: toComeFilters(now),
      },
    },
    collapse: { field: keyField(field) },
    sort: [
      { _score: { order: "desc" } },
      { popularity: { order: "desc" } },
      { start: { order: "asc" } },
      { event_id: { order: "asc" } },
    ],
    size: limit,
    _source: ["document"],
    track_total_hits: false,
  };
}

function rankedWord(field: Field, { word, edits, growing, wholes }: WordReading): Query {
  const fields = [field];
  if (edits > 0) return ranked("corrected", misspelt(word, { edits, growing, fields }));
  const queries = [word, ...wholes].map((whole) => ranked("whole", wholeWord(whole, fields)));
  if (growing) queries.push(ranked("prefix", beginning(word, fields)));
  return queries.length === 1 ? queries[0]! : { dis_max: { queries } };
}

function ranked(rank: keyof typeof RANKS, filter: Query): Query {
  return { constant_score: { filter, boost: RANK_BASE + RANKS[rank] } };
}
