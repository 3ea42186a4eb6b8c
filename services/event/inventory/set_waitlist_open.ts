import { DomainError } from "@evently/shared/errors";
import type { SeatDeps } from "./deps.ts";
import { callSetWaitlistOpen } from "./seats_sql.ts";
import type { WaitlistResult } from "./types.ts";

/**
 * Opens or closes an event's waitlist. While it is open, every free seat is set aside and public holds are refused;
 * closing it puts these seats back on public sale. Idempotent.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`
 */
export async function setWaitlistOpen(
  { seatSql, search, seatNews }: Pick<SeatDeps, "seatSql" | "search" | "seatNews">,
  { eventId, open }: { eventId: string; open: boolean },
): Promise<WaitlistResult> {
  const { available, setAside, seq } = await callSetWaitlistOpen(seatSql, { eventId, open });
  if (available === null || setAside === null || seq === null) {
    throw new DomainError("EVENT_NOT_FOUND", "public");
  }
  const result = { availableSeats: available, setAside, seq };
  seatNews.tell(eventId, result);
  void search.eventChanged(eventId);
  return result;
}
