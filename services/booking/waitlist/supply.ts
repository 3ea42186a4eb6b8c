/** Seats that wait to be offered, and the ticket types that can be sold from them. */
export interface WaitlistSupply {
  eventId: string;
  /** Published, and not begun. */
  isOnSale: boolean;
  startsAt: Date;
  /** Free seats that only the waitlist may sell, by pool. */
  setAside: Seats;
  types: readonly SuppliedType[];
  seq: number;
}

/** A ticket type as the waitlist needs it. */
export interface SuppliedType {
  ticketTypeId: string;
  /** What one of it takes, in pairs with `units`. */
  pools: readonly number[];
  units: readonly number[];
  generation: number;
  /** Whether free seats are set aside for it. */
  isOpen: boolean;
  status: "active" | "paused" | "archived";
  salesStart?: Date | undefined;
  salesEnd?: Date | undefined;
  minPerOrder: number;
  largestOrder: number;
}

/** Seats by pool. */
export type Seats = Readonly<Record<number, number>>;

/** Whether offers of a type can be made now. */
export function isOffered({ isOpen, status, salesStart, salesEnd }: SuppliedType, now: Date) {
  return isOpen && status === "active" && !(salesStart && salesStart > now) &&
    !(salesEnd && salesEnd <= now);
}

/** How many of a type the seats are enough for. */
export function seatsOf({ pools, units }: SuppliedType, seats: Seats): number {
  return pools.reduce(
    (fewest, pool, i) => Math.min(fewest, Math.floor((seats[pool] ?? 0) / (units[i] ?? 1))),
    Infinity,
  );
}

/** The seats that are left when so many of a type are taken. */
export function without({ pools, units }: SuppliedType, quantity: number, seats: Seats): Seats {
  const left = { ...seats };
  pools.forEach((pool, i) => left[pool] = (left[pool] ?? 0) - quantity * (units[i] ?? 1));
  return left;
}
