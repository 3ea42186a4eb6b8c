import type { SearchDocument } from "../../schemas/document.ts";
import { fold } from "../text.ts";

/** An event in the index, with what searches would compute again and again. */
export interface Entry {
  document: SearchDocument;
  change: number;
  cityKey: string;
  typeKey: string;
  /** Such as `2026-11`, in UTC. */
  month: string;
}

const MONTH_CHARS = 7;

export function entryOf(document: SearchDocument, change: number): Entry {
  return {
    document,
    change,
    cityKey: fold(document.venue_city),
    typeKey: fold(document.event_type),
    month: document.start_datetime.toISOString().slice(0, MONTH_CHARS),
  };
}
