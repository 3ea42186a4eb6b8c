import type { HoldDocuments } from "../holds/hold_documents.ts";
import { seatsOf } from "../orders/order_lines.ts";
import type { Seats } from "../peers/seats.ts";
import type { Positions } from "./positions.ts";
import type { EndedOffer } from "./store.ts";

export interface EndOfferDeps {
  positions: Pick<Positions, "add" | "remove">;
  seats: Pick<Seats, "releasePromptly">;
  holds: Pick<HoldDocuments, "end">;
  nudge: { outbox(): void; waitlist(): void };
}

/**
 * Follows an entry that has left or lost its offer: releases the seats of the offer's booking, brings the place in line
 * up to date, and wakes the worker. Each of these happens later anyway, if the process dies here.
 */
export async function endOffer(deps: EndOfferDeps, { entry, booking }: EndedOffer): Promise<void> {
  if (booking) {
    await deps.seats.releasePromptly(seatsOf(booking));
    deps.nudge.outbox();
    await deps.holds.end(booking);
  }
  await (entry.status === "waiting" ? deps.positions.add([entry]) : deps.positions.remove([entry]));
  deps.nudge.waitlist();
}
