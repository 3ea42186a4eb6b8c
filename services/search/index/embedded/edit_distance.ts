/**
 * Edit distance of `a` and `b`: insertions, deletions, replacements and swaps of neighbours (optimal string
 * alignment). Distances above `limit` are `Infinity`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  return within(limit, lastRow(a, b, limit).at(-1));
}

/** Edit distance of `a` and the beginning of `b` that is nearest to it. */
export function editDistanceToBeginning(a: string, b: string, limit: number): number {
  if (a.length - b.length > limit) return Infinity;
  return within(limit, Math.min(...lastRow(a, b.slice(0, a.length + limit), limit)));
}

function within(limit: number, distance = Infinity): number {
  return distance <= limit ? distance : Infinity;
}

/** Edit distances of `a` and each beginning of `b`; empty when all are above `limit`. */
function lastRow(a: string, b: string, limit: number): number[] {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
        ? (beforeLast[j - 2] ?? Infinity) + 1
        : Infinity;
      row.push(Math.min(replaced, swapped, last[j]! + 1, row[j - 1]! + 1));
    }
    if (Math.min(...row) > limit) return [];
    beforeLast = last;
    last = row;
  }
  return last;
}
