import { drawsOf } from "./transfer.ts";

/** The counters of a pool: a row of `seat_inventory`. */
export interface PoolCounters {
  pool: number;
  capacity: number;
  held: number;
  sold: number;
  set_aside: number;
}

/** What of a ticket type decides about the seats that are set aside: a row of `ticket_types`. */
export interface WaitedType {
  type: number;
  pools: readonly number[];
  units: readonly number[];
  status: "active" | "paused" | "archived";
  waitlist_open: boolean;
}

/** All of an event. */
export interface PoolsAndTypes {
  pools: readonly PoolCounters[];
  types: readonly WaitedType[];
}

/** How many tickets of a type so many seats by pool make. */
export function ticketsIn(
  type: Pick<WaitedType, "pools" | "units">,
  seats: ReadonlyMap<number, number>,
): number {
  return Math.min(
    ...drawsOf(type).map(([pool, units]) => {
      return Math.floor((seats.get(pool) ?? 0) / units);
    }),
  );
}

/** How many tickets those who wait could have of each type whose list is open, if all that is free were theirs. */
export function openBundles({ pools, types }: PoolsAndTypes): Map<number, number> {
  const free = new Map(pools.map((row) => [row.pool, unsold(row)]));
  return new Map(
    types.filter(({ waitlist_open, status }) => waitlist_open && status === "active")
      .map((type) => [type.type, ticketsIn(type, free)]),
  );
}

/** What must be set aside of each pool: enough for each type that people wait for, as far as it is free. */
export function setAsideTargets({ pools, types }: PoolsAndTypes): Map<number, number> {
  const bundles = openBundles({ pools, types });
  return new Map(pools.map((row) => {
    const wanted = types.flatMap((type) =>
      drawsOf(type).filter(([pool]) => pool === row.pool)
        .map(([, units]) => units * (bundles.get(type.type) ?? 0))
    );
    return [row.pool, Math.min(unsold(row), wanted.reduce((sum, seats) => sum + seats, 0))];
  }));
}

function unsold({ capacity, held, sold }: PoolCounters): number {
  return capacity - held - sold;
}
