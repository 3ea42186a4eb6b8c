import type { FeedPosition } from "@evently/shared/feed_position";
import { bordersOf, isListed, type SearchDocument } from "../document.ts";
import { SearchUnavailable } from "../errors.ts";
import { FIELDS, textsOf } from "../fields.ts";
import type { EventChange } from "../search_index.ts";
import type { Outlook } from "../editions.ts";
import { Columns, TIMED, USED } from "./columns.ts";
import { byCount, countsOf } from "./facets.ts";
import { RememberedMatches } from "./remembered_matches.ts";
import { WordIndex } from "./word_index.ts";

/** Changes applied before the event loop gets a turn, as the engine shares the process's one thread. */
const BATCH_SIZE = 100;
/** Removed events whose last number is kept; the oldest are dropped first. */
const MAX_ABSENT = 50_000;
/** Interval at which ended events are removed. */
const SWEEP_INTERVAL_MS = 60_000;
/** Ended events that one search removes; the next ones remove the others. */
const MAX_SWEPT = 100;

/** Events of an embedded index and their words. */
export class EventTable {
  readonly #maxEvents: number;
  readonly columns = new Columns();
  readonly words = new WordIndex();
  readonly matches = new RememberedMatches(this.words);
  /** How far the feed was taken. */
  position: FeedPosition | undefined;
  readonly #rows = new Map<string, number>();
  readonly #absent = new Map<string, number>();
  #sweptMs = -Infinity;
  /** Each row at its own place. */
  #allRows = new Int32Array(0);
  #rowsOfSearch = new Int32Array(0);

  constructor(maxEvents: number) {
    this.#maxEvents = maxEvents;
  }

  /** Number of events. */
  get size(): number {
    return this.#rows.size;
  }

  /** @throws {SearchUnavailable} the index is `full` */
  async apply(changes: readonly EventChange[]): Promise<void> {
    for (let begin = 0; begin < changes.length; begin += BATCH_SIZE) {
      if (begin > 0) await new Promise((resolve) => setTimeout(resolve, 0));
      for (const change of changes.slice(begin, begin + BATCH_SIZE)) this.#take(change);
    }
  }

  get(eventId: string): SearchDocument | undefined {
    const row = this.#rows.get(eventId);
    return row === undefined ? undefined : this.columns.documents[row];
  }

  /** All rows, free ones too. Not to be changed. */
  allRows(): Int32Array {
    const { end, flags: { length } } = this.columns;
    if (this.#allRows.length !== length) {
      this.#allRows = Int32Array.from({ length }, (_, row) => row);
    }
    return this.#allRows.subarray(0, end);
  }

  /** A place for the rows that a search finds, which the next one overwrites. */
  rowsOfSearch(): Int32Array {
    const { length } = this.columns.flags;
    if (this.#rowsOfSearch.length !== length) this.#rowsOfSearch = new Int32Array(length);
    return this.#rowsOfSearch;
  }

  /** Removes events that have ended by `now`. */
  sweep(now: Date): void {
    const nowMs = now.getTime();
    if (nowMs - this.#sweptMs < SWEEP_INTERVAL_MS) return;
    const { end, flags, endMs, documents, change } = this.columns;
    let swept = 0;
    for (let row = 0; row < end; row++) {
      if ((flags[row]! & USED) === 0 || endMs[row]! > nowMs) continue;
      if (++swept > MAX_SWEPT) return;
      this.#takeOut(documents[row]!.eventId, change[row]!);
    }
    this.#sweptMs = nowMs;
  }

  /** The next border after `now`, and the currency of most events that have not ended by then. */
  outlook(now: Date): Outlook {
    const nowMs = now.getTime();
    const { columns } = this;
    const { flags, startMs, endMs, currency, documents } = columns;
    const currencies = new Int32Array(columns.currencies.size);
    let nextMs = Infinity;
    for (let row = 0; row < columns.end; row++) {
      const flag = flags[row]!;
      if ((flag & USED) === 0 || endMs[row]! <= nowMs && (flag & TIMED) === 0) continue;
      if (endMs[row]! > nowMs) currencies[currency[row]!]!++;
      if (startMs[row]! > nowMs && startMs[row]! < nextMs) nextMs = startMs[row]!;
      if (endMs[row]! > nowMs && endMs[row]! < nextMs) nextMs = endMs[row]!;
      if ((flag & TIMED) !== 0) nextMs = Math.min(nextMs, nextBorder(documents[row]!, nowMs));
    }
    const [most] = countsOf(columns.currencies, currencies).sort(byCount);
    return {
      nextBorder: nextMs === Infinity ? undefined : new Date(nextMs),
      currency: most?.value,
    };
  }

  forget(eventId: string): void {
    const row = this.#rows.get(eventId);
    if (row !== undefined) this.#takeOut(eventId, this.columns.change[row]!);
  }

  #take({ eventId, change, document }: EventChange): void {
    const row = this.#rows.get(eventId);
    const known = row === undefined ? this.#absent.get(eventId) : this.columns.change[row]!;
    if (known !== undefined && change < known) return;
    if (document && isListed(document)) this.#put(document, change);
    else this.#takeOut(eventId, change);
  }

  #put(document: SearchDocument, change: number): void {
    const { eventId } = document;
    const before = this.get(eventId);
    if (before === undefined && this.size >= this.#maxEvents) {
      throw new SearchUnavailable(`The embedded index holds at most ${this.#maxEvents} events`, {
        index: "full",
      });
    }
    const row = this.#rows.get(eventId) ?? this.columns.take();
    this.#absent.delete(eventId);
    this.#rows.set(eventId, row);
    this.columns.set(row, document, change);
    // Most changes only change the number of available seats; their words stay as they are.
    if (before === undefined || !sameTexts(document, before)) {
      this.words.put(row, textsOf(document));
    }
  }

  #takeOut(eventId: string, change: number): void {
    const row = this.#rows.get(eventId);
    if (row !== undefined) {
      this.#rows.delete(eventId);
      this.words.delete(row);
      this.columns.release(row);
    }
    this.#absent.delete(eventId);
    this.#absent.set(eventId, change);
    if (this.#absent.size <= MAX_ABSENT) return;
    for (const oldest of this.#absent.keys().take(1)) this.#absent.delete(oldest);
  }
}

/** The first border of an event after a time; `Infinity` if there is none. */
function nextBorder(document: SearchDocument, nowMs: number): number {
  return Math.min(
    ...bordersOf(document).map((border) => border.getTime()).filter((border) => border > nowMs),
  );
}

function sameTexts(a: SearchDocument, b: SearchDocument): boolean {
  const [texts, before] = [textsOf(a), textsOf(b)];
  return FIELDS.every((field) => texts[field] === before[field]);
}
