import { BOOKINGS } from "@evently/shared/metrics";
import type { Clock } from "@evently/shared/clock";
import type { HoldDocuments } from "../holds/hold_documents.ts";
import { seatsOf } from "../orders/order_lines.ts";
import type { Seats } from "../peers/seats.ts";
import type { HoldCount, UnpaidHoldStore } from "./store.ts";

export interface ReleaseDeps {
  unpaidHolds: Pick<UnpaidHoldStore, "release">;
  seats: Pick<Seats, "releasePromptly">;
  holds: Pick<HoldDocuments, "end">;
  clock: Clock;
  nudge: { outbox(): void };
}

/** Holds of a statement, and statements of a call. */
const MAX_BATCH = 100;
const MAX_BATCHES = 10;

/**
 * Ends the holds of users of an event that nobody is paying. Their seats are back on sale when this returns, if the event
 * service answers; the outbox also releases them.
 */
export async function releaseUnpaid(
  { unpaidHolds, seats, holds, clock, nudge }: ReleaseDeps,
  { eventId, userIds }: { eventId: string; userIds: readonly string[] },
): Promise<HoldCount> {
  const released: HoldCount = { bookings: 0, tickets: 0 };
  for (let batch = 0; batch < MAX_BATCHES; batch++) {
    const ended = await unpaidHolds.release({
      eventId,
      userIds,
      now: clock.now(),
      limit: MAX_BATCH,
    });
    if (ended.length > 0) nudge.outbox();
    await Promise.all(ended.flatMap((booking) => [
      seats.releasePromptly(seatsOf(booking)),
      holds.end(booking),
    ]));
    BOOKINGS.add(ended.length, { outcome: "expired" });
    released.bookings += ended.length;
    for (const { quantity } of ended) released.tickets += quantity;
    if (ended.length < MAX_BATCH) break;
  }
  return released;
}
