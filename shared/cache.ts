import type { Clock } from "./clock.ts";

/** What a {@link FreshCache} keeps, and where it comes from. */
export interface FreshCacheOptions<Key, Value> {
  /** Loads several at once; what it leaves out is `undefined`, and remembered as that. */
  load: (keys: Key[]) => Promise<ReadonlyMap<Key, Value>>;
  /** How old a value may be, counted from when its loading began. */
  maxAgeMs: number;
  /** The most values kept; the oldest go first. */
  maxEntries: number;
  clock: Clock;
}

interface Entry<Value> {
  begunMs: number;
  value: Promise<Value | undefined>;
}

/**
 * Values that are never older than a given age. Those who ask for the same value while it is being
 * loaded share one loading, so a stampede costs the source one question. Failures are not kept.
 */
export class FreshCache<Key, Value> {
  readonly #options: FreshCacheOptions<Key, Value>;
  readonly #entries = new Map<Key, Entry<Value>>();

  constructor(options: FreshCacheOptions<Key, Value>) {
    this.#options = options;
  }

  /** One value. */
  async get(key: Key): Promise<Value | undefined> {
    return (await this.getMany([key])).get(key);
  }

  /** Several values, in the order of `keys`. */
  async getMany(keys: Iterable<Key>): Promise<Map<Key, Value | undefined>> {
    const wanted = [...new Set(keys)];
    const nowMs = this.#options.clock.now().getTime();
    const stale = wanted.filter((key) => !this.#isFresh(key, nowMs));
    if (stale.length > 0) this.#load(stale, nowMs);
    const values = wanted.map(async (key) => [key, await this.#entries.get(key)?.value] as const);
    return new Map(await Promise.all(values));
  }

  /** Whoever asks from now on has the value loaded anew, also while it is being loaded. */
  forget(key: Key): void {
    this.#entries.delete(key);
  }

  /** {@link forget}s all. */
  clear(): void {
    this.#entries.clear();
  }

  #isFresh(key: Key, nowMs: number): boolean {
    const entry = this.#entries.get(key);
    return entry !== undefined && nowMs - entry.begunMs < this.#options.maxAgeMs;
  }

  #load(keys: Key[], begunMs: number): void {
    const loading = this.#options.load(keys);
    for (const key of keys) {
      const entry = { begunMs: begunMs, value: loading.then((loaded) => loaded.get(key)) };
      entry.value.catch(() => {
        if (this.#entries.get(key) === entry) this.#entries.delete(key);
      });
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= this.#options.maxEntries) break;
      if (!keys.includes(oldest)) this.#entries.delete(oldest);
      else break;
    }
  }
}
