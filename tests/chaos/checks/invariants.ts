import { AssertionError } from "node:assert/strict";
import { assertBookingsAddUp } from "../../../services/booking/testing/bookings_add_up.ts";
import { assertInventoryAddsUp } from "../../../services/event/testing/world.ts";
import type { Findings } from "../findings.ts";
import type { Databases } from "./databases.ts";

/**
 * Checks the invariants of a platform at rest: ledger, inventory and allocations of each event agree and no seat
 * is oversold; bookings match allocations one to one; payments match bookings.
 */
export async function checkInvariants(
  { events: eventsDb, bookings: bookingsDb }: Databases,
  findings: Findings,
): Promise<void> {
  const checks = [
    ["the seats of an event do not add up", () => assertInventoryAddsUp(eventsDb)],
    [
      "bookings, seats and payments do not match",
      () => assertBookingsAddUp({ bookingsDb, eventsDb }),
    ],
  ] as const;
  for (const [what, check] of checks) {
    try {
      await check();
    } catch (error) {
      if (!(error instanceof AssertionError)) throw error;
      findings.add(what, error.message);
    }
  }
}
