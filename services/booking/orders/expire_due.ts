import type { Clock } from "@evently/shared/clock";
import type { IdSource } from "@evently/shared/ids";
import { laneOf, lanesFrom } from "@evently/shared/lanes";
import type { Bookings } from "./bookings.ts";

/** Holds per statement, and statements per lane and call. */
const MAX_BATCH = 500;
const MAX_BATCHES = 100;
/** Later than any hold can end. */
const ANY_TIME = new Date("9999-12-31T00:00:00Z");

export interface ExpiryDeps {
  bookings: Pick<Bookings, "expireDue">;
  clock: Clock;
  ids: Pick<IdSource, "newId">;
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

/** Begins at a random lane, so that several processes rarely meet. */
async function expireUntil(deps: ExpiryDeps, due: Date): Promise<number> {
  let total = 0;
  for (const lane of lanesFrom(laneOf(deps.ids.newId()))) {
    total += await expireLane(deps, { lane, due });
  }
  return total;
}

async function expireLane(
  { bookings, clock, nudge }: ExpiryDeps,
  { lane, due }: { lane: number; due: Date },
): Promise<number> {
  let total = 0;
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const expired = await bookings.expireDue({ lane, due, now: clock.now(), limit: MAX_BATCH });
    if (expired > 0) nudge.outbox();
    total += expired;
    if (expired < MAX_BATCH) break;
  }
  return total;
}
