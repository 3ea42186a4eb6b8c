/** Numbers from 0 to below 1, the same ones for the same seed. */
export type Random = () => number;

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;
const WEYL_STEP = 0x6d2b79f5;
const UINT32_RANGE = 2 ** 32;

/** Random numbers from a text: its FNV-1a hash is the seed of mulberry32. */
export function seeded(text: string): Random {
  let state = FNV_OFFSET;
  for (const character of text) {
    state = Math.imul(state ^ character.codePointAt(0)!, FNV_PRIME);
  }
  return () => {
    state = (state + WEYL_STEP) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / UINT32_RANGE;
  };
}

/** A whole number from 0 to below `limit`. */
export function below(random: Random, limit: number): number {
  return Math.floor(random() * limit);
}

/** One of several, each as likely. */
export function oneOf<Item>(random: Random, items: readonly [Item, ...Item[]]): Item {
  return items[below(random, items.length)] ?? items[0];
}

/** 1 or -1: which side something is on. */
export function side(random: Random): 1 | -1 {
  return random() < 0.5 ? 1 : -1;
}
