/**
 * Metrics of a process. Each is declared once, in `metrics.ts`, and read two ways: by Deno, which exports them by
 * OpenTelemetry where `OTEL_DENO=true`, and by Prometheus at `/metrics` of `METRICS_PORT`. Where nobody collects them a
 * counter is an addition and a histogram two.
 */
export type { Count, Distribution } from "./instruments.ts";
export * from "./metrics.ts";
export { observeProcess } from "./observe_process.ts";
export { serveMetrics } from "./serve_metrics.ts";
