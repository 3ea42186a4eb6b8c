import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { endOffer, type EndOfferDeps } from "./end_offer.ts";
import type { WaitlistStore } from "./store.ts";

export interface LeaveDeps extends EndOfferDeps {
  waitlist: Pick<WaitlistStore, "findOffered" | "leave">;
  clock: Clock;
}

/**
 * Takes a user off the waitlist of an event. An open offer ends with it, and its seats are the next one's when this
 * returns, if the event service answers; the outbox also releases them.
 *
 * @throws {DomainError} `NOT_ON_WAITLIST`: the user does not wait
 * @throws {DomainError} `WAITLIST_STATE_CONFLICT`: the offer is being paid for
 */
export async function leaveWaitlist(deps: LeaveDeps, buyer: BuyerOfEvent): Promise<void> {
  const now = deps.clock.now();
  const ended = await deps.waitlist.leave({ ...buyer, now });
  if (ended) return await endOffer(deps, ended);
  if (!await deps.waitlist.findOffered({ ...buyer, now })) throw new DomainError("NOT_ON_WAITLIST");
  throw new DomainError(
    "WAITLIST_STATE_CONFLICT",
    "Cannot leave waitlist as the offer is being confirmed. Please try again.",
  );
}
