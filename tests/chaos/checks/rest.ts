import { exactlyOne } from "@evently/shared/postgres";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import type { Load } from "../load/load.ts";
import type { Databases } from "./databases.ts";

/**
 * Exceeds a hold, its grace period and all worker intervals together. The longest wait is the one-minute backoff
 * of an outbox message that failed repeatedly.
 */
const REST_LIMIT_MS = 120_000;
const POLL_MS = 200;

/** Counts that must all be zero once the load has stopped. */
interface Unfinished {
  pending: number;
  confirming: number;
  payments_begun: number;
  outbox: number;
  waiting: number;
  allocations_held: number;
  inventory_held: number;
  inventory_set_aside: number;
}

/**
 * Waits until all holds have ended, all payments are settled, the outbox has nothing but mails, and nobody
 * waits.
 *
 * @returns time waited, in milliseconds
 */
export async function waitUntilAtRest(
  { databases, waitedEventId, findings, load }: {
    databases: Databases;
    /** Nobody may wait for it any longer; people of the demo data wait for another event. */
    waitedEventId: string;
    findings: Findings;
    load: Pick<Load, "leaveWaitlist">;
  },
): Promise<number> {
  const beganMs = performance.now();
  let unfinished = await countUnfinished(databases, waitedEventId);
  while (Object.values(unfinished).some((count) => count > 0)) {
    if (performance.now() - beganMs > REST_LIMIT_MS) {
      findings.add("unfinished work remains", JSON.stringify(unfinished));
      break;
    }
    // Again and again, as a request to join may be on its way though its client hung up.
    if (unfinished.waiting > 0) await load.leaveWaitlist();
    await pause(POLL_MS);
    unfinished = await countUnfinished(databases, waitedEventId);
  }
  return performance.now() - beganMs;
}

async function countUnfinished(
  { bookings, events }: Databases,
  waitedEventId: string,
): Promise<Unfinished> {
  const ofBookings = exactlyOne(
    bookings<Omit<Unfinished, "allocations_held" | "inventory_held" | "inventory_set_aside">[]>`
      SELECT (SELECT count(*) FROM bookings WHERE status = 'pending') AS pending,
             (SELECT count(*) FROM bookings WHERE status = 'confirming') AS confirming,
             (SELECT count(*) FROM payments WHERE status = 'started') AS payments_begun,
             (SELECT count(*) FROM outbox WHERE delivered_at IS NULL AND topic <> 'mail.send') AS outbox,
             (SELECT count(*) FROM waitlist_entries
               WHERE event_id = ${waitedEventId}
                 AND status IN ('joining', 'waiting', 'offering', 'offered')) AS waiting`,
    (row) => ({ ...row }),
  );
  const ofEvents = exactlyOne(
    events<Pick<Unfinished, "allocations_held" | "inventory_held" | "inventory_set_aside">[]>`
      SELECT (SELECT count(*) FROM seat_allocations WHERE state = 'held') AS allocations_held,
             (SELECT coalesce(sum(held), 0)::bigint FROM seat_inventory) AS inventory_held,
             (SELECT coalesce(sum(set_aside), 0)::bigint FROM seat_inventory) AS inventory_set_aside`,
    (row) => ({ ...row }),
  );
  return { ...await ofBookings, ...await ofEvents };
}
