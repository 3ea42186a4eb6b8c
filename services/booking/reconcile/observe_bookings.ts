import { EXPIRY_LAG, OFFER_LAG, WAITLIST_AGE, WAITLIST_ENTRIES } from "@evently/shared/metrics";
import type { Sql } from "@evently/shared/postgres";
import { readWaits } from "./waits_sql.ts";

/** Reads how far expiry and waitlists are behind, for metrics. */
export async function observeBookings(sql: Sql, { now }: { now: Date }): Promise<void> {
  const waits = await readWaits(sql, { now });
  EXPIRY_LAG.set(secondsSince(waits.oldestEndAt, now));
  OFFER_LAG.set(secondsSince(waits.oldestOfferEndAt, now));
  WAITLIST_AGE.set(secondsSince(waits.oldestJoinedAt, now));
  WAITLIST_ENTRIES.set(waits.waiting, { status: "waiting" });
  WAITLIST_ENTRIES.set(waits.offered, { status: "offered" });
}

/** 0 where nothing waits. */
function secondsSince(time: Date | null, now: Date): number {
  return time ? Math.max(0, now.getTime() - time.getTime()) / 1_000 : 0;
}
