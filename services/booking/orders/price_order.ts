import { DomainError } from "@evently/shared/errors";
import { DEFAULT_TICKET_NAME } from "@evently/shared/ticket_name";
import type { HoldItem } from "@evently/event";
import type { ExistingOrder, Sale, SeatHold, SoldType } from "../peers/seats.ts";
import type { NewBooking, OrderLine } from "./booking.ts";
import { linesToStore, type WantedLine } from "./order_lines.ts";

/**
 * Tickets, price and lines of held seats, by the terms at the time of the hold.
 *
 * @param wanted the lines of the request, which may name no type
 * @throws {DomainError} `TICKET_TYPE_NOT_ON_SALE`: the terms of a line are not known any more
 */
export function priceOrder(
  hold: SeatHold,
  { sale, wanted }: { sale: Sale; wanted: readonly WantedLine[] },
): Pick<NewBooking, "quantity" | "unitPriceMinor" | "lines"> {
  const { eventId, quantity, further } = hold;
  if (!sale.types && !further && sale.ticketName === DEFAULT_TICKET_NAME) {
    return { quantity, unitPriceMinor: sale.unitPriceMinor };
  }
  const first = lineOf(hold, { eventId, sale, wanted: wanted[0] });
  const lines = [
    first,
    ...(further ?? []).map((item, i) => lineOf(item, { eventId, sale, wanted: wanted[i + 1] })),
  ];
  return {
    quantity: lines.reduce((sum, { quantity, gives }) => sum + quantity * gives, 0),
    unitPriceMinor: first.unitPriceMinor,
    lines: linesToStore(eventId, lines),
  };
}

function lineOf(
  { ticketTypeId, quantity }: HoldItem,
  { eventId, sale, wanted }: { eventId: string; sale: Sale; wanted: WantedLine | undefined },
): OrderLine {
  const { types } = sale;
  if (!types) {
    const { ticketName: name, unitPriceMinor } = sale;
    return { ticketTypeId: eventId, name, quantity, gives: 1, unitPriceMinor };
  }
  const id = ticketTypeId ?? Object.keys(types).find((id) => types[id]?.isDefault);
  const type = id === undefined ? undefined : types[id];
  if (id === undefined || !type) throw new DomainError("TICKET_TYPE_NOT_ON_SALE");
  const { name, gives, unitPriceMinor } = type;
  const isImplied = wanted?.ticketTypeId === undefined && id !== eventId;
  const line = { ticketTypeId: id, name, quantity, gives, unitPriceMinor };
  return isImplied ? { ...line, isImplied } : line;
}

/** The sale at the prices of the time when the seats were held: what is held does not change with its type. */
export function saleAsHeld(eventId: string, { sale, lines }: ExistingOrder): Sale {
  const types: Record<string, SoldType> = { ...sale.types };
  for (const { ticketTypeId = eventId, unitPriceMinor, gives } of lines) {
    const { name, isDefault } = types[ticketTypeId] ??
      { name: sale.ticketName, isDefault: ticketTypeId === eventId };
    types[ticketTypeId] = { name, isDefault, unitPriceMinor, gives };
  }
  return { ...sale, types };
}
