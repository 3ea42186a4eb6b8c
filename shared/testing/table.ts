/** Told of a row that was put (before or not there before) or removed. */
export type Watcher<Row> = (before: Row | undefined, after: Row | undefined) => void;

/**
 * The rows of one table of a model store, by key, in the order in which they came. Rows are never changed in
 * place: whoever watches sees each as it was and as it is.
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

  /** Adds a row, or takes the place of the one with its key. */
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

  /** All rows. */
  rows(): IterableIterator<Readonly<Row>> {
    return this.#rows.values();
  }

  /** The rows that match, in their order. */
  where(matches: (row: Readonly<Row>) => boolean): Readonly<Row>[] {
    const found: Readonly<Row>[] = [];
    for (const row of this.#rows.values()) if (matches(row)) found.push(row);
    return found;
  }

  watch(watcher: Watcher<Readonly<Row>>): void {
    this.#watchers.push(watcher);
  }
}
