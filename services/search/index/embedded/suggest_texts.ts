import { SUGGESTED_FIELDS } from "../fields.ts";
import { readText } from "../read_text.ts";
import type { SuggestQuery } from "../search_index.ts";
import { fold } from "../text.ts";
import { USED } from "./columns.ts";
import type { EventTable } from "./event_table.ts";
import { bySoonest, firstRows } from "./order.ts";

/** Candidates that are put in order for each text asked for; more only if too many of them are alike. */
const CANDIDATES_PER_TEXT = 4;

interface Candidate {
  value: string;
  score: number;
  row: number;
  /** Number of the field. */
  field: number;
}

/** Distinct names, venues and cities that complete a text, best first. */
export function suggestTexts(table: EventTable, { text, limit, now }: SuggestQuery): string[] {
  const { columns } = table;
  const candidates = candidatesOf(table, text, now.getTime());

  function compare(a: number, b: number): number {
    const [first, second] = [candidates[a]!, candidates[b]!];
    return second.score - first.score ||
      columns.popularity[second.row]! - columns.popularity[first.row]! ||
      bySoonest(columns, first.row, second.row) || first.field - second.field;
  }

  const numbers = Int32Array.from(candidates.keys());
  for (let count = limit * CANDIDATES_PER_TEXT;; count *= CANDIDATES_PER_TEXT) {
    const distinct = new Map<string, string>();
    for (const number of firstRows(numbers, count, compare)) {
      const { value } = candidates[number]!;
      if (!distinct.has(fold(value))) distinct.set(fold(value), value);
    }
    if (distinct.size >= limit || count >= candidates.length) {
      return [...distinct.values()].slice(0, limit);
    }
  }
}

/** The best event on sale for each spelling in each field. */
function candidatesOf({ columns, words }: EventTable, text: string, nowMs: number): Candidate[] {
  const { flags, startMs, popularity, documents } = columns;
  const read = words.read(readText(text));
  const candidates: Candidate[] = [];
  for (const [field, name] of SUGGESTED_FIELDS.entries()) {
    const options = { fields: [name], ranksOnly: true };
    const rows = words.match(read, options)
      .filter((row) => (flags[row]! & USED) !== 0 && startMs[row]! > nowMs);
    const scores = words.score(read, rows, options);
    const best = new Map<string, Candidate>();
    for (const row of rows) {
      const value = documents[row]![name];
      const score = scores[row]!;
      const known = best.get(value);
      if (known === undefined) best.set(value, { value, score, row, field });
      else if (
        (score - known.score || popularity[row]! - popularity[known.row]! ||
          bySoonest(columns, known.row, row)) > 0
      ) Object.assign(known, { score, row });
    }
    candidates.push(...best.values());
  }
  return candidates;
}
