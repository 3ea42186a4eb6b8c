import type { Findings } from "../findings.ts";
import type { HttpClient } from "../load/http.ts";
import type { Supervised } from "../servers/supervised.ts";

/** A failed request logs one line at the gateway and one for each call behind it. */
const MAX_LINES_A_FAILURE = 4;
/** Allowance for background workers that fail during an outage. */
const MAX_LINES_A_SECOND = 50;

/** Checks that the number of log lines stays in proportion to failed requests and time. */
export function checkLogs(
  processes: readonly Supervised[],
  { http, durationS }: { http: HttpClient; durationS: number },
  findings: Findings,
): void {
  let failures = 0;
  for (const [outcome, count] of http.outcomes) {
    if (!/^[234]/.test(outcome)) failures += count;
  }
  const maxLines = MAX_LINES_A_FAILURE * failures + MAX_LINES_A_SECOND * durationS;
  for (const { name, logLines } of processes) {
    if (logLines <= maxLines) continue;
    findings.add("a log has too many lines", `${name}: ${logLines} lines of ${failures} failures`);
  }
}
