import type { Clock, Pause } from "@evently/shared/clock";
import type { SeatInventory } from "./seat_inventory.ts";

/** Reads of one event begin no closer together: all who ask meanwhile share the next. */
const READ_EVERY_MS = 50;
/** The most pages of one read; what is left is taken up by the next. */
const MAX_PAGES = 50;
/** Past it an event is not remembered: whoever asks for it must look for themselves. */
const MAX_OF_EVENT = 200_000;
/** Of all events together; the events that were read longest ago go first. */
const MAX_OF_ALL = 2_000_000;
const MAX_EVENTS = 10_000;

interface Known {
  /** Up to which number of the event's ledger. */
  seq: number;
  fingerprints: Set<number>;
  /** When the last read began. */
  beganMs: number;
  reading: Promise<boolean> | undefined;
  /** The read that has not begun, which whoever comes now waits for. */
  next: Promise<boolean> | undefined;
}

/**
 * Which allocations an event has ever granted, as its ledger says: what is not among them has no booking.
 * Every answer rests on a read that began after the question, so it knows of all that any process had
 * acknowledged by then. Questions that come together share a read, so they cost a statement every 50 ms at most.
 */
export class GrantedAllocations {
  readonly #seats: Pick<SeatInventory, "listGranted">;
  readonly #clock: Clock;
  readonly #pause: Pause;
  readonly #events = new Map<string, Known>();

  constructor(
    seats: Pick<SeatInventory, "listGranted">,
    { clock, pause }: { clock: Clock; pause: Pause },
  ) {
    this.#seats = seats;
    this.#clock = clock;
    this.#pause = pause;
  }

  /**
   * Whether the event may have granted this allocation. `false` is certain; `true` may be wrong, where
   * fingerprints are alike or the ledger cannot be read.
   */
  async mayHave(eventId: string, allocationId: string): Promise<boolean> {
    const known = this.#knownOf(eventId);
    if (known.fingerprints.size >= MAX_OF_EVENT) return true;
    known.next ??= this.#readNext(eventId, known);
    const isUpToDate = await known.next;
    return !isUpToDate || known.fingerprints.has(fingerprint(allocationId));
  }

  #knownOf(eventId: string): Known {
    let known = this.#events.get(eventId);
    if (!known) {
      const unread = { seq: -1, beganMs: -Infinity, reading: undefined, next: undefined };
      known = { ...unread, fingerprints: new Set() };
      this.#events.set(eventId, known);
    }
    return known;
  }

  /** A read under way is not joined: it may have begun before a grant that whoever asks has heard of. */
  async #readNext(eventId: string, known: Known): Promise<boolean> {
    await known.reading;
    const sinceMs = Math.max(0, this.#clock.now().getTime() - known.beganMs);
    if (sinceMs < READ_EVERY_MS) await this.#pause(READ_EVERY_MS - sinceMs);
    known.beganMs = this.#clock.now().getTime();
    known.next = undefined;
    known.reading = this.#read(eventId, known);
    return await known.reading;
  }

  /** Reads on, and answers whether to the end; a failure leaves it where it stood. */
  async #read(eventId: string, known: Known): Promise<boolean> {
    try {
      for (let page = 0; page < MAX_PAGES && known.fingerprints.size < MAX_OF_EVENT; page++) {
        const { allocation_ids, seq, more } = await this.#seats.listGranted(eventId, known.seq);
        for (const id of allocation_ids) known.fingerprints.add(fingerprint(id));
        known.seq = seq;
        if (!more) return true;
      }
    } catch {
      // Whoever waits is told that it may be: they look for themselves.
    } finally {
      this.#evict(eventId, known);
    }
    return false;
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
