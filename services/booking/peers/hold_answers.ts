import type {
  HoldBatchResult,
  HoldItem,
  HoldResult,
  HoldTerms,
  RefusalReason,
  TypeTerms,
} from "@evently/event";
import { DEFAULT_REFUND_POLICY, type SaleTerms } from "../orders/terms.ts";

/** The first line of an order to hold, which has the id of its booking, and the lines behind it. */
export interface SeatHold extends HoldItem {
  eventId: string;
  further?: readonly HoldItem[];
}

/** Prices and terms at the time of a hold. Holds of one batch share the object. */
export interface Sale {
  /** Of the default type, like `ticketName`. */
  unitPriceMinor: number;
  ticketName: string;
  currency: string;
  terms: SaleTerms;
  /** By id; absent where the event sells its default type only. */
  types: Readonly<Record<string, SoldType>> | undefined;
}

/** What an order needs to know of a ticket type. */
export type SoldType = Pick<TypeTerms, "name" | "unitPriceMinor" | "gives" | "isDefault">;

/** An order whose allocations existed before; nothing was taken for it. */
export interface ExistingOrder {
  outcome: "existing";
  /** held, sold: all of its lines are. */
  state: "held" | "sold" | "released";
  /** As the lines of the hold, each as it was held. */
  lines: HeldLine[];
  /** When the first line ends; `undefined` for seats that were taken without a hold. */
  expiresAt: Date | undefined;
  isOnSale: boolean;
  sale: Sale;
}

/** A line of an order that was held before. */
export interface HeldLine extends Pick<SoldType, "unitPriceMinor" | "gives"> {
  /** `undefined`: the event's default type. */
  ticketTypeId: string | undefined;
  quantity: number;
}

/** Why no seats were held. `ticketTypeId` and `line` are those that the order failed at, where known. */
export type HoldRefusal =
  & { outcome: "refused"; ticketTypeId?: string | undefined; line?: number | undefined }
  & (
    | { reason: "event_not_on_sale" | "not_enough_seats" | "waitlist" }
    | { reason: "type_not_on_sale" | "type_required" | "buyer_limit" | "key_reused" }
    | { reason: "too_few"; minPerOrder: number | undefined }
    | { reason: "too_many"; maxPerOrder: number | undefined }
    | { reason: "too_many_tickets"; maxPerBooking: number }
  );

/** The result of a hold. */
export type HoldAnswer = { outcome: "held"; sale: Sale } | ExistingOrder | HoldRefusal;

const EVENT_NOT_ON_SALE: HoldRefusal = { outcome: "refused", reason: "event_not_on_sale" };
export const NOT_ENOUGH_SEATS: HoldRefusal = { outcome: "refused", reason: "not_enough_seats" };

/** The answers to the orders of one batch; equal ones are the same object. */
export function answersOf(
  { event, results }: HoldBatchResult,
  orders: readonly SeatHold[],
): HoldAnswer[] {
  if (!event) return orders.map(() => EVENT_NOT_ON_SALE);
  const sale = saleOf(event);
  const held: HoldAnswer = { outcome: "held", sale };
  let taken = 0;
  return orders.map((order) => {
    const lines = 1 + (order.further?.length ?? 0);
    const first = results[taken]!;
    if (lines === 1) {
      taken++;
      return first.outcome === "held" ? held : answerOf([first], order, { event, sale });
    }
    const ofOrder = results.slice(taken, taken += lines);
    return ofOrder.every(({ outcome }) => outcome === "held")
      ? held
      : answerOf(ofOrder, order, { event, sale });
  });
}

function answerOf(
  results: readonly HoldResult[],
  order: SeatHold,
  { event, sale }: { event: HoldTerms; sale: Sale },
): HoldAnswer {
  const existing = results.filter((result) => result.outcome === "existing");
  if (existing.length === results.length) {
    const states = new Set(existing.map(({ state }) => state));
    const [state] = states;
    const ends = existing.map(({ expiresAt }) => expiresAt?.getTime() ?? Infinity);
    const endMs = Math.min(...ends);
    return {
      outcome: "existing",
      state: states.size === 1 && state ? state : "released",
      lines: existing.map(({ ticketTypeId, quantity, gives, unitPriceMinor }) => ({
        ticketTypeId,
        quantity,
        gives,
        unitPriceMinor,
      })),
      expiresAt: endMs === Infinity ? undefined : new Date(endMs),
      isOnSale: event.isOnSale,
      sale,
    };
  }
  const refusal = results.find((result) => result.outcome === "refused")?.refusal;
  if (!refusal) return plainRefusal(event, order);
  return refusalOf(refusal, order, event);
}

function saleOf(
  { unitPriceMinor, ticketName, currency, startsAt, refundPolicy, types }: HoldTerms,
): Sale {
  const terms = { refundPolicy: refundPolicy ?? DEFAULT_REFUND_POLICY, startsAt };
  return { unitPriceMinor, ticketName, currency, terms, types };
}

/** The refusal of an event that sells its default type only. */
function plainRefusal(
  { isOnSale, maxTicketsPerBooking }: HoldTerms,
  { quantity }: SeatHold,
): HoldRefusal {
  if (!isOnSale) return EVENT_NOT_ON_SALE;
  if (quantity <= maxTicketsPerBooking) return NOT_ENOUGH_SEATS;
  return { outcome: "refused", reason: "too_many_tickets", maxPerBooking: maxTicketsPerBooking };
}

function refusalOf(
  { reason, ticketTypeId }: { reason: RefusalReason; ticketTypeId: string | undefined },
  order: SeatHold,
  { isOnSale, maxTicketsPerBooking, types }: HoldTerms,
): HoldRefusal {
  const lines = [order, ...order.further ?? []];
  const line = lines.findIndex((one) => one.ticketTypeId === ticketTypeId);
  const where = { outcome: "refused", ticketTypeId, line: line < 0 ? undefined : line } as const;
  const type = types?.[ticketTypeId ?? ""];
  switch (reason) {
    case "not_on_sale":
      return { ...where, reason: isOnSale ? "type_not_on_sale" : "event_not_on_sale" };
    case "min":
      return { ...where, reason: "too_few", minPerOrder: type?.minPerOrder };
    case "max": {
      const quantity = lines[line]?.quantity ?? order.quantity;
      return type && quantity > type.maxPerOrder && type.maxPerOrder < maxTicketsPerBooking
        ? { ...where, reason: "too_many", maxPerOrder: type.maxPerOrder }
        : { ...where, reason: "too_many_tickets", maxPerBooking: maxTicketsPerBooking };
    }
    case "seats":
      return { ...where, reason: "not_enough_seats" };
    case "waitlist":
    case "type_required":
    case "buyer_limit":
    case "key_reused":
      return { ...where, reason };
  }
}
