import type { BookingDeps } from "../deps.ts";

/** Holds that are expired in one statement, and statements in one call. */
const MAX_BATCH = 500;
const MAX_BATCHES = 200;
/** Later than any hold can end. */
const ANY_TIME = new Date("9999-12-31T00:00:00Z");

type ExpiryDeps = Pick<BookingDeps, "bookings" | "clock" | "nudge">;

/** Expires the holds that have ended; their seats are released through the outbox. Answers how many. */
export async function expireDue(deps: ExpiryDeps): Promise<number> {
  return await expireUntil(deps, deps.clock.now());
}

/** Expires every pending reservation, whether its time has come or not. Answers how many. */
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
