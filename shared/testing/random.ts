/** Deterministic random numbers (mulberry32). */
export interface Random {
  /** Returns a whole number from 0 to below `limit`. */
  below(limit: number): number;
  /** Returns one of the items. */
  pick<T>(items: readonly T[]): T;
}

/** Creates the random numbers of a seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, pick: (items) => items[below(items.length)]! };
}

/** Returns `TEST_SEED`, or a fresh random seed. Tests print it so that a failure can be repeated. */
export function seedOfRun(): number {
  const seed = Deno.env.get("TEST_SEED");
  return seed ? Number(seed) : crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** Returns the number of rounds of a random test: `TEST_ROUNDS`, or `defaultRounds`. */
export function roundsOr(defaultRounds: number): number {
  return Number(Deno.env.get("TEST_ROUNDS") ?? defaultRounds);
}
