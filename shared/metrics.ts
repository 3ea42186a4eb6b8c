/**
 * Metrics of a process. Deno exports them by OpenTelemetry where `OTEL_DENO=true`, with the endpoint and
 * the interval of the standard variables; else nothing is collected.
 */

/** The part of OpenTelemetry's API that is used here; its package takes a twentieth of a cold start to load. */
interface Meter {
  createCounter(name: string, options: Description): { add(n: number): void };
  createObservableGauge(name: string, options: Description): Observable;
  createObservableCounter(name: string, options: Description): Observable;
}

interface Description {
  description: string;
}

interface Observable {
  addCallback(observe: (result: { observe(value: number): void }) => void): void;
}

const meter = openMeter();

const redisFailures = meter?.createCounter("evently.redis.failures", {
  description: "Attempts that Redis did not answer, or refused as it serves nobody",
});
const redisUsable = meter?.createObservableGauge("evently.redis.usable", {
  description: "1 while Redis answers and takes writes, as far as it was asked; else 0",
});
const droppedLogLines = meter?.createObservableCounter("evently.log.dropped_lines", {
  description: "Lines that found their queue full, as nobody read or stored the log quickly enough",
});

export function countRedisFailure(): void {
  redisFailures?.add(1);
}

/** Tells of this Redis for as long as the process lives. */
export function observeRedis(redis: { readonly available: boolean }): void {
  redisUsable?.addCallback((result) => result.observe(redis.available ? 1 : 0));
}

/** Tells of this output for as long as the process lives. */
export function observeOutput(output: { readonly droppedLines: number }): void {
  droppedLogLines?.addCallback((result) => result.observe(output.droppedLines));
}

/** Deno's own meter; none where it collects nothing. */
function openMeter(): Meter | undefined {
  try {
    return Deno.telemetry.meterProvider.getMeter("evently");
  } catch {
    return undefined;
  }
}
