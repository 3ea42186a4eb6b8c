import type { KeyedItems } from "./keyed_coalescer.ts";

/** Runs the items of all keys as one list; returns the results by key. */
export async function inParts<Item, Result>(
  keys: KeyedItems<Item>[],
  run: (items: Item[]) => Promise<Result[]>,
): Promise<Result[][]> {
  const results = await run(keys.flatMap(({ items }) => items));
  let taken = 0;
  return keys.map(({ items }) => results.slice(taken, taken += items.length));
}
