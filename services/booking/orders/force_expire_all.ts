import type { BookingDeps } from "../deps.ts";
import { createBookingOutbox, type OutboxDeps } from "../outbox/outbox.ts";
import { expireAll } from "./expire_due.ts";

/** Enough passes for all messages of one `expireAll`; the worker of the outbox delivers the rest. */
const MAX_DELIVERIES = 200;

/**
 * Expires every pending reservation and releases the seats before it returns. Without the release, a replay would
 * read an open hold from its hold document in Redis. Returns how many were expired.
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
