import type { BookingDeps } from "../deps.ts";
import { deliverOutbox } from "../outbox/deliver_outbox.ts";
import { expireAll } from "./expire_due.ts";

/** As many as `expireAll` may leave; what is beyond follows through the outbox's worker. */
const MAX_DELIVERIES = 200;

/**
 * Expires every pending reservation and releases their seats before it answers: a replay of one of them hears that it
 * has ended, where its hold document in Redis still tells of an open hold. Answers how many were expired.
 */
export async function forceExpireAll(
  deps: Pick<BookingDeps, "bookings" | "store" | "seats" | "payments" | "clock" | "log" | "nudge">,
): Promise<number> {
  const expired = await expireAll(deps);
  for (let delivery = 0; delivery < MAX_DELIVERIES; delivery++) {
    if (!await deliverOutbox(deps)) break;
  }
  return expired;
}
