import { wrongType } from "./reply.ts";
import { SortedSet } from "./sorted_set.ts";

/** A value of Redis: string, hash, set or sorted set. */
export type Value = string | Map<string, string> | Set<string> | SortedSet;

interface Entry {
  value: Value;
  expiresAtMs: number | undefined;
}

/** How many keys each write looks at for expiry, so that what nobody reads again is freed too. */
const SWEPT_PER_WRITE = 4;

/**
 * Keys, their values and when they expire.
 *
 * An expired key is gone for every reader at once. Its memory is freed when it is touched, or by the
 * sweep that writes carry on step by step: an idle keyspace does not grow, so it needs no timer.
 */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;
  #sweep: Iterator<[string, Entry]> = this.#entries.entries();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The time that decides what has expired, in milliseconds since 1970. */
  now_ms(): number {
    return this.#nowMs();
  }

  /** How many keys take up memory, the expired ones that were not swept yet among them. */
  get allocated(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#live(key)?.value;
  }

  /** Stores a value without expiry, whatever was there before. */
  set(key: string, value: Value): void {
    this.#sweepSome();
    this.#entries.set(key, { value, expiresAtMs: undefined });
  }

  /** Replaces a value and keeps its expiry. */
  replace(key: string, value: Value): void {
    const entry = this.#live(key);
    if (entry) entry.value = value;
    else this.set(key, value);
  }

  delete(key: string): boolean {
    const existed = this.#live(key) !== undefined;
    this.#entries.delete(key);
    return existed;
  }

  clear(): void {
    this.#entries.clear();
  }

  /** The keys that have not expired. */
  keys(): string[] {
    return [...this.#entries.keys()].filter((key) => this.#live(key) !== undefined);
  }

  expiresAtMs(key: string): number | undefined {
    return this.#live(key)?.expiresAtMs;
  }

  /** Sets when a key expires (a time that has passed deletes it), or with `undefined` that it never does. */
  expire(key: string, atMs: number | undefined): void {
    const entry = this.#live(key);
    if (!entry) return;
    entry.expiresAtMs = atMs;
    this.#live(key);
  }

  string(key: string): string | undefined {
    const value = this.get(key);
    if (value === undefined || typeof value === "string") return value;
    throw wrongType();
  }

  hash(key: string): Map<string, string> | undefined {
    return this.#typed<Map<string, string>>(key, Map);
  }

  members(key: string): Set<string> | undefined {
    return this.#typed<Set<string>>(key, Set);
  }

  sorted(key: string): SortedSet | undefined {
    return this.#typed<SortedSet>(key, SortedSet);
  }

  /**
   * Changes the collection of a key, which `find` reads and `create` makes when there is none.
   * A collection that has become empty is deleted, as Redis does.
   */
  edit<C extends Exclude<Value, string>, R>(
    key: string,
    { found, create }: { found: C | undefined; create: () => C },
    change: (collection: C) => R,
  ): R {
    const collection = found ?? create();
    const result = change(collection);
    if (collection.size === 0) this.#entries.delete(key);
    else if (!found) this.set(key, collection);
    return result;
  }

  #typed<C extends Value>(key: string, type: abstract new () => C): C | undefined {
    const value = this.get(key);
    if (value === undefined || value instanceof type) return value;
    throw wrongType();
  }

  #live(key: string): Entry | undefined {
    const entry = this.#entries.get(key);
    if (!entry || !this.#expired(entry)) return entry;
    this.#entries.delete(key);
    return undefined;
  }

  #expired({ expiresAtMs }: Entry): boolean {
    return expiresAtMs !== undefined && expiresAtMs <= this.#nowMs();
  }

  #sweepSome(): void {
    for (let i = 0; i < SWEPT_PER_WRITE; i++) {
      const next = this.#sweep.next();
      if (next.done) {
        this.#sweep = this.#entries.entries();
        return;
      }
      const [key, entry] = next.value;
      if (this.#expired(entry)) this.#entries.delete(key);
    }
  }
}
