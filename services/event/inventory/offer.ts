import { HOUSE } from "./ledger/chain.ts";

/** A ticket type that organisers let be sold. */
export interface OfferedType {
  ticketTypeId: string;
  name: string;
  description: string | null;
  kind: "paid" | "free";
  priceMinor: number;
  /** The pools that one ticket takes seats of, ascending; the first is the house. */
  pools: readonly number[];
  /** Seats that one ticket takes of each of `pools`. */
  units: readonly number[];
  minPerOrder: number;
  maxPerOrder: number | null;
  maxPerBuyer: number | null;
  salesStartMs: number | null;
  salesEndMs: number | null;
  /** Whether people wait for it. */
  isWaitlistOpen: boolean;
}

/** The limits of an event on what one order, and one buyer's holds, can have; in tickets. */
export interface OrderLimits {
  maxTickets: number;
  maxHeld: number | null;
}

/** What an event has for sale. */
export interface Offer extends OrderLimits {
  /** In the order in which they are shown. */
  types: readonly OfferedType[];
  /** Seats that the public can have, by the number of their pool. */
  free: Readonly<Record<number, number>>;
}

/** Whether a ticket type is sold at a moment, and if not, why. `waitlist`: people wait for what comes back. */
export type TypeState = "on_sale" | "soon" | "ended" | "sold_out" | "waitlist";

const STATES_BEST_FIRST: readonly TypeState[] = [
  "on_sale",
  "soon",
  "waitlist",
  "sold_out",
  "ended",
];

/** The sale of an event at a moment. */
export interface Sale {
  state: TypeState;
  /** While it is `soon`: when the first type begins. */
  salesStart?: Date;
}

/** A ticket type at a moment. */
export interface TypeAvailability {
  state: TypeState;
  /** Tickets that can be bought; 0 unless `on_sale`. */
  available: number;
}

/** The seats of an event that can be bought at a moment. */
export interface SeatsLeft {
  availableSeats: number;
  /** Whether seats can be bought now, or once a type's sale begins. */
  isSellable: boolean;
}

/** A moment at which an event has other seats for sale though nothing of it changes: a window opens or closes. */
export interface SeatsFrom {
  from: Date;
  availableSeats: number;
}

/** How many tickets of a type can be bought at a moment, by the type alone: the event may not be on sale. */
export function typeAt(
  type: OfferedType,
  { offer, now }: { offer: Offer; now: Date },
): TypeAvailability {
  if (type.salesStartMs !== null && type.salesStartMs > now.getTime()) {
    return { state: "soon", available: 0 };
  }
  if (type.salesEndMs !== null && type.salesEndMs <= now.getTime()) {
    return { state: "ended", available: 0 };
  }
  const available = ticketsLeft(type, offer);
  if (available > 0) return { state: "on_sale", available };
  return { state: type.isWaitlistOpen ? "waitlist" : "sold_out", available };
}

/** The most tickets of a type that one order can have; less than its minimum if nobody can order it. */
export function largestOrder(
  { units, maxPerOrder, maxPerBuyer }: Pick<OfferedType, "units" | "maxPerOrder" | "maxPerBuyer">,
  { maxTickets, maxHeld }: OrderLimits,
): number {
  const tickets = Math.min(maxTickets, maxHeld ?? maxTickets);
  return Math.min(
    Math.floor(tickets / givesOf({ units })),
    maxPerOrder ?? Infinity,
    maxPerBuyer ?? Infinity,
  );
}

/** How many people a ticket admits. */
export function givesOf({ units }: Pick<OfferedType, "units">): number {
  return units[0] ?? 1;
}

/** The seats that can be bought at a moment: 0 exactly when nobody can hold any. */
export function seatsAt(offer: Offer, now: Date): SeatsLeft {
  let [seats, isSellable] = [0, false];
  for (const type of offer.types) {
    const { state, available } = typeAt(type, { offer, now });
    seats += available * givesOf(type);
    isSellable ||= available > 0 || (state === "soon" && ticketsLeft(type, offer) > 0);
  }
  return { availableSeats: Math.min(seats, freeIn(offer, HOUSE)), isSellable };
}

/** The best state of any type at a moment, and when the sale begins if that is still to come. */
export function saleAt(offer: Offer, now: Date): Sale {
  const states = new Set<TypeState>();
  let salesStartMs = Infinity;
  for (const type of offer.types) {
    const { state } = typeAt(type, { offer, now });
    if (state !== "soon") states.add(state);
    else if (ticketsLeft(type, offer) === 0) states.add("sold_out");
    else {
      states.add(state);
      salesStartMs = Math.min(salesStartMs, type.salesStartMs ?? Infinity);
    }
  }
  const state = STATES_BEST_FIRST.find((state) => states.has(state)) ?? "ended";
  return state === "soon" ? { state, salesStart: new Date(salesStartMs) } : { state };
}

/** When windows open and close after a moment, and how many seats can be bought from then on. */
export function laterSeats(offer: Offer, now: Date): SeatsFrom[] {
  const borders = offer.types.flatMap(({ salesStartMs, salesEndMs }) => [salesStartMs, salesEndMs])
    .filter((ms) => ms !== null).filter((ms) => ms > now.getTime());
  let { availableSeats: before } = seatsAt(offer, now);
  return [...new Set(borders)].sort((a, b) => a - b).flatMap((ms) => {
    const from = new Date(ms);
    const { availableSeats } = seatsAt(offer, from);
    if (availableSeats === before) return [];
    before = availableSeats;
    return [{ from, availableSeats }];
  });
}

/** The distinct prices of what an event offers, ascending; empty if it offers nothing. */
export function pricesOf({ types }: Pick<Offer, "types">): number[] {
  return [...new Set(types.map(({ priceMinor }) => priceMinor))].sort((a, b) => a - b);
}

/** Tickets that the scarcest pool of a type has seats for; 0 if that is less than the smallest order. */
function ticketsLeft(type: OfferedType, offer: Offer): number {
  const left = Math.min(
    ...type.pools.map((pool, place) => Math.floor(freeIn(offer, pool) / (type.units[place] ?? 1))),
  );
  const canOrder = left >= type.minPerOrder && largestOrder(type, offer) >= type.minPerOrder;
  return canOrder ? left : 0;
}

function freeIn({ free }: Offer, pool: number): number {
  return free[pool] ?? 0;
}
