import type { Mutant } from "./mutate.ts";

const TELEMETRY_TESTS = "tests/telemetry/telemetry_test.ts";
const METRIC_TESTS = "shared/metrics/metrics_test.ts";

/** Defects of metrics and traces: what strangers learn or do by them, and what an operator would not see. */
export const TELEMETRY_MUTANTS: readonly Mutant[] = [
  {
    name: "spans have the path of a request, and so its ticket code",
    edits: [{
      in: "startRequest",
      find: `"evently.service": service`,
      replace: `"evently.service": service, "url.full": request.url`,
    }],
    tests: [TELEMETRY_TESTS],
  },
  {
    name: "a stranger's traceparent joins a trace",
    edits: [{
      in: "request_span/parentOf",
      find: "service !== GATEWAY",
      replace: "service !== ''",
    }],
    tests: [TELEMETRY_TESTS],
  },
  {
    name: "calls between services pass no trace on",
    edits: [{ in: "passTraceOn", find: "if (!span)", replace: "if (!span || span)" }],
    tests: [TELEMETRY_TESTS],
  },
  {
    name: "a metric has as many series as there are labels",
    edits: [{ in: "SeriesMap", find: "this.#all.length >= MAX_SERIES - 1", replace: "false" }],
    tests: [METRIC_TESTS],
  },
  {
    name: "failed statements run for ever in metrics",
    edits: [{ in: "observedStatements", find: `end("failed");`, replace: "" }],
    tests: ["shared/postgres/observed_statements_test.ts"],
  },
  {
    name: "the first contradiction that a process finds wakes nobody",
    edits: [{
      in: "createReconciliation",
      find: `RECONCILED.series({ drift, outcome: "unrepaired" });`,
      replace: "",
    }],
    tests: [TELEMETRY_TESTS],
  },
];
