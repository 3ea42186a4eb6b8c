import type { Clock } from "@evently/shared/clock";
import { type Pool, transaction } from "@evently/shared/postgres";
import { ServiceRefusal } from "@evently/shared/services";
import { findEditableEvent } from "../events/find_managed_event.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import type { Organiser } from "../organisations/organiser.ts";
import { type Action, recordChange } from "../organisations/record_change.ts";
import type { EventBookings, MadeBlock } from "../peers/event_bookings.ts";

export interface BlockDeps {
  sql: Pool;
  clock: Clock;
  bookings: Pick<EventBookings, "blockBuyer">;
}

/** An account that an organiser blocks for their event, or no longer. */
export interface WantedBlock {
  admin: Organiser;
  eventId: string;
  userId: string;
}

/**
 * Refuses reservations of an event by an account for a time, and ends those that nobody is paying. Idempotent; calling it
 * again changes the time. The log of changes has it before the booking service is asked, and
 * once more if that refuses.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this organiser may see; `FORBIDDEN`: they only read
 * @throws {ServiceRefusal} `BLOCKS_FULL`: as many accounts are blocked as can be
 * @throws {Unavailable} the booking service does not answer
 */
export async function blockBuyer(
  deps: BlockDeps,
  { hours, ...wanted }: WantedBlock & { hours: number },
): Promise<MadeBlock> {
  const { eventId, userId } = wanted;
  await recordBlock(deps, wanted, { action: "buyer.blocked", fields: { hours } });
  try {
    return await deps.bookings.blockBuyer(eventId, { userId, hours });
  } catch (error) {
    if (error instanceof ServiceRefusal) {
      await recordBlock(deps, wanted, { action: "buyer.block_refused" });
    }
    throw error;
  }
}

/** Writes a change of a block into the log of the event's organisation, if the organiser may make it. */
export async function recordBlock(
  { sql, clock }: Pick<BlockDeps, "sql" | "clock">,
  { admin, eventId, userId }: WantedBlock,
  { action, fields = {} }: { action: Action; fields?: object },
): Promise<void> {
  const { organisationId, name } = await findEditableEvent({ sql }, { admin, eventId });
  await transaction(sql, (tx) =>
    recordChange(tx, {
      by: admin,
      organisationId,
      action,
      subject: { id: eventId, name },
      eventId,
      fields: changedFields({ account: userId, ...fields }),
      now: clock.now(),
    }));
}
