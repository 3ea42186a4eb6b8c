import type { Clock } from "@evently/shared/clock";
import type { Logger } from "@evently/shared/log";
import type { Bookings } from "../orders/bookings.ts";
import type { BookingKey } from "../orders/store.ts";
import type { HoldDocuments } from "./hold_documents.ts";

const PAGE_SIZE = 500;
/** A million open holds; PostgreSQL answers for the rest. */
const MAX_PAGES = 2_000;

export interface RebuildDeps {
  holds: Pick<HoldDocuments, "isComplete" | "put" | "markComplete">;
  bookings: Pick<Bookings, "listPending">;
  clock: Clock;
  log: Logger;
}

/** Writes the hold documents again after Redis has lost them. Returns how many. */
export async function rebuildHolds(
  { holds, bookings, clock, log }: RebuildDeps,
): Promise<number> {
  if (await holds.isComplete() !== false) return 0;
  let written = 0;
  let after: BookingKey | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const pending = await bookings.listPending({ after, now: clock.now(), limit: PAGE_SIZE });
    await Promise.all(pending.map((booking) => holds.put(booking)));
    written += pending.length;
    after = pending.at(-1);
    if (pending.length < PAGE_SIZE) break;
  }
  await holds.markComplete();
  log.info("hold documents: rebuilt", { written });
  return written;
}
