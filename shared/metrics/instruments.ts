import { type Labels, SeriesMap } from "./series.ts";

/** Units of metrics, as OpenTelemetry writes them (UCUM), and what Prometheus appends to their names. */
const UNITS = { s: "seconds", By: "bytes" } as const;
export type Unit = keyof typeof UNITS;

/** What every metric declares. */
export interface Declaration<Name extends string> {
  /** Dotted, as in OpenTelemetry: `evently.http.requests`. */
  name: string;
  /** One plain sentence without its full stop. */
  description: string;
  unit?: Unit;
  /** Each has few values, all known beforehand: never an id, an address or what somebody typed. */
  labels?: readonly Name[];
}

/** No labels. */
const NONE = {};

abstract class Instrument<Name extends string> {
  readonly name: string;
  readonly description: string;
  readonly unit: Unit | undefined;
  readonly labelNames: readonly Name[];

  constructor({ name, description, unit, labels = [] }: Declaration<Name>) {
    this.name = name;
    this.description = description;
    this.unit = unit;
    this.labelNames = labels;
  }

  /** The name for Prometheus: `evently_http_requests_total`. */
  get prometheusName(): string {
    const unit = this.unit ? `_${UNITS[this.unit]}` : "";
    return this.name.replaceAll(".", "_") + unit;
  }
}

/** The count of one series; whoever counts often adds to it. */
export interface Count {
  value: number;
  /** Reads the count elsewhere. */
  read?: () => number;
}

/** Something that is counted and never falls. */
export class Counter<Name extends string = never> extends Instrument<Name> {
  readonly kind = "counter";
  readonly #series: SeriesMap<Name, Count>;

  constructor(declaration: Declaration<Name>) {
    super(declaration);
    this.#series = new SeriesMap(this.labelNames, () => ({ value: 0 }));
  }

  override get prometheusName(): string {
    return `${super.prometheusName}_total`;
  }

  add(amount: number, labels: Labels<Name> = NONE as Labels<Name>): void {
    this.#series.of(labels).value += amount;
  }

  /**
   * Returns the series of these labels, which begins at 0. Whoever counts often keeps it. What is rare has its series made
   * at the start, as Prometheus sees no increase in a series whose first value is 1.
   */
  series(labels: Labels<Name>): Count {
    return this.#series.of(labels);
  }

  /** Reads the count elsewhere from now on. */
  observe(read: () => number, labels: Labels<Name> = NONE as Labels<Name>): void {
    this.#series.of(labels).read = read;
  }

  /** The count of these labels. */
  countOf(labels: Labels<Name> = NONE as Labels<Name>): number {
    const { value, read } = this.#series.of(labels);
    return read ? read() : value;
  }

  *samples(): Generator<{ labels: Labels<Name>; value: number }> {
    for (const { labels, state: { value, read } } of this.#series) {
      yield { labels, value: read ? read() : value };
    }
  }
}

/** Something that rises and falls. */
export class Gauge<Name extends string = never> extends Instrument<Name> {
  readonly kind = "gauge";
  readonly #series: SeriesMap<Name, { read?: () => number | undefined }>;

  constructor(declaration: Declaration<Name>) {
    super(declaration);
    this.#series = new SeriesMap(this.labelNames, () => ({}));
  }

  /** Sets the value; `undefined` is none. */
  set(value: number | undefined, labels: Labels<Name> = NONE as Labels<Name>): void {
    this.#series.of(labels).read = () => value;
  }

  /** Reads the value elsewhere from now on, in the place of what was read or set before. */
  observe(
    read: () => number | undefined,
    labels: Labels<Name> = NONE as Labels<Name>,
  ): void {
    this.#series.of(labels).read = read;
  }

  /** Series without a value are left out. */
  *samples(): Generator<{ labels: Labels<Name>; value: number }> {
    for (const { labels, state: { read } } of this.#series) {
      const value = read?.();
      if (value !== undefined) yield { labels, value };
    }
  }
}

/** Declaration of a {@link Histogram}. */
export interface HistogramDeclaration<Name extends string> extends Declaration<Name> {
  /** Upper bounds of the buckets, ascending. */
  bounds: readonly number[];
}

/** What a histogram has recorded of one series. */
export interface Distribution {
  /** Values in each bucket, the last one without an upper bound; not cumulative. */
  buckets: number[];
  sum: number;
  count: number;
}

/** How values are distributed. */
export class Histogram<Name extends string = never> extends Instrument<Name> {
  readonly kind = "histogram";
  readonly bounds: readonly number[];
  /** Told of each value, where OpenTelemetry collects. */
  onRecord?(value: number, labels: Labels<Name>): void;
  readonly #series: SeriesMap<Name, Distribution>;

  constructor({ bounds, ...declaration }: HistogramDeclaration<Name>) {
    super(declaration);
    this.bounds = bounds;
    this.#series = new SeriesMap(this.labelNames, () => ({
      buckets: new Array(bounds.length + 1).fill(0),
      sum: 0,
      count: 0,
    }));
  }

  record(value: number, labels: Labels<Name> = NONE as Labels<Name>): void {
    this.recordIn(this.#series.of(labels), value, labels);
  }

  /** The series of these labels, to be kept by whoever records often. */
  series(labels: Labels<Name>): Distribution {
    return this.#series.of(labels);
  }

  /** Records a value in a series of these labels. */
  recordIn(state: Distribution, value: number, labels: Labels<Name>): void {
    let bucket = 0;
    while (bucket < this.bounds.length && value > this.bounds[bucket]!) bucket++;
    state.buckets[bucket]!++;
    state.sum += value;
    state.count++;
    this.onRecord?.(value, labels);
  }

  *samples(): Generator<{ labels: Labels<Name>; value: Distribution }> {
    for (const { labels, state } of this.#series) yield { labels, value: state };
  }
}

/** Any metric. */
export type AnyInstrument = Counter<string> | Gauge<string> | Histogram<string>;
