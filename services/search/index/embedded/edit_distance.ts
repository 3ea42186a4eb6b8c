/** Longer words get rows of their own. */
const USUAL_CHARS = 128;
const rows = [1, 2, 3].map(() => new Uint16Array(USUAL_CHARS + 1));

/**
 * Edit distance of `a` and `b`: insertions, deletions, replacements and swaps of neighbours (optimal string
 * alignment). Distances above `limit` are `Infinity`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  const distance = lastRow(a, b, { length: b.length, limit })?.[b.length] ?? Infinity;
  return distance <= limit ? distance : Infinity;
}

/** Edit distance of `a` and the beginning of `b` that is nearest to it. */
export function editDistanceToBeginning(a: string, b: string, limit: number): number {
  if (a.length - b.length > limit) return Infinity;
  const length = Math.min(b.length, a.length + limit);
  const distances = lastRow(a, b, { length, limit });
  if (distances === undefined) return Infinity;
  let nearest = Infinity;
  for (let j = 0; j <= length; j++) nearest = Math.min(nearest, distances[j]!);
  return nearest <= limit ? nearest : Infinity;
}

/** Edit distances of `a` and each beginning of the first `length` letters of `b`; `undefined` if all are above `limit`. */
function lastRow(
  a: string,
  b: string,
  { length, limit }: { length: number; limit: number },
): Uint16Array | undefined {
  let [beforeLast, last, row] = length <= USUAL_CHARS
    ? rows as [Uint16Array, Uint16Array, Uint16Array]
    : [new Uint16Array(length + 1), new Uint16Array(length + 1), new Uint16Array(length + 1)];
  for (let j = 0; j <= length; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    let nearest = row[0] = i;
    const letter = a.charCodeAt(i - 1);
    const letterBefore = i > 1 ? a.charCodeAt(i - 2) : -1;
    for (let j = 1; j <= length; j++) {
      const other = b.charCodeAt(j - 1);
      let edits = Math.min(
        last[j - 1]! + (letter === other ? 0 : 1),
        last[j]! + 1,
        row[j - 1]! + 1,
      );
      if (j > 1 && letter === b.charCodeAt(j - 2) && letterBefore === other) {
        edits = Math.min(edits, beforeLast[j - 2]! + 1);
      }
      row[j] = edits;
      if (edits < nearest) nearest = edits;
    }
    if (nearest > limit) return undefined;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  return last;
}
