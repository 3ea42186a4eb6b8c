import assert from "node:assert/strict";
import { inSpan, isTracing, passTraceOn, readTraceparent, startSpan } from "./mod.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";

Deno.test("readTraceparent() reads trace, span and whether it is sampled", () => {
  assert.deepEqual(readTraceparent(`00-${TRACE}-${SPAN}-01`)?.spanContext(), {
    traceId: TRACE,
    spanId: SPAN,
    traceFlags: 1,
  });
  assert.equal(readTraceparent(`00-${TRACE}-${SPAN}-02`)?.spanContext().traceFlags, 0);
});

Deno.test("readTraceparent() refuses what is malformed", () => {
  const malformed = [
    null,
    "",
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-01-x`,
    `ff-${TRACE}-${SPAN}-01`,
    `00-${TRACE.toUpperCase()}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE}-${SPAN}-01, 00-${TRACE}-${SPAN}-01`,
  ];
  for (const text of malformed) assert.equal(readTraceparent(text), undefined, String(text));
});

Deno.test("a call passes on no trace of its caller's caller", () => {
  const headers = new Headers({
    traceparent: `00-${TRACE}-${SPAN}-01`,
    tracestate: "vendor=1",
    baggage: "user=42",
    accept: "*/*",
  });
  passTraceOn(headers);
  assert.deepEqual([...headers], [["accept", "*/*"]]);
});

Deno.test("without OpenTelemetry there are no spans, and work runs as it is", async () => {
  assert.equal(isTracing, false);
  assert.equal(startSpan("anything"), undefined);
  assert.equal(await inSpan("anything", {}, (span) => Promise.resolve(span ?? "none")), "none");
});
