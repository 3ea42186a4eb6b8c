import type { Clock } from "@evently/shared/clock";
import type { MailStore, MovedEvent } from "./mail_store.ts";

/** Mails per statement, and statements per call; the event service calls until none remain. */
const MAX_BATCH = 500;
const MAX_BATCHES = 10;

export interface TellMovedDeps {
  mails: Pick<MailStore, "writeMoved">;
  clock: Clock;
  nudge: { mails(): void };
}

/**
 * Has a mail written to each buyer of an event that takes place at another time or place. A bounded batch: what an earlier
 * call of the same change wrote stays.
 */
export async function tellMoved(
  { mails, clock, nudge }: TellMovedDeps,
  moved: MovedEvent,
): Promise<{ isDone: boolean }> {
  for (let batch = 1; batch <= MAX_BATCHES; batch++) {
    const written = await mails.writeMoved({ moved, now: clock.now(), limit: MAX_BATCH });
    if (written > 0) nudge.mails();
    if (written < MAX_BATCH) return { isDone: true };
  }
  return { isDone: false };
}
