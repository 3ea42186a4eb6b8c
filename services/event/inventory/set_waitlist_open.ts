import type { WaitlistResponse } from "./wire.ts";
import { EventNotFound } from "../errors.ts";
import { callSetWaitlistOpen } from "./seats_sql.ts";
import type { SeatDeps } from "../deps.ts";

/**
 * Opens or closes an event's waitlist. While it is open every free seat is set aside and no public hold
 * succeeds; when it closes, what is set aside is the public's again. Idempotent.
 *
 * @throws {EventNotFound}
 */
export async function setWaitlistOpen(
  { seatSql, search }: Pick<SeatDeps, "seatSql" | "search">,
  { eventId, open }: { eventId: string; open: boolean },
): Promise<WaitlistResponse> {
  const { available, set_aside, seq } = await callSetWaitlistOpen(seatSql, { eventId, open });
  if (available === null || set_aside === null || seq === null) throw new EventNotFound();
  void search.eventChanged(eventId);
  return { available_seats: available, set_aside, seq };
}
