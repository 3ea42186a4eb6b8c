import { DomainError } from "@evently/shared/errors";
import type { BuyerOfEvent } from "../orders/store.ts";
import { type EntryView, viewEntry, type ViewEntryDeps } from "./entry_view.ts";
import type { Waitlist } from "./waitlist.ts";

export interface ViewPositionDeps extends ViewEntryDeps {
  waitlist: ViewEntryDeps["waitlist"] & Pick<Waitlist, "find">;
}

/**
 * Returns the entry of a user for an event, or the latest one if none is active.
 *
 * @throws {DomainError} `NOT_ON_WAITLIST`: the user never waited, or has left
 */
export async function viewPosition(
  deps: ViewPositionDeps,
  buyer: BuyerOfEvent,
): Promise<EntryView> {
  const entry = await deps.waitlist.find(buyer);
  if (!entry || entry.status === "left") throw new DomainError("NOT_ON_WAITLIST");
  return await viewEntry(deps, entry);
}
