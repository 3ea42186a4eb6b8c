import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import type { Pool } from "@evently/shared/postgres";
import type { EventBookings } from "../peers/event_bookings.ts";
import {
  type CancelBookingsMessage,
  completeOutbox,
  continueOutbox,
  leaseOutbox,
  postponeOutbox,
} from "./outbox_sql.ts";

/** What the outbox needs to deliver. */
export interface OutboxDeps {
  sql: Pool;
  clock: Clock;
  log: Logger;
  bookings: Pick<EventBookings, "cancelAll">;
}

const MAX_BATCH = 10;
/** How long a message is this process's own while it delivers it. */
const LEASE_MS = 60_000;
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 60_000;
/** From this many failures on it is an error that someone must look at; it is tried all the same. */
const ALARMING_ATTEMPTS = 10;

/**
 * Has the bookings of cancelled events cancelled, a bounded number a pass, until none remain. At least
 * once; the receiver is idempotent. Safe in several processes at once.
 *
 * @returns whether there is more to do at once
 */
export async function runEventOutbox(deps: OutboxDeps): Promise<boolean> {
  const now = deps.clock.now();
  const messages = await leaseOutbox(deps.sql, {
    now,
    leaseUntil: new Date(now.getTime() + LEASE_MS),
    limit: MAX_BATCH,
  });
  let more = messages.length === MAX_BATCH;
  for (const message of messages) {
    const gotOn = await deliver(deps, message);
    more ||= gotOn;
  }
  return more;
}

/** Answers whether the message got on and wants to go on. */
async function deliver(
  { sql, clock, log, bookings }: OutboxDeps,
  { outbox_id: outboxId, event_id, attempts }: CancelBookingsMessage,
): Promise<boolean> {
  let remaining: number;
  try {
    ({ remaining } = await bookings.cancelAll(event_id));
  } catch (error) {
    const retryMs = Math.min(FIRST_RETRY_MS * 2 ** attempts, MAX_RETRY_MS);
    const level = attempts >= ALARMING_ATTEMPTS ? "error" : "warn";
    log[level]("bookings of a cancelled event were not cancelled", { event_id, attempts, error });
    await postponeOutbox(sql, {
      outboxId,
      dueAt: new Date(clock.now().getTime() + retryMs),
      error: error instanceof Error ? error.message : String(error),
    });
    return false;
  }
  if (remaining > 0) await continueOutbox(sql, { outboxId, now: clock.now() });
  else await completeOutbox(sql, { outboxId, now: clock.now() });
  return remaining > 0;
}
