import { hasEnded, isListed } from "../findable.ts";
import { FIELDS, textsOf } from "../fields.ts";
import type { EventChange } from "../search_index.ts";
import { type Entry, entryOf } from "./entry.ts";
import { WordIndex } from "./word_index.ts";

/** Changes taken before other work gets its turn: the engine shares the process's one thread. */
const BATCH_SIZE = 100;
/** Numbers remembered of events that are not in the index; the oldest are forgotten first. */
const MAX_ABSENT = 50_000;
/** How often events that have ended are cleared away. */
const SWEEP_INTERVAL_MS = 60_000;

/** The events of an embedded index, and their words. */
export class EventTable {
  readonly words = new WordIndex();
  /** How far it has taken the change feed. */
  position: number | undefined;
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

  /** All events; those that have ended meanwhile leave, and with them their words. */
  entriesAt(now: Date): MapIterator<[string, Entry]> {
    if (now.getTime() - this.#sweptMs >= SWEEP_INTERVAL_MS) {
      this.#sweptMs = now.getTime();
      for (const [eventId, { document, change }] of this.#entries) {
        if (hasEnded(document, now)) this.#takeOut(eventId, change);
      }
    }
    return this.#entries.entries();
  }

  forget(eventId: string): void {
    const known = this.#entries.get(eventId);
    if (known) this.#takeOut(eventId, known.change);
  }

  #take({ event_id, change, document }: EventChange): void {
    const known = this.#entries.get(event_id)?.change ?? this.#absent.get(event_id);
    if (known !== undefined && change < known) return;
    if (document && isListed(document)) this.#put(entryOf(document, change));
    else this.#takeOut(event_id, change);
  }

  #put(entry: Entry): void {
    const { event_id } = entry.document;
    const before = this.#entries.get(event_id);
    this.#absent.delete(event_id);
    this.#entries.set(event_id, entry);
    // Most changes only change the seats that are left: those cost nothing.
    if (before === undefined || !sameTexts(entry, before)) {
      this.words.put(event_id, textsOf(entry.document));
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
