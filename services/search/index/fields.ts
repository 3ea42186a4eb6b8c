import type { SearchDocument } from "./document.ts";

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

export const FIELDS = Object.keys(FIELD_WEIGHTS) as Field[];
/** Where a misspelt word is also taken for the beginning of one; descriptions have too many words for that. */
export const GROWING_FIELDS = FIELDS.filter((field) => field !== "description");
/** What is suggested while one types. */
export const SUGGESTED_FIELDS = [
  "name",
  "venue_name",
  "venue_city",
] as const satisfies readonly Field[];

/** How much the words of a query standing side by side count, by the field in which they do. */
export const PHRASE_WEIGHTS = { name: 2, description: 0.5 } as const;

export function textsOf(document: SearchDocument): Texts {
  const { name, venue_name, venue_city, event_type, description = "" } = document;
  return { name, venue_name, venue_city, event_type, description };
}

/** How a word was found. Each rank is worth more than the best score of the ranks below it. */
export const RANKS = { corrected: 0, prefix: 1, whole: 2 } as const;
