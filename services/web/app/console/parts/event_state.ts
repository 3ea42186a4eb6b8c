import type { components } from "@evently/shared/client/gateway";
import type { ConsoleMessages } from "../../messages/console_messages.ts";

/** An event as its organiser sees it. */
export type ManagedEvent = components["schemas"]["ManagedEvent"];

/** How an event stands, in the words of the console. */
export type EventState = keyof ConsoleMessages["parts"]["states"];

/** Few seats are left from this share of the capacity. */
const FEW_SHARE = 0.05;

/** How an event stands at a time. */
export function eventStateOf(
  event: Pick<
    ManagedEvent,
    "status" | "end_datetime" | "on_sale" | "available_seats" | "total_capacity"
  >,
  nowMs: number,
): EventState {
  const { status, end_datetime, on_sale, available_seats, total_capacity } = event;
  if (status === "draft" || status === "cancelled") return status;
  if (Date.parse(end_datetime) <= nowMs) return "past";
  if (available_seats <= 0) return "soldOut";
  if (!on_sale) return "notOnSale";
  return available_seats <= total_capacity * FEW_SHARE ? "nearlyFull" : "onSale";
}
