/**
 * `deno task rehearse:observability`: the platform in five processes exports traces and logs to a real OpenTelemetry
 * Collector with the platform's configuration. Says what would reach Tempo and Loki, and fails at what should not be so.
 *
 * --load N        instead sends N traces a second to the collector and says how many spans it refuses
 *
 * `OTELCOL` is the collector's program: the contrib distribution, or one with the components of `collector.yml` and the
 * providers `file` and `yaml`. Tempo, Loki and Grafana are not started.
 */
import { parseArgs } from "node:util";
import { exitProgram, say } from "@evently/shared/output";
import { loadCollector } from "./load_collector.ts";
import { rehearseObservability } from "./rehearse_observability.ts";

async function main(): Promise<number> {
  const { values: { load } } = parseArgs({
    args: Deno.args,
    options: { load: { type: "string" } },
  });
  const program = Deno.env.get("OTELCOL");
  if (!program) say("skipped: OTELCOL names no OpenTelemetry Collector");
  else if (load) await loadCollector(program, Number(load), say);
  else await rehearseObservability(program, say);
  return 0;
}

if (import.meta.main) await exitProgram(await main());
