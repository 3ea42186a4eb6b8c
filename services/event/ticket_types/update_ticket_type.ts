import { DomainError } from "@evently/shared/errors";
import { minorAmount } from "@evently/shared/http";
import type { Tx } from "@evently/shared/postgres";
import {
  callRecountBuyers,
  type LockedEvent,
  updateDefaultTicket,
} from "../events/event_changes_sql.ts";
import { assertNotFinal } from "../events/event_rules.ts";
import { changesOf, isEmpty } from "../events/values.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import {
  changeOffer,
  type OfferChange,
  type OfferDeps,
  type OfferScope,
} from "../pools/change_offer.ts";
import { listPools } from "../pools/pools_sql.ts";
import { settingsOf, type TicketTypeSettings } from "./settings.ts";
import { renameOwnPool, retireOwnPool, settlePools } from "./settle_pools.ts";
import {
  DEFAULT_TYPE,
  listTicketTypes,
  updateTicketTypeRow,
  writePositions,
} from "./ticket_types_sql.ts";
import { assertNotLast, assertSettings, type RequestedDraw, resolveDraws } from "./type_rules.ts";
import { type TicketTypeView, viewTicketType } from "./view_ticket_types.ts";

export interface TicketTypeUpdate {
  ticketTypeId: string;
  /** If given, the update applies only to this version. */
  version?: number | null | undefined;
  requested:
    & {
      [Key in keyof Omit<TicketTypeSettings, "pools" | "priceMinor">]?:
        | TicketTypeSettings[Key]
        | undefined;
    }
    & {
      /** In major units of the event's currency. */
      price?: number | undefined;
      pools?: readonly RequestedDraw[] | undefined;
    };
}

/**
 * Changes a ticket type, all or nothing, and increments its version. Values that are stored already are no change.
 * What is held or sold keeps its price and its seats; only later orders are of the changed type. A position past the
 * last one is the last one.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`, `TICKET_TYPE_NOT_FOUND`; `STALE_VERSION`: `version` is not the current one;
 * `EVENT_STATE_CONFLICT`: the event is cancelled; `VALIDATION_FAILED`; `CAPACITY_BELOW_SOLD`; `LAST_TICKET_TYPE`;
 * `OFFER_FULL`: the event has too many pools
 */
export async function updateTicketType(
  deps: OfferDeps,
  { ticketTypeId, version, requested, ...scope }: OfferScope & TicketTypeUpdate,
): Promise<TicketTypeView> {
  const { eventId } = scope;
  const now = deps.clock.now();
  const update = { eventId, ticketTypeId, version, requested, now };
  await changeOffer(deps, scope, (tx, event) => applyTypeUpdate(tx, { event, ...update }));
  return await viewTicketType(deps, { eventId, ticketTypeId });
}

async function applyTypeUpdate(
  tx: Tx,
  { event, eventId, ticketTypeId, version, requested, now }: TicketTypeUpdate & {
    event: LockedEvent;
    eventId: string;
    now: Date;
  },
): Promise<OfferChange<undefined>> {
  const types = await listTicketTypes(tx, eventId);
  const pools = await listPools(tx, eventId);
  const stored = types.find((type) => type.ticketTypeId === ticketTypeId);
  if (!stored) throw new DomainError("TICKET_TYPE_NOT_FOUND");
  if (version && version !== stored.version) {
    throw new DomainError("STALE_VERSION", "admin of ticket type");
  }

  const current = settingsOf(stored, pools);
  const { price, ...others } = requested;
  const { gives = current.gives, position } = others;
  const changes = changesOf<TicketTypeSettings>({
    ...others,
    priceMinor: price === undefined
      ? undefined
      : minorAmount(price, { field: "price", currency: event.currency }),
    pools: requested.pools &&
      resolveDraws(requested.pools, { pools, gives, eventId, ticketTypeId }),
    position: position === undefined ? undefined : Math.min(position, types.length - 1),
  }, current);
  if (isEmpty(changes)) return { result: undefined };
  assertNotFinal(event);
  const settings = { ...current, ...changes };
  assertSettings(settings);
  if (changes.status === "archived") assertNotLast(types, stored);

  const { type } = stored;
  const draws = await settlePools(tx, { eventId, ticketTypeId, pools, settings });
  const { pools: _pools, gives: _gives, capacity, position: moved, ...columns } = changes;
  await updateTicketTypeRow(tx, { eventId, type, changes: { ...columns, ...draws }, now });
  if (capacity === null) await retireOwnPool(tx, { eventId, ticketTypeId, pools, types });
  const { name, priceMinor, maxPerBuyer } = columns;
  if (name !== undefined) await renameOwnPool(tx, { eventId, ticketTypeId, pools, name });
  if (type === DEFAULT_TYPE && (name !== undefined || priceMinor !== undefined)) {
    await updateDefaultTicket(tx, { eventId, name, priceMinor, now });
  }
  if (maxPerBuyer !== undefined) await callRecountBuyers(tx, { eventId, type });
  if (moved !== undefined) {
    const others = types.map((other) => other.type).filter((other) => other !== type);
    await writePositions(tx, { eventId, order: others.toSpliced(moved, 0, type) });
  }
  const action = changes.status === "archived" ? "ticket_type.archived" : "ticket_type.updated";
  const fields = changedFields(changes, current, {
    currency: { from: event.currency, to: event.currency },
  });
  return {
    result: undefined,
    change: { action, id: ticketTypeId, name: settings.name, fields },
  };
}
