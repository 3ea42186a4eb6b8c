/** The values of a metric's labels, by name. */
export type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** The most series of one metric. Further ones share one whose labels say `other`: labels never grow without bound. */
export const MAX_SERIES = 1_000;
const OTHER = "other";
const SEPARATOR = "\u0000";

/** The series of one metric, by the values of its labels. */
export class SeriesMap<Name extends string, State> {
  readonly #names: readonly Name[];
  readonly #create: () => State;
  readonly #series = new Map<string, { labels: Labels<Name>; state: State }>();

  constructor(names: readonly Name[], create: () => State) {
    this.#names = names;
    this.#create = create;
  }

  /** The series of these labels, which is made if there is none. */
  of(labels: Labels<Name>): State {
    const key = this.#keyOf(labels);
    const known = this.#series.get(key);
    if (known) return known.state;
    if (this.#series.size >= MAX_SERIES - 1) return this.#made(this.#other());
    return this.#made(labels);
  }

  /** All series, in the order in which they were made. */
  *[Symbol.iterator](): Generator<{ labels: Labels<Name>; state: State }> {
    yield* this.#series.values();
  }

  #made(labels: Labels<Name>): State {
    const key = this.#keyOf(labels);
    const found = this.#series.get(key) ?? {
      labels: Object.fromEntries(this.#names.map((name) => [name, labels[name]])) as Labels<Name>,
      state: this.#create(),
    };
    this.#series.set(key, found);
    return found.state;
  }

  #keyOf(labels: Labels<Name>): string {
    let key = "";
    for (const name of this.#names) key += labels[name] + SEPARATOR;
    return key;
  }

  #other(): Labels<Name> {
    return Object.fromEntries(this.#names.map((name) => [name, OTHER])) as Labels<Name>;
  }
}
