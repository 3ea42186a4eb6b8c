import type { AnyInstrument } from "./instruments.ts";

/** The part of OpenTelemetry's API that is used here; its package takes a twentieth of a cold start to load. */
interface Meter {
  createHistogram(name: string, options: Options): {
    record(value: number, attributes: Attributes): void;
  };
  createObservableGauge(name: string, options: Options): Observable;
  createObservableCounter(name: string, options: Options): Observable;
}

type Attributes = Readonly<Record<string, string>>;

interface Options {
  description: string;
  unit?: string;
  advice?: { explicitBucketBoundaries: number[] };
}

interface Observable {
  addCallback(
    observe: (result: { observe(value: number, attributes: Attributes): void }) => void,
  ): void;
}

/**
 * Has Deno export metrics by OpenTelemetry, with the endpoint and interval of the standard variables.
 *
 * @returns whether it does: only with `OTEL_DENO=true`
 */
export function exportByDeno(instruments: readonly AnyInstrument[]): boolean {
  const meter = openMeter();
  if (!meter) return false;
  for (const instrument of instruments) exportOne(meter, instrument);
  return true;
}

function exportOne(meter: Meter, instrument: AnyInstrument): void {
  const { name, description, unit } = instrument;
  const options: Options = { description, ...(unit ? { unit } : {}) };
  if (instrument.kind === "histogram") {
    const advice = { explicitBucketBoundaries: [...instrument.bounds] };
    const histogram = meter.createHistogram(name, { ...options, advice });
    instrument.onRecord = (value, labels) => histogram.record(value, labels);
    return;
  }
  const observable = instrument.kind === "counter"
    ? meter.createObservableCounter(name, options)
    : meter.createObservableGauge(name, options);
  observable.addCallback((result) => {
    for (const { labels, value } of instrument.samples()) result.observe(value, labels);
  });
}

/** Deno's own meter; none where it collects nothing. */
function openMeter(): Meter | undefined {
  try {
    return Deno.telemetry.meterProvider.getMeter("evently");
  } catch {
    return undefined;
  }
}
