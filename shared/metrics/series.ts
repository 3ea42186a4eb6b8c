/** The values of a metric's labels, by name. */
export type Labels<Name extends string> = Readonly<Record<Name, string>>;

/** The most series of one metric. Further ones share one whose labels say `other`: labels never grow without bound. */
export const MAX_SERIES = 1_000;
const OTHER = "other";

/** A series of a metric. */
interface Series<Name extends string, State> {
  labels: Labels<Name>;
  state: State;
}

/** Series by the value of one label, and below that by the next. */
type Level<Name extends string, State> = Map<string, Level<Name, State> | Series<Name, State>>;

/** The series of one metric, by the values of its labels. */
export class SeriesMap<Name extends string, State> {
  readonly #names: readonly Name[];
  readonly #create: () => State;
  readonly #root: Level<Name, State> = new Map();
  readonly #all: Series<Name, State>[] = [];

  constructor(names: readonly Name[], create: () => State) {
    this.#names = names;
    this.#create = create;
  }

  /** The series of these labels, which is made if there is none. Joining them to one key would cost more than walking. */
  of(labels: Labels<Name>): State {
    let found: Level<Name, State> | Series<Name, State> | undefined = this.#root;
    for (const name of this.#names) {
      found = (found as Level<Name, State>).get(labels[name]);
      if (found === undefined) return this.#make(labels).state;
    }
    if (!(found instanceof Map)) return found.state;
    return (this.#all[0] ?? this.#make(labels)).state;
  }

  /** All series, in the order in which they were made. */
  *[Symbol.iterator](): Generator<Series<Name, State>> {
    yield* this.#all;
  }

  #make(labels: Labels<Name>): Series<Name, State> {
    const isFull = this.#all.length >= MAX_SERIES - 1;
    if (isFull && this.#names.some((name) => labels[name] !== OTHER)) {
      const other = Object.fromEntries(this.#names.map((name) => [name, OTHER]));
      return { labels, state: this.of(other as Labels<Name>) };
    }
    const entries = this.#names.map((name) => [name, labels[name]]);
    const made = { labels: Object.fromEntries(entries) as Labels<Name>, state: this.#create() };
    this.#all.push(made);
    let level = this.#root;
    this.#names.forEach((name, depth) => {
      if (depth === this.#names.length - 1) return void level.set(labels[name], made);
      const next = level.get(labels[name]) ?? new Map();
      level.set(labels[name], next);
      level = next as Level<Name, State>;
    });
    return made;
  }
}
