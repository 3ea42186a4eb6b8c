/** The waitlist's rule as a judge that shares no code with `decideOffers`: W2 and W3 of docs/waitlist.md. */
import { bundlesOf, type EntryState, type TypeState, type WaitlistState } from "./state.ts";

/** No offer is made in the last minutes before an event. */
const MIN_LEAD_MS = 10 * 60_000;

type Seats = ReadonlyMap<number, number>;

/** Returns the first entry in line that must be offered seats now; `undefined` if the worker has nothing to offer. */
export function couldBeOffered(
  { entries, pools, types, isOnSale, isPaused, startsAt }: WaitlistState,
  { now }: { now: Date },
): { entryId: string; ticketTypeId: string; quantity: number } | undefined {
  if (!isOnSale || isPaused || startsAt.getTime() - now.getTime() < MIN_LEAD_MS) return undefined;
  const supply: Seats = new Map(pools.map(({ pool, setAside }) => [pool, setAside]));
  const sold = types.filter(({ status, isOpen, salesEnd }) =>
    status === "active" && isOpen && (salesEnd === null || salesEnd > now)
  );
  const ahead: EntryState[] = [];
  for (const entry of entries.toSorted((a, b) => a.place - b.place)) {
    if (entry.status !== "waiting") continue;
    for (const type of typesOf(entry, sold)) {
      const most = Math.min(entry.quantity, type.largestOrder, bundlesOf(type, supply));
      const least = Math.max(entry.minQuantity, type.minPerOrder);
      for (let quantity = most; quantity >= least; quantity--) {
        const after = without(supply, { type, quantity });
        if (!ahead.every((passed) => mayBePassed(passed, { before: supply, after, sold }))) {
          continue;
        }
        return { entryId: entry.entryId, ticketTypeId: type.ticketTypeId, quantity };
      }
    }
    if (entry.standsBackUntil === null || entry.standsBackUntil <= now) ahead.push(entry);
  }
  return undefined;
}

/** At least as many seats stay behind for an entry as have gone past it, and fewer than it wants have. */
function mayBePassed(
  entry: EntryState,
  { before, after, sold }: { before: Seats; after: Seats; sold: readonly TypeState[] },
): boolean {
  const best = (seats: Seats) =>
    Math.max(0, ...typesOf(entry, sold).map((type) => bundlesOf(type, seats)));
  const past = best(before) - best(after);
  if (past === 0) return true;
  const passed = entry.passed + past;
  return best(after) >= passed && passed < entry.minQuantity;
}

function typesOf({ ticketTypeIds }: EntryState, types: readonly TypeState[]): TypeState[] {
  return ticketTypeIds.flatMap((id) => types.find(({ ticketTypeId }) => ticketTypeId === id) ?? []);
}

function without(
  supply: Seats,
  { type, quantity }: { type: TypeState; quantity: number },
): Seats {
  const left = new Map(supply);
  type.pools.forEach((pool, i) => left.set(pool, left.get(pool)! - quantity * type.units[i]!));
  return left;
}
