import { AssertionError } from "node:assert/strict";
import { assertBookingsAddUp } from "../../../services/booking/testing/world.ts";
import { assertInventoryAddsUp } from "../../../services/event/testing/world.ts";
import type { Findings } from "../findings.ts";
import type { Databases } from "./databases.ts";

/**
 * Of every event ledger, inventory and allocations say the same, and no more is sold than there is; bookings and
 * allocations match one to one; money matches bookings. For a platform at rest.
 */
export async function checkInvariants(
  { events: eventsDb, bookings: bookingsDb }: Databases,
  findings: Findings,
): Promise<void> {
  const checks = [
    ["the seats of an event do not add up", () => assertInventoryAddsUp(eventsDb)],
    ["bookings, seats and money do not match", () => assertBookingsAddUp({ bookingsDb, eventsDb })],
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
