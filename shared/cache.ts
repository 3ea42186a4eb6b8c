import { LRUCache } from "lru-cache";
import type { Clock } from "./clock.ts";

/** Options of a {@link FreshCache}. */
export interface FreshCacheOptions<Key, Value> {
  /** Loads several values at once; keys that are missing from the result are cached as `undefined`. */
  load: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>;
  /** Maximum age of a value, counted from the start of its load. */
  maxAgeMs: number;
  /** Maximum number of values; the least recently used are dropped. */
  maxEntries: number;
  clock: Clock;
}

interface Entry<Value> {
  begunMs: number;
  value: Promise<Value | undefined>;
  /** The value, once it is loaded. */
  loaded?: Value | undefined;
}

/**
 * A cache of values that are never older than a given age. Concurrent requests for a value share one load; failures
 * are not cached.
 *
 * `LRUCache` bounds the entries. Its `fetchMethod` is not used: it loads keys one by one, does not cache
 * `undefined`, and counts the age of a value from the end of its load.
 */
export class FreshCache<Key extends string, Value> {
  readonly #options: FreshCacheOptions<Key, Value>;
  readonly #entries: LRUCache<Key, Entry<Value>>;

  constructor(options: FreshCacheOptions<Key, Value>) {
    this.#options = options;
    this.#entries = new LRUCache({ max: options.maxEntries });
  }

  /** Returns one value. */
  get(key: Key): Promise<Value | undefined> {
    const nowMs = this.#options.clock.now().getTime();
    return this.#fresh(key, nowMs) ?? this.#load([key], nowMs).get(key)!;
  }

  /** Returns a value that is newer than `outdated`, which this cache has returned. Concurrent requests share one load. */
  getNewer(key: Key, outdated: Value): Promise<Value | undefined> {
    if (this.#entries.peek(key)?.loaded === outdated) this.#entries.delete(key);
    return this.get(key);
  }

  /** Returns several values, in the order of `keys`. */
  async getMany(keys: Iterable<Key>): Promise<Map<Key, Value | undefined>> {
    const nowMs = this.#options.clock.now().getTime();
    const values = new Map<Key, Promise<Value | undefined> | undefined>();
    for (const key of keys) values.set(key, this.#fresh(key, nowMs));
    const stale = [...values.keys()].filter((key) => values.get(key) === undefined);
    if (stale.length > 0) {
      for (const [key, value] of this.#load(stale, nowMs)) values.set(key, value);
    }
    return new Map(
      await Promise.all([...values].map(async ([key, value]) => [key, await value] as const)),
    );
  }

  /** Drops a value; requests from now on load it again, even if it is being loaded. */
  forget(key: Key): void {
    this.#entries.delete(key);
  }

  /** Drops all values, as {@link forget} does. */
  clear(): void {
    this.#entries.clear();
  }

  #fresh(key: Key, nowMs: number): Promise<Value | undefined> | undefined {
    const entry = this.#entries.get(key);
    return entry && nowMs - entry.begunMs < this.#options.maxAgeMs ? entry.value : undefined;
  }

  #load(keys: Key[], begunMs: number): Map<Key, Promise<Value | undefined>> {
    const loading = this.#options.load(keys);
    return new Map(keys.map((key) => {
      const entry: Entry<Value> = { begunMs, value: loading.then((loaded) => loaded.get(key)) };
      entry.value.then((value) => entry.loaded = value, () => {
        if (this.#entries.peek(key) === entry) this.#entries.delete(key);
      });
      this.#entries.set(key, entry);
      return [key, entry.value];
    }));
  }
}
