import type { Clock } from "@evently/shared/clock";
import type { Bookings } from "./bookings.ts";

/** Holds per statement, and statements per call. */
const MAX_BATCH = 500;
const MAX_BATCHES = 200;
/** Later than any hold can end. */
const ANY_TIME = new Date("9999-12-31T00:00:00Z");

export interface ExpiryDeps {
  bookings: Pick<Bookings, "expireDue">;
  clock: Clock;
  nudge: { outbox(): void };
}

/** Expires the holds that have ended; the outbox releases their seats. Returns how many. */
export async function expireDue(deps: ExpiryDeps): Promise<number> {
  return await expireUntil(deps, deps.clock.now());
}

/** Expires every pending reservation, ended or not. Returns how many. */
export async function expireAll(deps: ExpiryDeps): Promise<number> {
  return await expireUntil(deps, ANY_TIME);
}

async function expireUntil({ bookings, clock, nudge }: ExpiryDeps, due: Date): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const expired = await bookings.expireDue({ due, now: clock.now(), limit: MAX_BATCH });
    if (expired > 0) nudge.outbox();
    total += expired;
    if (expired < MAX_BATCH) break;
  }
  return total;
}
