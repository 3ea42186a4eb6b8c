import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { endOffer, type EndOfferDeps } from "./end_offer.ts";
import { isActive } from "./entry.ts";
import type { Waitlist } from "./waitlist.ts";

export interface LeaveDeps extends EndOfferDeps {
  waitlist: Pick<Waitlist, "find" | "findOffered" | "leave">;
  clock: Clock;
}

/** An entry that is read in one state is offered seats, or loses its offer, meanwhile a few times at most. */
const MAX_ATTEMPTS = 4;

/**
 * Takes a user off the waitlist of an event. An open offer ends with it, and its seats are the next one's when this
 * returns, if the event service answers; the outbox also releases them. With `sparesPayments` an offer whose payment waits
 * for its buyer or its provider counts as being paid for.
 *
 * @throws {DomainError} `NOT_ON_WAITLIST`: the user does not wait
 * @throws {DomainError} `WAITLIST_STATE_CONFLICT`: the offer is being paid for
 */
export async function leaveWaitlist(
  deps: LeaveDeps,
  { sparesPayments = false, ...buyer }: BuyerOfEvent & { sparesPayments?: boolean },
): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const now = deps.clock.now();
    const ended = await deps.waitlist.leave({ ...buyer, now, sparesPayments });
    if (ended) return await endOffer(deps, ended);
    const offered = await deps.waitlist.findOffered({ ...buyer, now });
    if (offered?.booking.status === "confirming") break;
    // It left none of the states that the statement saw: a worker was about to make its offer, or to take it back.
    const entry = await deps.waitlist.find(buyer);
    if (!entry || !isActive(entry)) throw new DomainError("NOT_ON_WAITLIST");
  }
  throw new DomainError(
    "WAITLIST_STATE_CONFLICT",
    "Cannot leave waitlist as the offer is being confirmed. Please try again.",
  );
}
