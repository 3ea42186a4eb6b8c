import type { BookingDeps } from "../deps.ts";
import { createBookingOutbox, type OutboxDeps } from "../outbox/outbox.ts";
import { expireAll } from "./expire_due.ts";

/** Passes enough for all messages of one `expireAll`; the outbox's worker delivers the rest. */
const MAX_DELIVERIES = 200;

/**
 * Expires every pending reservation and releases their seats before it answers: a replay of one of them hears that it
 * has ended, where its hold document in Redis still tells of an open hold. Answers how many were expired.
 */
export async function forceExpireAll(
  deps: OutboxDeps & Pick<BookingDeps, "nudge">,
): Promise<number> {
  const outbox = createBookingOutbox(deps);
  const expired = await expireAll(deps);
  for (let delivery = 0; delivery < MAX_DELIVERIES; delivery++) {
    if (!await outbox.deliver("seats.release")) break;
  }
  return expired;
}
