/** Called when a row is inserted (no `before`), replaced, or deleted (no `after`). */
export type Watcher<Row> = (before: Row | undefined, after: Row | undefined) => void;

/**
 * Rows of one table of a model store, by key, in insertion order. Rows are never changed in place, so that watchers
 * get both the old and the new row.
 */
export class Table<Row extends object> {
  readonly #rows = new Map<string, Readonly<Row>>();
  readonly #watchers: Watcher<Readonly<Row>>[] = [];

  get size(): number {
    return this.#rows.size;
  }

  get(key: string): Readonly<Row> | undefined {
    return this.#rows.get(key);
  }

  /** Inserts a row or replaces the one with its key. */
  put(key: string, row: Readonly<Row>): void {
    const before = this.#rows.get(key);
    this.#rows.set(key, row);
    for (const watcher of this.#watchers) watcher(before, row);
  }

  delete(key: string): void {
    const before = this.#rows.get(key);
    if (!before) return;
    this.#rows.delete(key);
    for (const watcher of this.#watchers) watcher(before, undefined);
  }

  /** Iterates over all rows. */
  rows(): IterableIterator<Readonly<Row>> {
    return this.#rows.values();
  }

  /** Returns the matching rows, in order. */
  where(matches: (row: Readonly<Row>) => boolean): Readonly<Row>[] {
    const found: Readonly<Row>[] = [];
    for (const row of this.#rows.values()) if (matches(row)) found.push(row);
    return found;
  }

  watch(watcher: Watcher<Readonly<Row>>): void {
    this.#watchers.push(watcher);
  }
}
