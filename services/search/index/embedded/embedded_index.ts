import type { SearchDocument } from "../../schemas/document.ts";
import { isFindable } from "../findable.ts";
import type {
  EventHit,
  EventPage,
  EventQuery,
  Filters,
  Reading,
  Removal,
  SearchIndex,
} from "../search_index.ts";
import { fold } from "../text.ts";
import { supersedes, type Write } from "../write_order.ts";
import { countValues, priceRangeOf } from "./facets.ts";
import { bySoonest, comparisonFor, createFilter, distanceTo_km } from "./matching.ts";
import { type Field, type Texts, WordIndex } from "./word_index.ts";

/** Documents taken before other work gets its turn: the engine shares the process's one thread. */
const BATCH_SIZE = 50;
/** Writes remembered of events that are not in the index; the oldest are forgotten first. */
const MAX_ABSENT = 50_000;
/** How often events that have ended are cleared away. */
const SWEEP_INTERVAL_MS = 60_000;
const SUGGESTED_FIELDS = ["name", "venue_name", "venue_city"] as const satisfies readonly Field[];

interface Entry {
  document: SearchDocument;
  write: Write;
}

/**
 * Search in this process. Words are found by Orama; filters, facets and order are plain loops over the
 * documents, which for some ten thousand events take a few milliseconds.
 */
export class EmbeddedSearchIndex implements SearchIndex {
  readonly engine = "embedded";
  readonly #entries = new Map<string, Entry>();
  readonly #absent = new Map<string, Write>();
  readonly #words = new WordIndex();
  #swept_ms = -Infinity;

  async index(documents: readonly SearchDocument[], reading: Reading): Promise<void> {
    for (let begin = 0; begin < documents.length; begin += BATCH_SIZE) {
      if (begin > 0) await new Promise((resolve) => setTimeout(resolve, 0));
      for (const document of documents.slice(begin, begin + BATCH_SIZE)) {
        this.#take(document, reading);
      }
    }
  }

  remove(eventId: string, { version, asOf }: Removal): Promise<void> {
    const write: Write = { kind: "removed", version, asOf };
    if (supersedes(write, this.#lastWrite(eventId))) this.#takeOut(eventId, write);
    return Promise.resolve();
  }

  removeNotIndexedSince(time: Date): Promise<void> {
    for (const [eventId, { write }] of this.#entries) {
      if (write.asOf < time) this.#takeOut(eventId, write);
    }
    return Promise.resolve();
  }

  async search(query: EventQuery): Promise<EventPage> {
    this.#sweep(query.now);
    const scores = query.text === ""
      ? undefined
      : await this.#words.score(this.#words.interpret(query.text));
    const passes = createFilter(query);
    const hits: EventHit[] = [];
    for (const [eventId, { document }] of this.#entries) {
      const score = scores === undefined ? 0 : scores.get(eventId);
      if (score === undefined || !passes(document)) continue;
      hits.push({ document, score, distance_km: distanceTo_km(document, query.near) });
    }
    const documents = hits.map(({ document }) => document);
    return {
      hits: hits.sort(comparisonFor(query.sort)).slice(query.offset, query.offset + query.limit),
      total: hits.length,
      facets: {
        cities: countValues(documents, "venue_city"),
        eventTypes: countValues(documents, "event_type"),
        priceRange: priceRangeOf(documents),
      },
    };
  }

  find(eventIds: readonly string[], { now }: { now: Date }): Promise<SearchDocument[]> {
    return Promise.resolve(
      eventIds.map((eventId) => this.#entries.get(eventId)?.document)
        .filter((document) => document !== undefined)
        .filter((document) => isFindable(document, now)),
    );
  }

  async suggest(
    { text, limit, now }: { text: string; limit: number; now: Date },
  ): Promise<string[]> {
    this.#sweep(now);
    const interpretation = this.#words.interpret(text);
    const candidates: { value: string; score: number; document: SearchDocument }[] = [];
    for (const field of SUGGESTED_FIELDS) {
      for (const [eventId, score] of await this.#words.score(interpretation, [field])) {
        const document = this.#entries.get(eventId)?.document;
        if (document === undefined || !isFindable(document, now)) continue;
        candidates.push({ value: document[field], score, document });
      }
    }
    candidates.sort((a, b) => b.score - a.score || bySoonest(a.document, b.document));
    const distinct = new Map<string, string>();
    for (const { value } of candidates) {
      if (distinct.size === limit) break;
      if (!distinct.has(fold(value))) distinct.set(fold(value), value);
    }
    return [...distinct.values()];
  }

  filters({ now }: { now: Date }): Promise<Filters> {
    const documents = this.#entries.values().map(({ document }) => document)
      .filter((document) => isFindable(document, now)).toArray();
    return Promise.resolve({
      cities: countValues(documents, "venue_city").map(({ value }) => value).sort(),
      eventTypes: countValues(documents, "event_type").map(({ value }) => value).sort(),
      priceRange: priceRangeOf(documents),
    });
  }

  count(): Promise<number> {
    return Promise.resolve(this.#entries.size);
  }

  #take(document: SearchDocument, { asOf, readAfter = document.updated_at }: Reading): void {
    const { event_id, version } = document;
    const write: Write = { kind: "indexed", version, readAfter, asOf };
    if (!supersedes(write, this.#lastWrite(event_id))) return;
    if (isFindable(document, asOf)) this.#put({ document, write });
    else this.#takeOut(event_id, write);
  }

  #lastWrite(eventId: string): Write | undefined {
    return this.#entries.get(eventId)?.write ?? this.#absent.get(eventId);
  }

  #put(entry: Entry): void {
    const { event_id } = entry.document;
    const before = this.#entries.get(event_id);
    this.#absent.delete(event_id);
    this.#entries.set(event_id, entry);
    // Most writes only change the seats that are left: those cost nothing.
    const texts = textsOf(entry.document);
    if (before === undefined || !sameTexts(texts, textsOf(before.document))) {
      this.#words.put(event_id, texts);
    }
  }

  #takeOut(eventId: string, write: Write): void {
    this.#entries.delete(eventId);
    this.#words.delete(eventId);
    this.#absent.delete(eventId);
    this.#absent.set(eventId, write);
    if (this.#absent.size <= MAX_ABSENT) return;
    for (const oldest of this.#absent.keys().take(1)) this.#absent.delete(oldest);
  }

  /** What has ended is filtered out by each search; here its words leave the vocabulary, and memory. */
  #sweep(now: Date): void {
    if (now.getTime() - this.#swept_ms < SWEEP_INTERVAL_MS) return;
    this.#swept_ms = now.getTime();
    for (const [eventId, { document, write }] of this.#entries) {
      if (!isFindable(document, now)) this.#takeOut(eventId, write);
    }
  }
}

function textsOf(document: SearchDocument): Texts {
  const { name, venue_name, venue_city, event_type, description = "" } = document;
  return { name, venue_name, venue_city, event_type, description };
}

function sameTexts(a: Texts, b: Texts): boolean {
  return (Object.keys(a) as Field[]).every((field) => a[field] === b[field]);
}
