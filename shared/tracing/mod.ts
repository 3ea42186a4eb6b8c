/**
 * Traces of the platform's own spans, exported by Deno (`OTEL_DENO=true`). Deno's automatic spans stay off
 * (`OTEL_DENO_TRACING=false`), as they record whole URLs, and these hold ticket codes and links' tokens.
 */
export * from "./tracer.ts";
export { passTraceOn, readTraceparent, TRACEPARENT } from "./traceparent.ts";
