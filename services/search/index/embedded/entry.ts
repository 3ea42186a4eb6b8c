import type { SearchDocument } from "../document.ts";
import type { Days } from "@evently/shared/time_zone";
import { daysOfDocument } from "../days.ts";
import { fold } from "../text.ts";

/** An event in the index, with what searches would compute again and again. */
export interface Entry {
  document: SearchDocument;
  change: number;
  cityKey: string;
  typeKey: string;
  /** On which it takes place, in its zone. */
  days: Days;
}

export function entryOf(document: SearchDocument, change: number): Entry {
  return {
    document,
    change,
    cityKey: fold(document.venue_city),
    typeKey: fold(document.event_type),
    days: daysOfDocument(document),
  };
}
