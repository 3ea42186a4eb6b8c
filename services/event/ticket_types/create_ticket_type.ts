import { DomainError } from "@evently/shared/errors";
import { minorAmount } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";
import { assertNotFinal } from "../events/event_rules.ts";
import { changedFields } from "../organisations/changed_fields.ts";
import { changeOffer, type OfferDeps, type OfferScope } from "../pools/change_offer.ts";
import { listPools } from "../pools/pools_sql.ts";
import type { TicketTypeSettings } from "./settings.ts";
import { settlePools } from "./settle_pools.ts";
import { insertTicketType, listTicketTypes, writePositions } from "./ticket_types_sql.ts";
import {
  assertSettings,
  MAX_TICKET_TYPES,
  type RequestedDraw,
  resolveDraws,
} from "./type_rules.ts";
import { type TicketTypeView, viewTicketType } from "./view_ticket_types.ts";

/** The settings of a new ticket type as they are asked for. */
export interface NewTicketType extends Omit<PricedTicketType, "priceMinor"> {
  /** In major units of the event's currency. */
  price: number;
}

/** The settings of a new ticket type. */
export interface PricedTicketType extends Omit<TicketTypeSettings, "pools" | "position"> {
  pools: readonly RequestedDraw[];
  /** Default is the last one. */
  position?: number | undefined;
}

/**
 * Adds a ticket type to an event; on sale at once where the event is, unless its status or sale window says otherwise.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`; `EVENT_STATE_CONFLICT`: the event is cancelled; `VALIDATION_FAILED`;
 * `OFFER_FULL`: the event has too many types or pools
 */
export async function createTicketType(
  deps: OfferDeps,
  { wished, ...scope }: OfferScope & { wished: NewTicketType },
): Promise<TicketTypeView> {
  const { eventId } = scope;
  const ticketTypeId = newId();
  const now = deps.clock.now();
  await changeOffer(deps, scope, async (tx, event) => {
    assertNotFinal(event);
    const { price, ...settings } = wished;
    const priceMinor = minorAmount(price, { field: "price", currency: event.currency });
    await addTicketType(tx, { eventId, ticketTypeId, wished: { ...settings, priceMinor }, now });
    const fields = changedFields({ ...settings, priceMinor }, {}, {
      currency: { from: event.currency, to: event.currency },
    });
    const { name } = settings;
    const change = { action: "ticket_type.created", id: ticketTypeId, name, fields } as const;
    return { result: undefined, change };
  });
  return await viewTicketType(deps, { eventId, ticketTypeId });
}

/**
 * Adds a ticket type to a locked event. The caller refreshes what depends on it, as `changeOffer()` does.
 *
 * @throws {DomainError} `VALIDATION_FAILED`, `OFFER_FULL`
 */
export async function addTicketType(
  tx: Tx,
  { eventId, ticketTypeId, wished, now }: {
    eventId: string;
    ticketTypeId: string;
    wished: PricedTicketType;
    now: Date;
  },
): Promise<void> {
  const types = await listTicketTypes(tx, eventId);
  const pools = await listPools(tx, eventId);
  if (types.length >= MAX_TICKET_TYPES) {
    throw new DomainError("OFFER_FULL", { what: "ticket types", limit: MAX_TICKET_TYPES });
  }
  const { gives, position: wishedPosition = types.length } = wished;
  const position = Math.min(wishedPosition, types.length);
  const settings = {
    ...wished,
    pools: resolveDraws(wished.pools, { pools, gives, eventId, ticketTypeId }),
    position,
  };
  assertSettings(settings);
  const draws = await settlePools(tx, { eventId, ticketTypeId, pools, settings });
  const type = Math.max(...types.map((other) => other.type)) + 1;
  const { name, description, kind, priceMinor, minPerOrder, maxPerOrder, maxPerBuyer } = settings;
  const { salesStart, salesEnd, status } = settings;
  await insertTicketType(tx, {
    eventId,
    type,
    ticketTypeId,
    position,
    columns: {
      name,
      description,
      kind,
      priceMinor,
      ...draws,
      minPerOrder,
      maxPerOrder,
      maxPerBuyer,
      salesStart,
      salesEnd,
      status,
    },
    now,
  });
  const order = types.map((other) => other.type).toSpliced(position, 0, type);
  await writePositions(tx, { eventId, order });
}
