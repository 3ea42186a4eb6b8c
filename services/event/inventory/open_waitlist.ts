import type { SeatDeps } from "./deps.ts";
import type { OpenWaitlistRequest, OpenWaitlistResult } from "./types.ts";
import { callOpenWaitlists } from "./waitlists_sql.ts";

/**
 * Lets people wait for ticket types of an event, wish by wish in their order. Free seats that a type with an open list
 * could use are set aside from then on. A wish that the public could buy now opens nothing. Safe to repeat.
 */
export async function openWaitlist(
  { seatSql, clock, search, seatNews }: SeatDeps,
  request: OpenWaitlistRequest,
): Promise<OpenWaitlistResult> {
  const { eventId } = request;
  const opened = await callOpenWaitlists(seatSql, { ...request, now: clock.now() });
  const { isOnSale, results, availableBefore, available, setAside, seq } = opened;
  if (isOnSale === null || available === null || setAside === null || seq === null) {
    return { outcome: "unknown_event" };
  }
  if (!isOnSale) return { outcome: "not_on_sale" };
  const seats = { availableSeats: available, setAside, seq };
  seatNews.tell(eventId, seats);
  if (availableBefore !== available) void search.eventChanged(eventId);
  return { outcome: "opened", results, ...seats };
}
