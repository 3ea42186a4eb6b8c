import type { Clock } from "@evently/shared/clock";
import { DomainError, invalidInput } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { isActive, type WaitlistEntry } from "./entry.ts";
import type { Waitlist } from "./waitlist.ts";

export interface ChangeDeps {
  waitlist: Pick<Waitlist, "find" | "change">;
  clock: Clock;
  nudge: { waitlist(): void };
}

/** What an entry wants from now on; what is absent stays. */
export interface WishedChange extends BuyerOfEvent {
  quantity?: number | undefined;
  minQuantity?: number | undefined;
}

/** An entry that is read as waiting is offered something meanwhile a few times at most. */
const MAX_ATTEMPTS = 4;

/**
 * Lets an entry want less: fewer tickets, or to be content with fewer. It keeps its place. A wish for as many as before
 * is no change, whatever state the entry is in.
 *
 * @returns the entry with what it wants now
 * @throws {DomainError} `NOT_ON_WAITLIST`: the user does not wait
 * @throws {DomainError} `VALIDATION_FAILED`: more is wished than before, or the least is more than the most
 * @throws {DomainError} `WAITLIST_STATE_CONFLICT`: there is an offer
 */
export async function changeEntry(
  { waitlist, clock, nudge }: ChangeDeps,
  { userId, eventId, ...wished }: WishedChange,
): Promise<WaitlistEntry> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const entry = await waitlist.find({ userId, eventId });
    if (!entry || !isActive(entry)) throw new DomainError("NOT_ON_WAITLIST");
    const { quantity, minQuantity } = lessOrThrow(entry, wished);
    if (quantity === entry.quantity && minQuantity === entry.minQuantity) return entry;
    if (entry.status === "offered" || entry.status === "offering") {
      throw new DomainError(
        "WAITLIST_STATE_CONFLICT",
        "Cannot change waitlist entry as there is an offer: take, decline or leave it",
      );
    }
    const changed = await waitlist.change({
      userId,
      eventId,
      quantity,
      minQuantity,
      now: clock.now(),
    });
    if (!changed) continue;
    nudge.waitlist();
    return changed;
  }
  throw new DomainError(
    "WAITLIST_STATE_CONFLICT",
    "Waitlist entry is being changed. Please try again.",
  );
}

function lessOrThrow(
  { quantity, minQuantity }: WaitlistEntry,
  wished: Pick<WishedChange, "quantity" | "minQuantity">,
): { quantity: number; minQuantity: number } {
  const most = wished.quantity ?? quantity;
  const least = wished.minQuantity ?? Math.min(minQuantity, most);
  if (most > quantity) throw raised("quantity", quantity);
  if (least > minQuantity) throw raised("min_quantity", minQuantity);
  if (least > most) throw invalidInput("min_quantity", "min_quantity must be at most quantity");
  return { quantity: most, minQuantity: least };
}

function raised(field: string, current: number): DomainError {
  return invalidInput(
    field,
    `${field} cannot be raised from ${current}: leave the waitlist and join again`,
  );
}
