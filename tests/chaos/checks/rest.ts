import { exactlyOne } from "@evently/shared/postgres";
import type { Findings } from "../findings.ts";
import { pause } from "../servers/supervised.ts";
import type { Databases } from "./databases.ts";

/**
 * Far longer than a hold, its grace and the pauses of all workers together: what is left then is left for good.
 * The longest pause is that of an outbox message which failed again and again: a minute.
 */
const REST_LIMIT_MS = 120_000;
const POLL_MS = 200;

/** What must be nothing once nobody buys any more. */
interface Left {
  pending: number;
  confirming: number;
  payments_begun: number;
  outbox: number;
  allocations_held: number;
  inventory_held: number;
}

/**
 * Waits until every hold has ended, every payment is settled, and the outbox is empty.
 *
 * @returns how long that took, in milliseconds
 */
export async function comeToRest(databases: Databases, findings: Findings): Promise<number> {
  const beganMs = performance.now();
  let left = await whatIsLeft(databases);
  while (Object.values(left).some((count) => count > 0)) {
    if (performance.now() - beganMs > REST_LIMIT_MS) {
      findings.add("something is left for good", JSON.stringify(left));
      break;
    }
    await pause(POLL_MS);
    left = await whatIsLeft(databases);
  }
  return performance.now() - beganMs;
}

async function whatIsLeft({ bookings, events }: Databases): Promise<Left> {
  const ofBookings = exactlyOne(
    bookings<Omit<Left, "allocations_held" | "inventory_held">[]>`
      SELECT (SELECT count(*) FROM bookings WHERE status = 'pending') AS pending,
             (SELECT count(*) FROM bookings WHERE status = 'confirming') AS confirming,
             (SELECT count(*) FROM payments WHERE status = 'started') AS payments_begun,
             (SELECT count(*) FROM outbox WHERE delivered_at IS NULL) AS outbox`,
    (row) => ({ ...row }),
  );
  const ofEvents = exactlyOne(
    events<Pick<Left, "allocations_held" | "inventory_held">[]>`
      SELECT (SELECT count(*) FROM seat_allocations WHERE state = 'held') AS allocations_held,
             (SELECT coalesce(sum(held), 0)::bigint FROM seat_inventory) AS inventory_held`,
    (row) => ({ ...row }),
  );
  return { ...await ofBookings, ...await ofEvents };
}
