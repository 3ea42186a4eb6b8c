import type { SeatDeps } from "./deps.ts";
import type { CloseWaitlistRequest, CloseWaitlistResult } from "./types.ts";
import { callCloseWaitlists } from "./waitlists_sql.ts";

/**
 * Closes the lists of ticket types of an event, unless somebody began to wait for one since its generation was read.
 * What was set aside for them alone is on public sale again. Idempotent.
 */
export async function closeWaitlist(
  { seatSql, search, seatNews }: Pick<SeatDeps, "seatSql" | "search" | "seatNews">,
  request: CloseWaitlistRequest,
): Promise<CloseWaitlistResult> {
  const { eventId } = request;
  const closing = await callCloseWaitlists(seatSql, request);
  const { closed, availableBefore, available, setAside, seq } = closing;
  const seats = { availableSeats: available, setAside, seq };
  seatNews.tell(eventId, seats);
  if (availableBefore !== available) void search.eventChanged(eventId);
  return { closed, ...seats };
}
