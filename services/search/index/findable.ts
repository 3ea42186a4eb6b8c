import type { SearchDocument } from "../schemas/document.ts";

/** Drafts, cancelled events and those that have ended are never found; sold-out ones are. */
export function isFindable(document: SearchDocument, at: Date): boolean {
  const listed = document.status === "published" || document.status === "sold_out";
  return listed && document.end_datetime > at;
}
