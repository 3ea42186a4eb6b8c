import type { Clock } from "@evently/shared/clock";
import type { WaitlistQueue, WaitlistStore } from "./store.ts";

export interface PauseDeps {
  waitlist: Pick<WaitlistStore, "setPaused">;
  clock: Clock;
  nudge: { waitlist(): void };
}

/**
 * Pauses or resumes the offers of an event: people join, keep their places and answer the offers that they have. Seats
 * that come back meanwhile are kept for them. Idempotent.
 */
export async function pauseWaitlist(
  { waitlist, clock, nudge }: PauseDeps,
  { eventId, isPaused }: { eventId: string; isPaused: boolean },
): Promise<WaitlistQueue> {
  const queue = await waitlist.setPaused({ eventId, isPaused, now: clock.now() });
  if (!isPaused) nudge.waitlist();
  return queue;
}
