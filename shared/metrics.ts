/**
 * Metrics of a process. Deno exports them by OpenTelemetry where `OTEL_DENO=true`, with the endpoint and
 * the interval of the standard variables; else nothing is collected.
 */
import { metrics } from "@opentelemetry/api";

const meter = metrics.getMeter("evently");

const redisFailures = meter.createCounter("evently.redis.failures", {
  description: "Attempts that Redis did not answer, or refused as it serves nobody",
});
const redisUsable = meter.createObservableGauge("evently.redis.usable", {
  description: "1 while Redis answers and takes writes, as far as it was asked; else 0",
});
const droppedLogLines = meter.createObservableCounter("evently.log.dropped_lines", {
  description: "Lines that found their queue full, as nobody read or stored the log quickly enough",
});

export function countRedisFailure(): void {
  redisFailures.add(1);
}

/** Tells of this Redis for as long as the process lives. */
export function observeRedis(redis: { readonly available: boolean }): void {
  redisUsable.addCallback((result) => result.observe(redis.available ? 1 : 0));
}

/** Tells of this output for as long as the process lives. */
export function observeOutput(output: { readonly droppedLines: number }): void {
  droppedLogLines.addCallback((result) => result.observe(output.droppedLines));
}
