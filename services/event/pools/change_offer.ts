import type { AdminIdentity } from "@evently/shared/auth";
import { DomainError } from "@evently/shared/errors";
import { transaction, type Tx } from "@evently/shared/postgres";
import { editableOwner } from "../accounts/admin_scope.ts";
import {
  callRefreshPlain,
  callSettleSetAside,
  type LockedEvent,
  lockEvent,
  lockInventory,
} from "../events/event_changes_sql.ts";
import { findEvent } from "../events/events_sql.ts";
import type { UpdateEventDeps } from "../events/update_event.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";

export type OfferDeps = Omit<UpdateEventDeps, "outbox">;

/** The organiser and the event whose offer is changed. */
export interface OfferScope {
  admin: AdminIdentity;
  eventId: string;
}

/** What a change did. */
export interface OfferChange<Result> {
  result: Result;
  isChanged: boolean;
}

/**
 * Changes what an event sells, its pools and ticket types, in one transaction that locks the house and then the event,
 * so no sale comes between. After a change it updates what depends on it: the short path of holds, what is set aside for
 * those who wait, webhooks, the change feed, caches and search.
 *
 * @param change runs in the transaction; gets the event as locked
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event of this admin; what `change` throws
 */
export async function changeOffer<Result>(
  { sql, clock, search, webhooks, publicEvents, seatNews }: OfferDeps,
  { admin, eventId }: OfferScope,
  change: (tx: Tx, event: LockedEvent) => Promise<OfferChange<Result>>,
): Promise<Result> {
  const scope = { eventId, owner: editableOwner(admin) };
  const { result, event } = await transaction(sql, async (tx) => {
    const inventory = await lockInventory(tx, scope);
    const locked = await lockEvent(tx, scope);
    if (!inventory || !locked) throw new DomainError("EVENT_NOT_FOUND", "organiser");
    const { result, isChanged } = await change(tx, locked);
    if (!isChanged) return { result, event: undefined };
    await callRefreshPlain(tx, eventId);
    if (inventory.isWaitlistOpen) await callSettleSetAside(tx, eventId);
    const after = (await findEvent(tx, eventId))!;
    const statusBefore = locked.status;
    await webhooks.eventChanged(tx, { statusBefore, after, now: clock.now() });
    await markChanged(tx, eventId);
    return { result, event: after };
  });
  if (!event) return result;
  publicEvents.forget(eventId);
  const { availableSeats, setAside, seatSeq: seq } = event;
  seatNews.tell(eventId, { availableSeats, setAside, seq });
  webhooks.nudge();
  await search.eventChanged(eventId);
  return result;
}
