import type { Findings } from "../findings.ts";
import type { HttpClient } from "../load/http.ts";
import type { Supervised } from "../servers/supervised.ts";

/** Its own entry, and those of the calls that it made behind the gateway. */
const MAX_LINES_A_FAILURE = 4;
/** What workers say while they cannot work. */
const MAX_LINES_A_SECOND = 50;

/** An outage is told of as often as it was met, and not flooded with. */
export function checkLogs(
  processes: readonly Supervised[],
  { http, durationS }: { http: HttpClient; durationS: number },
  findings: Findings,
): void {
  let failures = 0;
  for (const [outcome, count] of http.outcomes) {
    if (!/^[234]/.test(outcome)) failures += count;
  }
  const most = MAX_LINES_A_FAILURE * failures + MAX_LINES_A_SECOND * durationS;
  for (const { name, logLines } of processes) {
    if (logLines <= most) continue;
    findings.add("a log is flooded", `${name}: ${logLines} lines of ${failures} failures`);
  }
}
