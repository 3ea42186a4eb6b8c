/** Judges whether a public hold took seats that a waiter could use: the lemma of docs/waitlist.md, from the ledger. */
import assert from "node:assert/strict";
import type { HoldBatchResult } from "@evently/event";
import type { Pool } from "@evently/shared/postgres";
import { bundlesOf, type TypeState } from "./state.ts";

/** A list that was opened or closed by the operation with this number. */
interface ListChange {
  ticketTypeId: string;
  seq: number;
  isOpen: boolean;
}

/** What a witness noted, changes by event. */
export interface WitnessNotes {
  refusedHolds: number;
  changes: [string, ListChange[]][];
}

/** Notes what the inventory answers: when lists were opened and closed, by its own numbers, and how often it refused. */
export class SeatWitness {
  /** Holds that were refused by the inventory. */
  refusedHolds = 0;
  readonly #changes = new Map<string, ListChange[]>();

  watch<Seats extends object>(seats: Seats): Seats {
    return new Proxy(seats, {
      get: (target, key) => {
        // deno-lint-ignore no-explicit-any -- a method of any seam
        const member: any = Reflect.get(target, key, target);
        if (key === "openWaitlist" || key === "closeWaitlist") {
          return async (input: Asked) => {
            const answer: Answered = await Reflect.apply(member, target, [input]);
            this.#note(input, answer);
            return answer;
          };
        }
        if (key !== "hold") return member;
        return async (...input: unknown[]) => {
          const batches: HoldBatchResult[] = await Reflect.apply(member, target, input);
          const results = batches.flatMap((batch) => batch.results);
          this.refusedHolds += results.filter(({ outcome }) => outcome === "refused").length;
          return batches;
        };
      },
    });
  }

  /** Returns what was noted since the last time, and forgets it. */
  takeNotes(): WitnessNotes {
    const notes = { refusedHolds: this.refusedHolds, changes: [...this.#changes] };
    this.refusedHolds = 0;
    this.#changes.clear();
    return notes;
  }

  /** Adds what a witness in another process noted. */
  addNotes({ refusedHolds, changes }: WitnessNotes): void {
    this.refusedHolds += refusedHolds;
    for (const [eventId, noted] of changes) {
      this.#changes.set(eventId, [...this.#changes.get(eventId) ?? [], ...noted]);
    }
  }

  /** Whether a list was certainly open just before an entry of the ledger; `undefined` if two changes share a number. */
  wasOpen(eventId: string, { ticketTypeId, seq }: { ticketTypeId: string; seq: number }) {
    const changes = (this.#changes.get(eventId) ?? [])
      .filter((change) => change.ticketTypeId === ticketTypeId && change.seq < seq);
    const last = Math.max(...changes.map((change) => change.seq));
    const states = new Set(
      changes.filter((change) => change.seq === last).map(({ isOpen }) => isOpen),
    );
    return states.size === 1 ? states.has(true) : states.size === 0 ? false : undefined;
  }

  #note({ eventId, wanted }: Asked, { seq, results, closed }: Answered): void {
    const changes = this.#changes.get(eventId) ?? [];
    this.#changes.set(eventId, changes);
    for (const ticketTypeId of closed ?? []) changes.push({ ticketTypeId, seq, isOpen: false });
    results?.forEach((result, i) => {
      if (result !== "waits") return;
      for (const ticketTypeId of wanted![i]!.ticketTypeIds) {
        changes.push({ ticketTypeId, seq, isOpen: true });
      }
    });
  }
}

interface Asked {
  eventId: string;
  wanted?: readonly { ticketTypeIds: readonly string[] }[];
}

interface Answered {
  seq: number;
  results?: readonly string[];
  closed?: readonly string[];
}

interface LedgerRow {
  seq: number;
  pool: number;
  operation: string;
  free: number;
  allocationIds: string[];
}

/**
 * Asserts that no hold of these allocations lowered how many of a type could be offered while its list was open. The
 * types must have been active all the time.
 */
export async function assertNoneStolen(
  eventsDb: Pool,
  { eventId, types, witness, allocationIds }: {
    eventId: string;
    types: readonly TypeState[];
    witness: SeatWitness;
    allocationIds: readonly string[];
  },
): Promise<void> {
  if (allocationIds.length === 0) return;
  const ledger = await eventsDb<LedgerRow[]>`
    SELECT seq, pool, operation, available + set_aside AS free,
           allocation_ids AS "allocationIds"
      FROM seat_ledger WHERE event_id = ${eventId} ORDER BY seq`;
  const wanted = new Set(allocationIds);
  const free = new Map<number, number>();
  let before = new Map<number, number>();
  let first = 1;
  let isOfThese = false;
  for (const row of ledger) {
    isOfThese ||= row.operation === "hold" && row.allocationIds.some((id) => wanted.has(id));
    free.set(row.pool, row.free);
    // The entry of the house ends an operation.
    if (row.pool !== 0) continue;
    if (isOfThese) {
      for (const type of types) {
        const { ticketTypeId } = type;
        if (witness.wasOpen(eventId, { ticketTypeId, seq: first }) !== true) continue;
        assert.equal(
          bundlesOf(type, free),
          bundlesOf(type, before),
          `a public hold, entry ${row.seq}, took seats of type ${ticketTypeId} past its waitlist`,
        );
      }
    }
    before = new Map(free);
    first = Number(row.seq) + 1;
    isOfThese = false;
  }
}
