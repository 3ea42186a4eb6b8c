import type { Clock } from "@evently/shared/clock";
import type { Sql } from "@evently/shared/postgres";
import { DEFAULT_TIME_ZONE } from "@evently/shared/time_zone";
import { type Organiser, readable } from "../organisations/organiser.ts";
import { findManagedEvent } from "../events/find_managed_event.ts";
import type { CountedSales, EventBookings } from "../peers/event_bookings.ts";
import { listTicketTypes } from "../ticket_types/ticket_types_sql.ts";
import { listSellingEvents } from "./sales_sql.ts";
import { type SalesPeriod, salesPeriod, type WantedPeriod } from "./sales_steps.ts";

export interface SalesDeps {
  sql: Sql;
  clock: Clock;
  bookings: Pick<EventBookings, "countSales">;
}

/** A period of sales; days are those of a time zone. */
export interface WantedSales extends WantedPeriod {
  /** Default is that of the event, or of the organiser's latest event. */
  timeZone?: string | undefined;
}

/** A ticket type as it is called now. */
export interface SoldType {
  ticketTypeId: string;
  name: string;
}

/** Sales by the steps of a period and of the one before. */
export interface SalesOverTime {
  period: SalesPeriod;
  /** In which the events sell; all that have sales, too. */
  currencies: string[];
  counted: CountedSales;
}

/** Sales of an event. */
export interface EventSalesOverTime extends SalesOverTime {
  /** By position; archived ones only if they have sales. */
  types: SoldType[];
}

/** Sales of all events of an organiser. */
export interface AllSalesOverTime extends SalesOverTime {
  events: number;
  /** The organiser has more events, older ones. */
  isCut: boolean;
}

/** The most events of which the sales are added up: the latest. */
export const MAX_EVENTS = 5_000;

/**
 * Counts the sales of an event over time and by ticket type.
 *
 * @throws {DomainError} `EVENT_NOT_FOUND`: no such event that this admin may see; `VALIDATION_FAILED`: the period; the
 * booking service is not asked then
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewEventSales(
  { sql, clock, bookings }: SalesDeps,
  { admin, eventId, timeZone, ...wanted }: WantedSales & { admin: Organiser; eventId: string },
): Promise<EventSalesOverTime> {
  const event = await findManagedEvent({ sql }, { admin, eventId });
  const period = salesPeriod(wanted, { timeZone: timeZone ?? event.timezone, now: clock.now() });
  const { bounds } = period;
  const [types, counted] = await Promise.all([
    listTicketTypes(sql, eventId),
    bookings.countSales({ eventIds: [eventId], bounds, isByType: true }),
  ]);
  const sold = new Set(counted.types.map(({ ticketTypeId }) => ticketTypeId));
  return {
    period,
    currencies: currenciesOf([event.currency], counted),
    counted,
    types: types.filter((type) => type.status !== "archived" || sold.has(type.ticketTypeId)),
  };
}

/**
 * Counts the sales of all events that an admin may see.
 *
 * @throws {DomainError} `VALIDATION_FAILED`: the period
 * @throws {Unavailable} the booking service does not answer
 */
export async function viewAllSales(
  { sql, clock, bookings }: SalesDeps,
  { admin, timeZone, ...wanted }: WantedSales & { admin: Organiser },
): Promise<AllSalesOverTime> {
  const found = await listSellingEvents(sql, {
    organisations: readable(admin),
    limit: MAX_EVENTS + 1,
  });
  const events = found.slice(0, MAX_EVENTS);
  const period = salesPeriod(wanted, {
    timeZone: timeZone ?? events[0]?.timezone ?? DEFAULT_TIME_ZONE,
    now: clock.now(),
  });
  const eventIds = events.map(({ eventId }) => eventId);
  const counted = eventIds.length === 0
    ? { steps: [], types: [] }
    : await bookings.countSales({ eventIds, bounds: period.bounds, isByType: false });
  return {
    period,
    currencies: currenciesOf(events.map(({ currency }) => currency), counted),
    counted,
    events: events.length,
    isCut: found.length > MAX_EVENTS,
  };
}

function currenciesOf(own: readonly string[], { steps }: CountedSales): string[] {
  return [...new Set([...own, ...steps.map(({ currency }) => currency)])];
}
