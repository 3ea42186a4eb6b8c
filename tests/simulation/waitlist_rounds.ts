import type { SeatInventory } from "../../services/booking/peers/seat_inventory.ts";
import type { WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import type { Decision } from "../../services/booking/waitlist/store.ts";
import { isOffered, type WaitlistSupply } from "../../services/booking/waitlist/supply.ts";
import type { Waitlist } from "../../services/booking/waitlist/waitlist.ts";
import type { Change } from "./booking_invariants.ts";
import { assertHolds } from "./violation.ts";
import { checkDecision } from "./waitlist_decisions.ts";

/** What a worker has read of the line of an event in its present round. */
export interface RoundRead {
  supply: WaitlistSupply | undefined;
  entries: WaitlistEntry[];
  /** The step at which it began to read entries. */
  step: number;
}

/** What a decision sees of an entry. */
const SEEN = ["quantity", "minQuantity", "passed", "gatheringSince", "standsBackUntil"] as const;

/**
 * Records what workers read, to check what they decide: each decision must follow the rule from what was read, and
 * nothing that it must not miss may have happened since.
 */
export class Rounds {
  readonly #committed: { decision: Decision; read: RoundRead | undefined }[] = [];
  readonly #admittedAt = new Map<string, number>();
  readonly #entriesOf: (eventId: string) => readonly WaitlistEntry[];
  readonly #step: () => number;

  constructor(
    { entriesOf, step }: {
      /** All entries of an event. */
      entriesOf: (eventId: string) => readonly WaitlistEntry[];
      step: () => number;
    },
  ) {
    this.#entriesOf = entriesOf;
    this.#step = step;
  }

  get step(): number {
    return this.#step();
  }

  /** Records a decision that was committed, with what it was made of. */
  committed(decision: Decision, read: RoundRead | undefined): void {
    this.#committed.push({ decision, read });
  }

  /**
   * Checks the decisions of the last step.
   *
   * @param changes of entries in that step
   * @throws {Violation}
   */
  check(changes: readonly Change<WaitlistEntry>[]): void {
    for (const [before, after] of changes) {
      const isAdmitted = before?.status === "joining" && after?.status === "waiting";
      if (isAdmitted) this.#admittedAt.set(after.entryId, this.#step());
    }
    for (const { decision, read } of this.#committed) {
      assertHolds(read?.supply !== undefined, "a decision was made of nothing", decision);
      checkDecision({ entries: read.entries, supply: read.supply }, decision);
      this.#checkFresh(decision, read, changes);
    }
    this.#committed.length = 0;
  }

  /** Checks that entries before those that are served were read as they were when the decision was committed. */
  #checkFresh(
    { eventId, offers, now: decidedAt }: Decision,
    { entries, step, supply }: RoundRead,
    changes: readonly Change<WaitlistEntry>[],
  ): void {
    if (offers.length === 0) return;
    const served = new Set(offers.map(({ entryId }) => entryId));
    const read = new Map(entries.map((entry) => [entry.entryId, entry]));
    const last = Math.max(...entries.filter(({ entryId }) => served.has(entryId)).map(placeOf));
    const types = supply!.types.filter((type) => isOffered(type, decidedAt))
      .map((type) => type.ticketTypeId);
    for (const now of this.#entriesOf(eventId)) {
      const change = changes.find(([, after]) => after?.entryId === now.entryId);
      const entry = change?.[0] ?? now;
      if (entry.status !== "waiting" || entry.place > last) continue;
      if (!entry.ticketTypeIds.some((id) => types.includes(id))) continue;
      const isNew = (this.#admittedAt.get(entry.entryId) ?? 0) >= step;
      const seen = read.get(entry.entryId);
      assertHolds(seen !== undefined || isNew, "a decision missed an earlier entry", entry, offers);
      if (!seen) continue;
      for (const field of SEEN) {
        assertHolds(
          `${entry[field]}` === `${seen[field]}`,
          `a decision missed that an entry's ${field} changed`,
          seen,
          entry,
        );
      }
    }
  }
}

/** The parts of a process by which its worker serves waitlists, with what it reads recorded. */
interface RoundParts {
  waitlist: Pick<Waitlist, "listWaiting" | "listGathering" | "decide">;
  inventory: Pick<SeatInventory, "waitlistSupply">;
}

/** Records what one run of a process reads of lines, and passes it on with each decision. */
export class RoundReads {
  readonly #rounds: Rounds;
  readonly #reads = new Map<string, RoundRead>();
  readonly #sent = new WeakMap<Decision, RoundRead>();

  constructor(rounds: Rounds) {
    this.#rounds = rounds;
  }

  /** Wraps the parts of the process so that they are recorded. */
  recording({ waitlist, inventory }: RoundParts): RoundParts["waitlist"] & RoundParts["inventory"] {
    const reading = <Input extends { eventId: string; after: number }>(
      list: (input: Input) => Promise<WaitlistEntry[]>,
    ) =>
    async (input: Input) => {
      const { step } = this.#rounds;
      const entries = await list(input);
      const read = this.#readOf(input.eventId);
      const earlier = input.after === 0 ? { entries: [], step } : read;
      this.#reads.set(input.eventId, {
        supply: read.supply,
        step: earlier.step,
        entries: [...earlier.entries, ...entries],
      });
      return entries;
    };
    return {
      listWaiting: reading((input) => waitlist.listWaiting(input)),
      listGathering: reading((input) => waitlist.listGathering(input)),
      waitlistSupply: async (eventIds) => {
        const supplies = await inventory.waitlistSupply(eventIds);
        for (const supply of supplies) {
          this.#reads.set(supply.eventId, { ...this.#readOf(supply.eventId), supply });
        }
        return supplies;
      },
      decide: (decision) => {
        this.#sent.set(decision, this.#readOf(decision.eventId));
        return waitlist.decide(decision);
      },
    };
  }

  /** Wraps the statement that commits a decision, where it is executed. */
  committing(decide: (decision: Decision) => boolean): (decision: Decision) => boolean {
    return (decision) => {
      const isCommitted = decide(decision);
      if (isCommitted) this.#rounds.committed(decision, this.#sent.get(decision));
      return isCommitted;
    };
  }

  #readOf(eventId: string): RoundRead {
    return this.#reads.get(eventId) ?? { supply: undefined, entries: [], step: 0 };
  }
}

function placeOf({ place }: WaitlistEntry): number {
  return place;
}
