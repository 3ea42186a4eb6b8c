import type { WaitlistEntry } from "./entry.ts";
import type { Pass } from "./store.ts";
import type { Seats } from "./supply.ts";
import { bestOf, type Want } from "./wants.ts";

/** Entries that wait for the same types, and so lose the same with each pass. */
interface Group {
  wants: readonly Want[];
  entryIds: string[];
  /** Seats that went past the entry that most went past. */
  mostPassed: number;
  /** Seats that may still go past each of them. */
  mayStillPass: number;
}

/** Earlier entries of a decision that got nothing, and that seats are kept back for. */
export class EntriesAhead {
  readonly #groups = new Map<string, Group>();

  /** Returns whether later entries are held up by this one more than by those that were added before. */
  add(
    { entryId, passed, minQuantity }: WaitlistEntry,
    wants: readonly Want[],
    seats: Seats,
  ): boolean {
    if (bestOf(wants, seats) === 0) return false;
    const key = wants.map(({ type }) => type.ticketTypeId).toSorted().join();
    const group = this.#groups.get(key) ??
      { wants, entryIds: [], mostPassed: -1, mayStillPass: Infinity };
    const mayStillPass = minQuantity - 1 - passed;
    const isStricter = passed > group.mostPassed || mayStillPass < group.mayStillPass;
    group.entryIds.push(entryId);
    group.mostPassed = Math.max(group.mostPassed, passed);
    group.mayStillPass = Math.min(group.mayStillPass, mayStillPass);
    this.#groups.set(key, group);
    return isStricter;
  }

  /** Whether each of them keeps at least as many seats as will have gone past it, and fewer go than it waits for. */
  mayPass(before: Seats, after: Seats): boolean {
    return this.#groups.values().every(({ wants, mostPassed, mayStillPass }) => {
      const kept = bestOf(wants, after);
      const lost = bestOf(wants, before) - kept;
      return lost === 0 || (kept >= mostPassed + lost && lost <= mayStillPass);
    });
  }

  /** Counts seats that are taken as having gone past each of them that lost by it. */
  pass(
    { entryId: byEntryId, place: byPlace }: Pick<WaitlistEntry, "entryId" | "place">,
    before: Seats,
    after: Seats,
  ): Pass[] {
    return this.#groups.values().toArray().flatMap((group) => {
      const kept = bestOf(group.wants, after);
      const seats = bestOf(group.wants, before) - kept;
      if (seats === 0) return [];
      group.mostPassed += seats;
      group.mayStillPass -= seats;
      return group.entryIds.map((entryId) => ({ entryId, byEntryId, byPlace, seats, kept }));
    });
  }
}
