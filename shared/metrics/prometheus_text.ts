import type { AnyInstrument, Histogram } from "./instruments.ts";

/** The type of Prometheus' text format, version 0.0.4. */
export const PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/**
 * Writes metrics in Prometheus' text format:
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 */
export function prometheusText(instruments: readonly AnyInstrument[]): string {
  let text = "";
  for (const instrument of instruments) {
    const lines = instrument.kind === "histogram"
      ? distributionLines(instrument)
      : [...instrument.samples()].map(({ labels, value }) =>
        line(instrument.prometheusName, labels, value)
      );
    if (lines.length === 0) continue;
    const { prometheusName: name, description, kind } = instrument;
    text += `# HELP ${name} ${escapeHelp(description)}\n# TYPE ${name} ${kind}\n${lines.join("")}`;
  }
  return text;
}

function distributionLines(histogram: Histogram<string>): string[] {
  const { prometheusName: name, bounds } = histogram;
  return [...histogram.samples()].flatMap(({ labels, value: { buckets, sum, count } }) => {
    let upTo = 0;
    return [
      ...buckets.map((values, i) =>
        line(`${name}_bucket`, { ...labels, le: number(bounds[i] ?? Infinity) }, upTo += values)
      ),
      line(`${name}_sum`, labels, sum),
      line(`${name}_count`, labels, count),
    ];
  });
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? "" : `{${pairs.join(",")}}`} ${number(value)}\n`;
}

function number(value: number): string {
  if (value === Infinity) return "+Inf";
  return value === -Infinity ? "-Inf" : String(value);
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
