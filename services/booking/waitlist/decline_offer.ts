import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { endOffer, type EndOfferDeps } from "./end_offer.ts";
import type { WaitlistStore } from "./store.ts";

export interface DeclineDeps extends EndOfferDeps {
  waitlist: Pick<WaitlistStore, "findOffered" | "decline">;
  clock: Clock;
}

/**
 * Declines the open offer of a user. A full one ends the entry; a partial or a last one costs no place. Its seats are
 * the next one's when this returns, if the event service answers; the outbox also releases them.
 *
 * @throws {DomainError} `NO_OPEN_OFFER`: there is none, or it has ended
 * @throws {DomainError} `WAITLIST_STATE_CONFLICT`: it is being paid for
 */
export async function declineOffer(deps: DeclineDeps, buyer: BuyerOfEvent): Promise<void> {
  const now = deps.clock.now();
  const ended = await deps.waitlist.decline({ ...buyer, now });
  if (ended) return await endOffer(deps, ended);
  if (!await deps.waitlist.findOffered({ ...buyer, now })) throw new DomainError("NO_OPEN_OFFER");
  throw new DomainError(
    "WAITLIST_STATE_CONFLICT",
    "Cannot decline offer as it is being confirmed. Please try again.",
  );
}
