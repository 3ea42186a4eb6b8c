/** Larger counts are cut to this. */
const MAX_COUNT = 2_047;
const COUNT_BITS = 11;

/** The rows that have a word in a field, and how often each has it. */
export class Postings {
  /** Row and count, in one small integer: `rowOf` and `countOf` take them apart. */
  readonly entries: number[] = [];
  /** Sum of the counts. */
  occurrences = 0;

  add(row: number, count: number): void {
    this.entries.push(entryOf(row, count));
    this.occurrences += count;
  }

  /** Removes what {@link add} added. */
  delete(row: number, count: number): void {
    const place = this.entries.indexOf(entryOf(row, count));
    if (place < 0) return;
    const last = this.entries.pop()!;
    if (place < this.entries.length) this.entries[place] = last;
    this.occurrences -= count;
  }
}

function entryOf(row: number, count: number): number {
  return row * (MAX_COUNT + 1) + Math.min(count, MAX_COUNT);
}

/** Row of an entry. */
export function rowOf(entry: number): number {
  return entry >>> COUNT_BITS;
}

/** Count of an entry. */
export function countOf(entry: number): number {
  return entry & MAX_COUNT;
}
