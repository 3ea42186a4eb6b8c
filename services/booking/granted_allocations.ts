import type { SeatInventory } from "./seats.ts";

/** The most pages of one load; what is left is taken up by the next. */
const MAX_PAGES = 50;
/** Past it an event is not remembered: whoever asks for it must look for themselves. */
const MAX_OF_EVENT = 200_000;
/** Of all events together; the events that were loaded longest ago go first. */
const MAX_OF_ALL = 2_000_000;
const MAX_EVENTS = 10_000;

interface Known {
  /** Up to which number of the event's ledger. */
  seq: number;
  fingerprints: Set<number>;
  loading: Promise<void> | undefined;
}

/**
 * Which allocations an event has ever granted, as its ledger says: what is not among them has no booking.
 * It is read on from where it stood, so it costs a statement only where seats have moved.
 */
export class GrantedAllocations {
  readonly #seats: Pick<SeatInventory, "listGranted">;
  readonly #events = new Map<string, Known>();

  constructor(seats: Pick<SeatInventory, "listGranted">) {
    this.#seats = seats;
  }

  /**
   * Whether the event may have granted this allocation up to `seq`. `false` is certain; `true` may be
   * wrong, where fingerprints are alike or the ledger cannot be read.
   */
  async mayHave(
    eventId: string,
    { allocationId, seq }: { allocationId: string; seq: number },
  ): Promise<boolean> {
    let known = this.#events.get(eventId);
    if (!known) {
      known = { seq: -1, fingerprints: new Set(), loading: undefined };
      this.#events.set(eventId, known);
    }
    if (known.seq < seq && known.fingerprints.size < MAX_OF_EVENT) {
      known.loading ??= this.#load(eventId, known);
      await known.loading;
    }
    return known.seq < seq || known.fingerprints.has(fingerprint(allocationId));
  }

  /** Reads on; a failure leaves it where it stood. */
  async #load(eventId: string, known: Known): Promise<void> {
    try {
      for (let page = 0; page < MAX_PAGES && known.fingerprints.size < MAX_OF_EVENT; page++) {
        const { allocation_ids, seq, more } = await this.#seats.listGranted(eventId, known.seq);
        for (const id of allocation_ids) known.fingerprints.add(fingerprint(id));
        known.seq = seq;
        if (!more) break;
      }
    } catch {
      // Whoever waits is told that it may be: they look for themselves.
    } finally {
      known.loading = undefined;
      this.#evict(eventId, known);
    }
  }

  #evict(eventId: string, known: Known): void {
    this.#events.delete(eventId);
    this.#events.set(eventId, known);
    let total = 0;
    for (const { fingerprints } of this.#events.values()) total += fingerprints.size;
    for (const [oldest, { fingerprints }] of this.#events) {
      if (total <= MAX_OF_ALL && this.#events.size <= MAX_EVENTS) break;
      this.#events.delete(oldest);
      total -= fingerprints.size;
    }
  }
}

/** 32 bits of an id: a set of small integers is a tenth of one of texts. */
function fingerprint(id: string): number {
  return Number.parseInt(id.slice(0, 8), 16) | 0;
}
