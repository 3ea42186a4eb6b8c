import type { PublicEvent, TicketType } from "../../../api/events.ts";

/** Most ticket types of one order. */
export const MOST_LINES = 10;
/** Tickets that are chosen at first where an event has one type of them. */
const USUAL_TICKETS = 2;
/** Amounts have three decimals at most, whatever their currency. */
const AMOUNT_SCALE = 1_000;

/** How many of each ticket type are chosen, by its id; absent is 0. */
export type Choice = Readonly<Record<string, number>>;

/** A ticket type with what is chosen of it, and what can be. */
export interface ChoiceLine {
  type: TicketType;
  quantity: number;
  /** By all limits but how many are left now. */
  limit: number;
  /** What can be chosen now. */
  most: number;
}

/** What is chosen in all. */
export interface ChoiceSum {
  lines: readonly ChoiceLine[];
  /** People admitted, which is what limits and holds count. */
  tickets: number;
  /** In major units. */
  amount: number;
  /** A line of which fewer are left than are chosen. */
  short: ChoiceLine | undefined;
  /** Whether something was chosen that is sold no more; it counts for nothing. */
  hasUnsold: boolean;
}

/** Sums a choice up. Limits of a line depend on the others: `mostTickets` is that of the whole order. */
export function sumUp(
  { ticket_types: types }: PublicEvent,
  { choice, mostTickets }: { choice: Choice; mostTickets: number },
): ChoiceSum {
  const sold = soldOf(choice, types);
  const quantityOf = ({ ticket_type_id: id }: TicketType) => sold[id] ?? 0;
  const tickets = sum(types, (type) => quantityOf(type) * type.gives);
  const chosen = types.filter((type) => quantityOf(type) > 0).length;
  const lines = types.map((type) => {
    const quantity = quantityOf(type);
    const others = tickets - quantity * type.gives;
    const room = Math.floor((mostTickets - others) / type.gives);
    const isFull = quantity === 0 && chosen >= MOST_LINES;
    const limit = isFull ? 0 : Math.max(Math.min(type.max_per_order, room), 0);
    return { type, quantity, limit, most: Math.min(limit, type.available) };
  });
  return {
    lines,
    tickets,
    amount: Math.round(sum(types, (type) => quantityOf(type) * type.price) * AMOUNT_SCALE) /
      AMOUNT_SCALE,
    short: lines.find(({ type, quantity }) => quantity > type.available),
    hasUnsold: Object.entries(choice).some(([id, quantity]) => quantity > 0 && !(id in sold)),
  };
}

/** What is left of a choice without what the organiser sells no more; what is sold out stays, as one can wait for it. */
export function soldOf(choice: Choice, types: readonly TicketType[]): Choice {
  const ids = new Set(
    types.filter(({ state }) => state !== "ended" && state !== "soon")
      .map(({ ticket_type_id }) => ticket_type_id),
  );
  return Object.fromEntries(Object.entries(choice).filter(([id]) => ids.has(id)));
}

/** What is chosen before anybody has chosen: nothing where there is a choice. */
export function firstChoice(event: PublicEvent, mostTickets: number): Choice {
  const [only, ...further] = event.ticket_types;
  if (!only || further.length > 0) return {};
  const { lines: [line] } = sumUp(event, { choice: {}, mostTickets });
  if (!line || line.most < only.min_per_order) return {};
  const usual = Math.max(only.min_per_order, Math.ceil(USUAL_TICKETS / only.gives));
  return { [only.ticket_type_id]: Math.min(usual, line.most) };
}

function sum(types: readonly TicketType[], valueOf: (type: TicketType) => number): number {
  return types.reduce((total, type) => total + valueOf(type), 0);
}
