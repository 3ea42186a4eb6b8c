import { DomainError } from "@evently/shared/errors";
import type { Tx } from "@evently/shared/postgres";
import type { LockedEvent } from "../events/event_changes_sql.ts";
import { assertNotFinal } from "../events/event_rules.ts";
import {
  changeOffer,
  type OfferChange,
  type OfferDeps,
  type OfferScope,
} from "../pools/change_offer.ts";
import { listPools } from "../pools/pools_sql.ts";
import { retireOwnPool } from "./settle_pools.ts";
import {
  DEFAULT_TYPE,
  deleteTicketTypeRow,
  listTicketTypes,
  updateTicketTypeRow,
  wasEverHeld,
  writePositions,
} from "./ticket_types_sql.ts";
import { assertNotLast } from "./type_rules.ts";

export interface TicketTypeRemoval {
  ticketTypeId: string;
  /** If given, only this version is removed. */
  version?: number | undefined;
}

/** What became of the type. */
export interface RemovedTicketType {
  /** `false`: it is gone, with the pool of its own. */
  isArchived: boolean;
}

/**
 * Archives a ticket type that was ever held or sold, and the default type; removes any other. An archived type keeps
 * its pools and its place, and can be made active again; archiving it again changes nothing.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`, `TICKET_TYPE_NOT_FOUND`; `STALE_VERSION`: `version` is not the current one;
 * `EVENT_STATE_CONFLICT`: the event is cancelled; `LAST_TICKET_TYPE`
 */
export async function deleteTicketType(
  deps: OfferDeps,
  { ticketTypeId, version, ...scope }: OfferScope & TicketTypeRemoval,
): Promise<RemovedTicketType> {
  const { eventId } = scope;
  const now = deps.clock.now();
  return await changeOffer(
    deps,
    scope,
    (tx, event) => applyRemoval(tx, { event, eventId, ticketTypeId, version, now }),
  );
}

async function applyRemoval(
  tx: Tx,
  { event, eventId, ticketTypeId, version, now }: TicketTypeRemoval & {
    event: LockedEvent;
    eventId: string;
    now: Date;
  },
): Promise<OfferChange<RemovedTicketType>> {
  const types = await listTicketTypes(tx, eventId);
  const stored = types.find((type) => type.ticketTypeId === ticketTypeId);
  if (!stored) throw new DomainError("TICKET_TYPE_NOT_FOUND");
  if (version && version !== stored.version) {
    throw new DomainError("STALE_VERSION", "admin of ticket type");
  }
  const { type, status } = stored;
  const isArchived = type === DEFAULT_TYPE || await wasEverHeld(tx, { eventId, type });
  if (isArchived && status === "archived") return { result: { isArchived } };
  assertNotFinal(event);
  assertNotLast(types, stored);
  if (isArchived) {
    await updateTicketTypeRow(tx, { eventId, type, changes: { status: "archived" }, now });
    const change = { action: "ticket_type.archived", id: ticketTypeId, name: stored.name } as const;
    return { result: { isArchived }, change };
  }
  const pools = await listPools(tx, eventId);
  await deleteTicketTypeRow(tx, { eventId, type });
  await retireOwnPool(tx, { eventId, ticketTypeId, pools, types });
  const order = types.map((other) => other.type).filter((other) => other !== type);
  await writePositions(tx, { eventId, order });
  const change = { action: "ticket_type.deleted", id: ticketTypeId, name: stored.name } as const;
  return { result: { isArchived }, change };
}
