import type { FeedPosition } from "@evently/shared/feed_position";
import { bordersOf, hasEnded, isListed } from "../document.ts";
import { FIELDS, textsOf } from "../fields.ts";
import type { EventChange } from "../search_index.ts";
import type { Outlook } from "../editions.ts";
import { type Entry, entryOf } from "./entry.ts";
import { countCurrencies } from "./facets.ts";
import { WordIndex } from "./word_index.ts";

/** Changes applied before the event loop gets a turn, as the engine shares the process's one thread. */
const BATCH_SIZE = 100;
/** Removed events whose last number is kept; the oldest are dropped first. */
const MAX_ABSENT = 50_000;
/** Interval at which ended events are removed. */
const SWEEP_INTERVAL_MS = 60_000;

/** Events of an embedded index and their words. */
export class EventTable {
  readonly words = new WordIndex();
  /** How far the feed was taken. */
  position: FeedPosition | undefined;
  readonly #entries = new Map<string, Entry>();
  readonly #absent = new Map<string, number>();
  #sweptMs = -Infinity;

  async apply(changes: readonly EventChange[]): Promise<void> {
    for (let begin = 0; begin < changes.length; begin += BATCH_SIZE) {
      if (begin > 0) await new Promise((resolve) => setTimeout(resolve, 0));
      for (const change of changes.slice(begin, begin + BATCH_SIZE)) this.#take(change);
    }
  }

  get(eventId: string): Entry | undefined {
    return this.#entries.get(eventId);
  }

  /** All entries, after events that have ended by `now` were removed. */
  entriesAt(now: Date): MapIterator<[string, Entry]> {
    if (now.getTime() - this.#sweptMs >= SWEEP_INTERVAL_MS) {
      this.#sweptMs = now.getTime();
      for (const [eventId, { document, change }] of this.#entries) {
        if (hasEnded(document, now)) this.#takeOut(eventId, change);
      }
    }
    return this.#entries.entries();
  }

  /** The next border after `now`, and the currency of most events that have not ended by then. */
  outlook(now: Date): Outlook {
    const [most] = countCurrencies(this.entriesAt(now).map(([, entry]) => entry));
    return { nextBorder: this.#nextBorder(now), currency: most?.value };
  }

  #nextBorder(now: Date): Date | undefined {
    let next: Date | undefined;
    for (const { document } of this.#entries.values()) {
      for (const border of bordersOf(document)) {
        if (border > now && (next === undefined || border < next)) next = border;
      }
    }
    return next;
  }

  forget(eventId: string): void {
    const known = this.#entries.get(eventId);
    if (known) this.#takeOut(eventId, known.change);
  }

  #take({ eventId, change, document }: EventChange): void {
    const known = this.#entries.get(eventId)?.change ?? this.#absent.get(eventId);
    if (known !== undefined && change < known) return;
    if (document && isListed(document)) this.#put(entryOf(document, change));
    else this.#takeOut(eventId, change);
  }

  #put(entry: Entry): void {
    const { eventId } = entry.document;
    const before = this.#entries.get(eventId);
    this.#absent.delete(eventId);
    this.#entries.set(eventId, entry);
    // Most changes only change the number of available seats; their words stay as they are.
    if (before === undefined || !sameTexts(entry, before)) {
      this.words.put(eventId, textsOf(entry.document));
    }
  }

  #takeOut(eventId: string, change: number): void {
    this.#entries.delete(eventId);
    this.words.delete(eventId);
    this.#absent.delete(eventId);
    this.#absent.set(eventId, change);
    if (this.#absent.size <= MAX_ABSENT) return;
    for (const oldest of this.#absent.keys().take(1)) this.#absent.delete(oldest);
  }
}

function sameTexts(a: Entry, b: Entry): boolean {
  const [texts, before] = [textsOf(a.document), textsOf(b.document)];
  return FIELDS.every((field) => texts[field] === before[field]);
}
