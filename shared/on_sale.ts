/** The properties that decide whether an event is on sale. */
export interface Sellable {
  status: string;
  startsAt: Date;
}

/**
 * Returns whether an event's tickets are on sale: it is published and has not begun. A sold-out event is on sale without
 * seats. `hold_seats` decides the same in SQL (migrations/events_db/0005). Never store the result: it depends on the time
 * of the answer.
 */
export function isOnSale({ status, startsAt }: Sellable, at: Date): boolean {
  return (status === "published" || status === "sold_out") && startsAt > at;
}
