import { isOnSale } from "@evently/shared/on_sale";
import type { SearchDocument } from "./document.ts";

/** Drafts and cancelled events are never found, sold-out ones are. */
export function isListed({ status }: Pick<SearchDocument, "status">): boolean {
  return status === "published" || status === "sold_out";
}

/** Whether its tickets are on sale at a moment. What is not is found by the days on which it takes place only. */
export function isDocumentOnSale(
  { status, start_datetime }: Pick<SearchDocument, "status" | "start_datetime">,
  at: Date,
): boolean {
  return isOnSale({ status, startsAt: start_datetime }, at);
}

/** What has ended is found by nothing. */
export function hasEnded({ end_datetime }: Pick<SearchDocument, "end_datetime">, at: Date) {
  return end_datetime <= at;
}

/** How many want it: the seats that are taken, which is a sale or about to be one. */
export function popularityOf(
  { total_capacity, available_seats }: Pick<SearchDocument, "total_capacity" | "available_seats">,
): number {
  return Math.max(0, (total_capacity ?? available_seats) - available_seats);
}
