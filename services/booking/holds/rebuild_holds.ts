import type { BookingDeps } from "../deps.ts";

const PAGE_SIZE = 500;
/** A million open holds; what is beyond is answered by PostgreSQL. */
const MAX_PAGES = 2_000;

/** Writes the hold documents anew when Redis has lost them. Answers how many were written. */
export async function rebuildHolds(
  { holds, bookings, clock, log }: Pick<BookingDeps, "holds" | "bookings" | "clock" | "log">,
): Promise<number> {
  if (await holds.isComplete() !== false) return 0;
  let written = 0;
  let after: string | undefined;
  for (let page = 0; page < MAX_PAGES; page++) {
    const pending = await bookings.listPending({ after, now: clock.now(), limit: PAGE_SIZE });
    await Promise.all(pending.map((booking) => holds.put(booking)));
    written += pending.length;
    after = pending.at(-1)?.bookingId;
    if (pending.length < PAGE_SIZE) break;
  }
  await holds.markComplete();
  log.info("hold documents rebuilt", { written });
  return written;
}
