import { DomainError } from "@evently/shared/errors";
import { transaction, type Tx } from "@evently/shared/postgres";
import { editable, type Organiser } from "../organisations/organiser.ts";
import {
  callRefreshPlain,
  callSettleSetAside,
  type LockedEvent,
  lockEvent,
  lockInventory,
} from "../events/event_changes_sql.ts";
import { findEvent } from "../events/events_sql.ts";
import { findEditableEvent } from "../events/find_managed_event.ts";
import type { ChangedField } from "../organisations/changes_sql.ts";
import { type Action, recordChange } from "../organisations/record_change.ts";
import type { UpdateEventDeps } from "../events/update_event.ts";
import { markChanged } from "../search_feed/changed_events_sql.ts";

export type OfferDeps = Omit<UpdateEventDeps, "outbox">;

/** The organiser and the event whose offer is changed. */
export interface OfferScope {
  admin: Organiser;
  eventId: string;
}

/** What a change did. */
export interface OfferChange<Result> {
  result: Result;
  /** For the log of changes; absent if nothing changed. */
  change?: OfferNote;
}

/** A change of a pool or a ticket type as the log of changes tells it. */
export type OfferNote =
  & { action: Action; id: string; name: string }
  & { fields?: readonly ChangedField[] };

/**
 * Changes what an event sells, its pools and ticket types, in one transaction that locks the house and then the event,
 * so no sale comes between. After a change it updates what depends on it: the short path of holds, what is set aside for
 * those who wait, webhooks, the change feed, caches and search.
 *
 * @param change runs in the transaction; gets the event as locked
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event of this organiser; `FORBIDDEN`: they only read; what `change` throws
 */
export async function changeOffer<Result>(
  { sql, clock, search, webhooks, publicEvents, seatNews }: OfferDeps,
  { admin, eventId }: OfferScope,
  change: (tx: Tx, event: LockedEvent) => Promise<OfferChange<Result>>,
): Promise<Result> {
  const scope = { eventId, organisations: editable(admin) };
  const { result, event } = await transaction(sql, async (tx) => {
    const inventory = await lockInventory(tx, scope);
    const locked = await lockEvent(tx, scope);
    if (!inventory || !locked) throw await refusal(tx, { admin, eventId });
    const { result, change: note } = await change(tx, locked);
    if (!note) return { result, event: undefined };
    const { action, id, name, fields = [] } = note;
    const { organisationId } = locked;
    const subject = { id, name };
    await recordChange(tx, {
      by: admin,
      organisationId,
      action,
      subject,
      eventId,
      fields,
      now: clock.now(),
    });
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

/** Why an event is not in the scope of a change. */
async function refusal(
  tx: Tx,
  { admin, eventId }: OfferScope,
): Promise<DomainError> {
  await findEditableEvent({ sql: tx }, { admin, eventId });
  return new DomainError("EVENT_NOT_FOUND", "organiser");
}
