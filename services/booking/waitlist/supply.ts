import type { SuppliedType } from "@evently/event";

export type { SuppliedType, WaitlistSupply } from "@evently/event";

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
