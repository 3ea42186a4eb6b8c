import { fileURLToPath } from "node:url";
import { freePort } from "@evently/shared/testing";
import { eventually } from "../../journeys/platform.ts";
import { type Collector, startCollector } from "../../telemetry/collector.ts";

const CONFIG = fileURLToPath(
  new URL("../../../deploy/observability/collector.yml", import.meta.url),
);
const NO_METRICS_OF_ITS_OWN = "yaml:service::telemetry::metrics::level: none";

/** The platform's collector, and what it passes on. */
export interface Collectors extends AsyncDisposable {
  /** Variables by which a program of the platform exports to it, as in docker-compose.yml. */
  variables(program: string): Record<string, string>;
  /** Where it takes OTLP over HTTP. */
  origin: string;
  /** What Tempo and Loki would get. */
  stored: Collector;
  /** The most memory that the platform's collector has had. */
  peakMiB(): Promise<number>;
}

/**
 * Starts the platform's collector with its own configuration but for addresses. A second one stands for Tempo (OTLP by
 * gRPC) and Loki (by HTTP) and passes all on as JSON to a receiver that keeps it.
 *
 * @param program an OpenTelemetry Collector with the components of both
 */
export async function startCollectors(program: string): Promise<Collectors> {
  const [port, tempo, loki] = [await freePort(), await freePort(), await freePort()];
  const stored = startCollector();
  const stores = start(program, [
    NO_METRICS_OF_ITS_OWN,
    `yaml:receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:${tempo}`,
    `yaml:receivers::otlp::protocols::http::endpoint: 127.0.0.1:${loki}`,
    "yaml:receivers::otlp::protocols::http::logs_url_path: /otlp/v1/logs",
    `yaml:exporters::otlphttp::endpoint: ${stored.variables("").OTEL_EXPORTER_OTLP_ENDPOINT}`,
    "yaml:exporters::otlphttp::encoding: json",
    "yaml:exporters::otlphttp::compression: none",
    ...["traces", "logs"].flatMap((kind) => [
      `yaml:service::pipelines::${kind}::receivers: [otlp]`,
      `yaml:service::pipelines::${kind}::exporters: [otlphttp]`,
    ]),
  ]);
  const collector = start(program, [
    CONFIG,
    NO_METRICS_OF_ITS_OWN,
    `yaml:receivers::otlp::protocols::http::endpoint: 127.0.0.1:${port}`,
    `yaml:exporters::otlp/tempo::endpoint: 127.0.0.1:${tempo}`,
    `yaml:exporters::otlphttp/loki::endpoint: http://127.0.0.1:${loki}/otlp`,
  ]);
  const origin = `http://127.0.0.1:${port}`;
  await eventually("both collectors listen", async () => {
    const answers = await Promise.all(
      [origin, `http://127.0.0.1:${loki}`].map((url) => fetch(url).catch(() => undefined)),
    );
    await Promise.all(answers.map((answer) => answer?.body?.cancel()));
    return answers.every((answer) => answer !== undefined);
  });
  return {
    origin,
    stored,
    async peakMiB() {
      const status = await Deno.readTextFile(`/proc/${collector.pid}/status`);
      return Math.round(Number(/VmHWM:\s*(\d+)/.exec(status)?.[1]) / 1_024);
    },
    variables: (name) => ({
      OTEL_DENO: "true",
      OTEL_DENO_TRACING: "false",
      OTEL_DENO_METRICS: "false",
      OTEL_DENO_CONSOLE: "replace",
      OTEL_SERVICE_NAME: name,
      OTEL_EXPORTER_OTLP_ENDPOINT: origin,
      OTEL_TRACES_SAMPLER: "parentbased_always_on",
    }),
    async [Symbol.asyncDispose]() {
      for (const child of [collector, stores]) {
        child.kill("SIGTERM");
        await child.status;
      }
      await stored[Symbol.asyncDispose]();
    },
  };
}

/** Returns what a collector says against the platform's configuration; nothing if it accepts it. */
export async function validate(program: string): Promise<string> {
  const { success, stderr } = await new Deno.Command(program, {
    args: ["validate", `--config=${CONFIG}`],
  }).output();
  return success ? "" : new TextDecoder().decode(stderr);
}

function start(program: string, configs: readonly string[]): Deno.ChildProcess {
  return new Deno.Command(program, {
    args: [
      ...configs.map((config) => `--config=${config}`),
      "--config=yaml:service::telemetry::logs::level: error",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "inherit",
  }).spawn();
}
