import { activeSpan, SAMPLED, type Span, type SpanContext } from "./tracer.ts";

/** Header of W3C Trace Context, level 1, version 00: https://www.w3.org/TR/trace-context/ */
export const TRACEPARENT = "traceparent";
/** Headers that carry more of a caller's trace; none of them is passed on. */
const OTHER_TRACE_HEADERS = ["tracestate", "baggage"];

const FORM = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/** Reads the header's value; `undefined` if it is malformed. */
export function readTraceparent(text: string | null): Pick<Span, "spanContext"> | undefined {
  const [, traceId, spanId, flags] = FORM.exec(text ?? "") ?? [];
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) {
    return undefined;
  }
  const context: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16) & SAMPLED,
  };
  return { spanContext: () => context };
}

/** Puts the active span into the headers of a call, in the place of what its caller's caller sent. */
export function passTraceOn(headers: Headers): void {
  for (const name of OTHER_TRACE_HEADERS) headers.delete(name);
  const span = activeSpan()?.spanContext();
  if (!span) return headers.delete(TRACEPARENT);
  const flags = span.traceFlags & SAMPLED ? "01" : "00";
  headers.set(TRACEPARENT, `00-${span.traceId}-${span.spanId}-${flags}`);
}
