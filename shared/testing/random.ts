/** Random numbers that a seed repeats: mulberry32. */
export interface Random {
  /** A whole number below `limit`. */
  below(limit: number): number;
  /** One of the items. */
  pick<T>(items: readonly T[]): T;
}

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

/** The seed of `TEST_SEED`, or one that no run had before. Tests print it. */
export function seedOfRun(): number {
  const named = Deno.env.get("TEST_SEED");
  return named ? Number(named) : crypto.getRandomValues(new Uint32Array(1))[0]!;
}

/** How many rounds a random test makes: `TEST_ROUNDS`, or as many as every run can afford. */
export function roundsOr(affordable: number): number {
  return Number(Deno.env.get("TEST_ROUNDS") ?? affordable);
}
