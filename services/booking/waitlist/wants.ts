import type { WaitlistEntry } from "./entry.ts";
import { type Seats, seatsOf, type SuppliedType } from "./supply.ts";

/** A type that can be offered to an entry, and how many of it. */
export interface Want {
  type: SuppliedType;
  /** What the entry is content with, and what an order must have. */
  fewest: number;
  most: number;
}

/** Returns the types that can be offered to an entry, in its order of preference. */
export function wantsOf(
  { ticketTypeIds, quantity, minQuantity }: Pick<
    WaitlistEntry,
    "ticketTypeIds" | "quantity" | "minQuantity"
  >,
  types: ReadonlyMap<string, SuppliedType>,
): Want[] {
  return ticketTypeIds.flatMap((id) => {
    const type = types.get(id);
    if (!type) return [];
    const fewest = Math.max(minQuantity, type.minPerOrder);
    const most = Math.min(quantity, type.largestOrder);
    return fewest <= most ? [{ type, fewest, most }] : [];
  });
}

/** How many there are of the wanted type that most are left of; 0 if none is wanted. */
export function bestOf(wants: readonly Want[], seats: Seats): number {
  return wants.reduce((best, { type }) => Math.max(best, seatsOf(type, seats)), 0);
}

/** Whether there are some, but of no type enough. */
export function isShort(wants: readonly Want[], seats: Seats): boolean {
  return bestOf(wants, seats) > 0 &&
    wants.every(({ type, fewest }) => seatsOf(type, seats) < fewest);
}
