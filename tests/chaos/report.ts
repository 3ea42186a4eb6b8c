import type { Finding } from "./findings.ts";
import type { Journal } from "./load/journal.ts";

/** One injected fault and its result. */
export interface Strike {
  fault: string;
  /** Number of processes killed by this fault and by a simultaneous second fault. */
  kills: number;
  detail: string;
  healMs: number;
}

/** Results of a run. */
export interface ChaosReport {
  seed: number;
  processes: 1 | 5;
  postgres: string;
  redis: string;
  disk: string;
  durationS: number;
  strikes: Strike[];
  checkpoints: { restMs: number }[];
  /** Number of requests by outcome. */
  requests: Record<string, number>;
  longestRequestMs: number;
  acknowledged: Journal["acknowledged"];
  logs: { name: string; restarts: number; lines: number; bytes: number }[];
  findings: Finding[];
}

export function killsOf(strikes: readonly Strike[]): number {
  return strikes.reduce((sum, { kills }) => sum + kills, 0);
}

/** Formats the report as lines of text. */
export function describe(report: ChaosReport): string[] {
  const { seed, processes, strikes, acknowledged, findings } = report;
  return [
    `seed ${seed}: ${processes} process${
      processes === 1 ? "" : "es"
    }, PostgreSQL ${report.postgres}, ` +
    `Redis: ${report.redis}, disk: ${report.disk}, ${report.durationS.toFixed(0)} s`,
    `${strikes.length} faults, ${killsOf(strikes)} kill -9; heal times in ms:`,
    ...byFault(strikes),
    `acknowledged: ${pairs(acknowledged)}`,
    `requests: ${pairs(report.requests)}; the longest took ${
      report.longestRequestMs.toFixed(0)
    } ms`,
    `at rest after ms: ${report.checkpoints.map(({ restMs }) => restMs.toFixed(0)).join(", ")}`,
    ...report.logs.map(({ name, restarts, lines, bytes }) =>
      `log of ${name}: ${restarts} restarts, ${lines} lines, ${bytes} bytes`
    ),
    ...findings.flatMap(({ what, count, evidence }) => [`BREACH: ${what} (${count})`, ...evidence]),
    findings.length === 0 ? "no breach" : `${findings.length} kinds of breach; seed ${seed}`,
  ];
}

function byFault(strikes: readonly Strike[]): string[] {
  return [...Map.groupBy(strikes, ({ fault }) => fault)].sort().map(([fault, ofFault]) => {
    const times = ofFault.map(({ healMs }) => healMs).sort((a, b) => a - b);
    const median = times[Math.floor(times.length / 2)]!;
    return `  ${fault.padEnd(18)} ${String(times.length).padStart(3)}  median ${
      median.toFixed(0).padStart(5)
    }  max ${times.at(-1)!.toFixed(0).padStart(5)}`;
  });
}

function pairs(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts).map(([name, count]) => `${name} ${count}`).join(", ");
}
