import type { Clock } from "@evently/shared/clock";
import { DomainError } from "@evently/shared/errors";
import type { Sql } from "@evently/shared/postgres";
import { type EventRecord, findEvent } from "../events/events_sql.ts";
import { listPools } from "../pools/pools_sql.ts";
import { availabilityOf, type TicketTypeAvailability } from "./availability.ts";
import { settingsOf, type TicketTypeSettings } from "./settings.ts";
import {
  countTickets,
  listTicketTypes,
  type TicketsTaken,
  type TicketTypeRecord,
} from "./ticket_types_sql.ts";

/** A ticket type as its organiser sees it. */
export interface TicketTypeView extends TicketTypeAvailability, TicketsTaken {
  record: TicketTypeRecord;
  settings: TicketTypeSettings;
  currency: string;
}

interface ViewDeps {
  sql: Sql;
  clock: Clock;
}

/** The ticket types of an event by position, archived ones, too. */
export async function viewTicketTypes(
  { sql, clock }: ViewDeps,
  event: EventRecord,
): Promise<TicketTypeView[]> {
  const { eventId, currency } = event;
  const [types, pools, counted] = await Promise.all([
    listTicketTypes(sql, eventId),
    listPools(sql, eventId),
    countTickets(sql, eventId),
  ]);
  const now = clock.now();
  return types.map((record) => ({
    record,
    settings: settingsOf(record, pools),
    currency,
    ...availabilityOf(record, { event, pools, now }),
    ...(counted.get(record.type) ?? { held: 0, sold: 0 }),
  }));
}

/**
 * A ticket type after a change of it, as it is by now.
 *
 * @throws {DomainError} `TICKET_TYPE_NOT_FOUND`: it was removed meanwhile
 */
export async function viewTicketType(
  deps: ViewDeps,
  { eventId, ticketTypeId }: { eventId: string; ticketTypeId: string },
): Promise<TicketTypeView> {
  const event = await findEvent(deps.sql, eventId);
  const views = event ? await viewTicketTypes(deps, event) : [];
  const view = views.find(({ record }) => record.ticketTypeId === ticketTypeId);
  if (!view) throw new DomainError("TICKET_TYPE_NOT_FOUND");
  return view;
}
