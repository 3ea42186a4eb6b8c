import type { BookingDeps } from "../deps.ts";

/** How long delivered messages are kept to be looked at. */
const RETENTION_MS = 24 * 3_600_000;
const MAX_BATCH = 1_000;

/** Forgets messages that were delivered long ago. Answers whether there may be more. */
export async function purgeOutbox(
  { store, clock }: Pick<BookingDeps, "store" | "clock">,
): Promise<boolean> {
  const deliveredBefore = new Date(clock.now().getTime() - RETENTION_MS);
  return await store.purgeOutbox({ deliveredBefore, limit: MAX_BATCH }) === MAX_BATCH;
}
