import { wrongType } from "./reply.ts";

/** A value: a string, the members of a set, or the scores of a sorted set by member. */
export type Value = string | Set<string> | Map<string, number>;

interface Entry {
  value: Value;
  expiresAtMs: number | undefined;
}

/** Keys that each write checks for expiry, which frees keys that are never read again. */
const SWEPT_PER_WRITE = 4;

/**
 * Keys with their values and expiry times. An expired key is gone for readers at once. Its memory is freed when it is
 * touched, or by the sweep that each write continues, so no timer is needed.
 */
export class Keyspace {
  readonly #entries = new Map<string, Entry>();
  readonly #nowMs: () => number;
  #sweep: Iterator<[string, Entry]> = this.#entries.entries();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** The time that decides what has expired, in milliseconds since 1970. */
  nowMs(): number {
    return this.#nowMs();
  }

  /** The number of keys in memory, including expired keys that were not swept yet. */
  get allocated(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    return this.#live(key)?.value;
  }

  /** Stores a value without expiry. */
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

  expiresAtMs(key: string): number | undefined {
    return this.#live(key)?.expiresAtMs;
  }

  /** Sets when a key expires; a time that has passed deletes it. */
  expire(key: string, atMs: number): void {
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

  members(key: string): Set<string> | undefined {
    return this.#typed<Set<string>>(key, Set);
  }

  scores(key: string): Map<string, number> | undefined {
    return this.#typed<Map<string, number>>(key, Map);
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
