import type { PublicEvent } from "../../../api/events.ts";
import type { Asked } from "../states.ts";

type TicketType = PublicEvent["ticket_types"][number];

/** What the form has: how many, and of which types in order of preference. */
export interface Choice {
  count: number;
  ticketTypeIds: readonly string[];
}

const USUAL_COUNT = 2;
/** The API takes so many types at most. */
const MAX_TYPES = 10;

/** Types that one can wait for: those on sale may be too few. */
export function waitableTypes({ ticket_types }: PublicEvent): TicketType[] {
  return ticket_types.filter(({ state }) =>
    state === "sold_out" || state === "waitlist" || state === "on_sale"
  );
}

/** What the form begins with: what the address asks for, as far as it can be had; else the first type. */
export function firstChoice(event: PublicEvent, { count, ticketTypeId }: Asked): Choice {
  const types = waitableTypes(event);
  const type = types.find((one) => one.ticket_type_id === ticketTypeId) ?? types[0];
  const ticketTypeIds = type ? [type.ticket_type_id] : [];
  return { count: within(count ?? USUAL_COUNT, limitsOf(event, ticketTypeIds)), ticketTypeIds };
}

/** How few and how many one order of each of these types can have. */
export function limitsOf(
  event: PublicEvent,
  ticketTypeIds: readonly string[],
): { least: number; most: number } {
  const types = chosenOf(event, ticketTypeIds);
  const least = Math.max(1, ...types.map(({ min_per_order }) => min_per_order));
  const most = Math.min(...types.map(({ max_per_order }) => max_per_order));
  return { least, most: Number.isFinite(most) ? Math.max(most, least) : least };
}

/** Adds a type behind those chosen before, or takes it out; the count follows what can be had of all. */
export function toggled(event: PublicEvent, choice: Choice, ticketTypeId: string): Choice {
  const { ticketTypeIds: before } = choice;
  const ticketTypeIds = before.includes(ticketTypeId)
    ? before.filter((id) => id !== ticketTypeId)
    : [...before, ticketTypeId].slice(0, MAX_TYPES);
  return { count: within(choice.count, limitsOf(event, ticketTypeIds)), ticketTypeIds };
}

/** Whether one of the types can be bought now, so that nobody has to wait for it. */
export function canBeBought(event: PublicEvent, { count, ticketTypeIds }: Choice): boolean {
  return chosenOf(event, ticketTypeIds)
    .some(({ state, available }) => state === "on_sale" && available >= count);
}

/** The types of a choice, in its order. */
export function chosenOf(event: PublicEvent, ticketTypeIds: readonly string[]): TicketType[] {
  return ticketTypeIds.flatMap((id) =>
    event.ticket_types.filter(({ ticket_type_id }) => ticket_type_id === id)
  );
}

function within(count: number, { least, most }: { least: number; most: number }): number {
  return Math.max(least, Math.min(count, most));
}
