import { DomainError } from "@evently/shared/errors";
import { cancelBooking, type CancelDeps } from "../orders/cancel_booking.ts";
import { type LeaveDeps, leaveWaitlist } from "../waitlist/leave_waitlist.ts";
import type { OpenBooking, PeopleReads } from "./people_sql.ts";

export interface ForgetDeps extends Omit<CancelDeps, "nudge">, Omit<LeaveDeps, "nudge"> {
  people: Pick<PeopleReads, "listOpen" | "listWaitedFor">;
  nudge: CancelDeps["nudge"] & LeaveDeps["nudge"];
}

/** What was ended, and what must be tried again. */
export interface Forgotten {
  ended: number;
  remaining: number;
}

/** Bookings of one read. */
const PAGE = 100;
/** The most that one call ends, so that it is answered in time. */
const MAX_ENDED = 25;

/**
 * Ends all that a user has open: leaves waitlists, lets holds go, and cancels what was paid, by the terms of its sale.
 * Tickets of events that have ended stay, as payments do. Calling it again is harmless; a call that ends much says that
 * something remains.
 */
export async function forgetPerson(
  deps: ForgetDeps,
  { userId }: { userId: string },
): Promise<Forgotten> {
  const all: Forgotten = { ended: 0, remaining: 0 };
  for (const eventId of await deps.people.listWaitedFor({ userId })) {
    if (all.ended >= MAX_ENDED) return { ...all, remaining: all.remaining + 1 };
    all[await outcomeOf(leaveWaitlist(deps, { userId, eventId }))]++;
  }
  let after: string | undefined;
  for (;;) {
    const page = await deps.people.listOpen({ userId, ...(after ? { after } : {}), limit: PAGE });
    for (const booking of page) {
      if (all.ended >= MAX_ENDED) return { ...all, remaining: all.remaining + 1 };
      const outcome = await end(deps, { userId, booking });
      if (outcome) all[outcome]++;
    }
    after = page.at(-1)?.bookingId;
    if (page.length < PAGE) return all;
  }
}

async function end(
  deps: ForgetDeps,
  { userId, booking: { bookingId } }: { userId: string; booking: OpenBooking },
): Promise<keyof Forgotten | undefined> {
  const outcome = await outcomeOf(cancelBooking(deps, { bookingId, userId }));
  if (outcome === "ended") return outcome;
  const { status, expiresAt } = await deps.bookings.find(bookingId) ?? {};
  // One that is paid stays, as its event has ended; one whose hold is over ends by itself.
  if (status === "confirming") return "remaining";
  return status === "pending" && expiresAt! > deps.clock.now() ? "remaining" : undefined;
}

async function outcomeOf(ending: Promise<unknown>): Promise<keyof Forgotten> {
  try {
    await ending;
    return "ended";
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code === "NOT_ON_WAITLIST" ? "ended" : "remaining";
  }
}
