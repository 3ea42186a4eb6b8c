/** What an OTLP receiver was sent by programs, decoded. */

/** A span as the receiver got it. */
export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty for the first span of a trace. */
  parentSpanId: string;
  name: string;
  /** `service.name` of the program. */
  program: string;
  attributes: Readonly<Record<string, string | number>>;
}

/** A log record as the receiver got it. */
export interface ReceivedRecord {
  traceId: string;
  /** `service.name` of the program. */
  program: string;
  severity: string;
  body: string;
}

/** An OTLP receiver over HTTP with JSON (`http/json`), which keeps all that it is sent. */
export interface Collector extends AsyncDisposable {
  /** Variables by which a program exports to it. */
  variables(program: string): Record<string, string>;
  spans(): ReceivedSpan[];
  records(): ReceivedRecord[];
  /** Names of metrics. */
  metrics(): Set<string>;
  /** Everything, as it came. */
  text(): string;
}

/** Starts a receiver. */
export function startCollector(): Collector {
  const bodies = new Map<string, string[]>();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    async (request) => {
      const { pathname } = new URL(request.url);
      bodies.set(pathname, [...bodies.get(pathname) ?? [], await request.text()]);
      return Response.json({});
    },
  );
  const resources = (path: string, key: string) =>
    (bodies.get(path) ?? []).flatMap((body) => JSON.parse(body)[key] ?? []);
  return {
    variables: (program) => ({
      OTEL_DENO: "true",
      OTEL_DENO_TRACING: "false",
      OTEL_DENO_CONSOLE: "replace",
      OTEL_SERVICE_NAME: program,
      OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${server.addr.port}`,
      OTEL_METRIC_EXPORT_INTERVAL: "200",
      OTEL_BSP_SCHEDULE_DELAY: "100",
      OTEL_BLRP_SCHEDULE_DELAY: "100",
    }),
    spans: () =>
      resources("/v1/traces", "resourceSpans").flatMap(({ resource, scopeSpans }) =>
        // deno-lint-ignore no-explicit-any -- of OTLP's JSON
        scopeSpans.flatMap(({ spans }: any) => spans).map((span: any) => ({
          traceId: span.traceId,
          spanId: span.spanId,
          parentSpanId: span.parentSpanId ?? "",
          name: span.name,
          program: programOf(resource),
          attributes: attributesOf(span.attributes ?? []),
        }))
      ),
    records: () =>
      resources("/v1/logs", "resourceLogs").flatMap(({ resource, scopeLogs }) =>
        // deno-lint-ignore no-explicit-any -- of OTLP's JSON
        scopeLogs.flatMap(({ logRecords }: any) => logRecords).map((record: any) => ({
          traceId: record.traceId ?? "",
          program: programOf(resource),
          severity: record.severityText,
          body: record.body?.stringValue ?? "",
        }))
      ),
    metrics: () =>
      new Set(
        resources("/v1/metrics", "resourceMetrics").flatMap(({ scopeMetrics }) =>
          // deno-lint-ignore no-explicit-any -- of OTLP's JSON
          scopeMetrics.flatMap(({ metrics }: any) => metrics.map(({ name }: any) => name))
        ),
      ),
    text: () => [...bodies.values()].flat().join("\n"),
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** The spans of the first trace that has a span of this name. */
export function traceOf(collector: Collector, name: string): ReceivedSpan[] | undefined {
  const spans = collector.spans();
  const found = spans.find((span) => span.name === name);
  return found && spans.filter(({ traceId }) => traceId === found.traceId);
}

/** Whether each span's parent was received. */
export function isWhole(spans: readonly ReceivedSpan[]): boolean {
  const ids = new Set(spans.map(({ spanId }) => spanId));
  return spans.every(({ parentSpanId }) => parentSpanId === "" || ids.has(parentSpanId));
}

// deno-lint-ignore no-explicit-any -- of OTLP's JSON
function programOf(resource: any): string {
  return String(attributesOf(resource?.attributes ?? [])["service.name"]);
}

function attributesOf(
  // deno-lint-ignore no-explicit-any -- of OTLP's JSON
  attributes: readonly { key: string; value: any }[],
): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value }) => [
      key,
      value.stringValue ?? Number(value.intValue ?? value.doubleValue),
    ]),
  );
}
