/** What decides whether an event is on sale. */
export interface Sellable {
  status: string;
  startsAt: Date;
}

/**
 * Whether an event's tickets are on sale at a moment: it is published, and has not begun. A sold-out event is on sale,
 * it only has no seat left. `hold_seats` decides the same in SQL (migrations/events_db/0005).
 *
 * Time passes while events are cached and indexed, so ask this with the time of the answer and never store it.
 */
export function isOnSale({ status, startsAt }: Sellable, at: Date): boolean {
  return (status === "published" || status === "sold_out") && startsAt > at;
}
