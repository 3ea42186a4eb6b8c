import type { PublicEvent, TicketType } from "../../../api/events.ts";
import { FEW_SHARE } from "../../../parts/few.ts";

/** What the ticket panel says about an event. */
export type Sale =
  | { kind: "on_sale"; isFew: boolean }
  /** The sale begins at `at`. */
  | { kind: "soon"; at: string | undefined }
  | { kind: "sold_out" }
  | { kind: "cancelled" }
  | { kind: "begun" }
  | { kind: "past" }
  /** Nothing is sold: the sale is over, or paused. */
  | { kind: "closed" };

/** The sale of an event at `asOfMs`, of all its ticket types. */
export function saleOf(event: PublicEvent, asOfMs: number): Sale {
  if (event.status === "cancelled") return { kind: "cancelled" };
  if (!event.on_sale) {
    return { kind: asOfMs >= Date.parse(event.end_datetime) ? "past" : "begun" };
  }
  const { ticket_types: types, available_seats: left, total_capacity: capacity } = event;
  if (types.some(({ state }) => state === "on_sale")) {
    return { kind: "on_sale", isFew: left < Math.ceil(capacity * FEW_SHARE) };
  }
  const soon = types.filter(({ state }) => state === "soon");
  if (soon.length > 0) return { kind: "soon", at: earliest(soon) };
  return { kind: types.some(isSoldOut) ? "sold_out" : "closed" };
}

/** Whether one can only wait for a ticket type. */
export function isSoldOut({ state }: Pick<TicketType, "state">): boolean {
  return state === "sold_out" || state === "waitlist";
}

function earliest(types: readonly TicketType[]): string | undefined {
  return types.map(({ sales_start }) => sales_start).filter((at) => at !== undefined).toSorted()[0];
}
