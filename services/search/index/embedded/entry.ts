import { type Days, daysOf } from "@evently/shared/time_zone";
import type { SearchDocument } from "../document.ts";
import { fold } from "../text.ts";

/** An event in the index, with values that searches would otherwise compute each time. */
export interface Entry {
  document: SearchDocument;
  change: number;
  cityKey: string;
  typeKey: string;
  /** Days on which it takes place, in its own zone. */
  days: Days;
}

export function entryOf(document: SearchDocument, change: number): Entry {
  return {
    document,
    change,
    cityKey: fold(document.venueCity),
    typeKey: fold(document.eventType),
    days: daysOf(document),
  };
}
