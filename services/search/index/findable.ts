import type { SearchDocument } from "../schemas/document.ts";

/** Drafts and cancelled events are never found, sold-out ones are. */
export function isListed({ status }: Pick<SearchDocument, "status">): boolean {
  return status === "published" || status === "sold_out";
}

/** Nor are those found that have ended. */
export function isFindable(document: SearchDocument, at: Date): boolean {
  return isListed(document) && document.end_datetime > at;
}

/** How many want it: the seats that are taken, which is a sale or about to be one. */
export function popularityOf(
  { total_capacity, available_seats }: Pick<SearchDocument, "total_capacity" | "available_seats">,
): number {
  return Math.max(0, (total_capacity ?? available_seats) - available_seats);
}
