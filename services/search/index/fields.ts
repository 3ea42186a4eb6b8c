import type { SearchDocument } from "./document.ts";

/** The searched texts of an event, and the weight of a hit in each. */
export const FIELD_WEIGHTS = {
  name: 5,
  venueName: 2,
  venueCity: 2,
  eventType: 2,
  description: 1,
} as const;

export type Field = keyof typeof FIELD_WEIGHTS;
export type Texts = Record<Field, string>;

export const FIELDS = Object.keys(FIELD_WEIGHTS) as Field[];
/** Fields in which a misspelt word is also compared with beginnings of words; descriptions have too many. */
export const GROWING_FIELDS: Field[] = FIELDS.filter((field) => field !== "description");
/** Fields whose values are suggested. */
export const SUGGESTED_FIELDS = [
  "name",
  "venueName",
  "venueCity",
] as const satisfies readonly Field[];

/** Weight of the query's words standing side by side, by field. */
export const PHRASE_WEIGHTS = { name: 2, description: 0.5 } as const;

/** The searched texts of a document. */
export function textsOf(document: SearchDocument): Texts {
  const { name, venueName, venueCity, eventType, description = "" } = document;
  return { name, venueName, venueCity, eventType, description };
}

/** How a word was matched. Each rank is worth more than the best score of the ranks below it. */
export const RANKS = { corrected: 0, prefix: 1, whole: 2 } as const;
