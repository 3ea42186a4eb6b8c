import assert from "node:assert/strict";
import type { Secrets } from "../../telemetry/secrets.ts";
import { hexId, sendOtlp } from "./otlp.ts";

/** Attributes by which programs of others tell what the platform's never do. */
const TELLING = [
  "url.full",
  "url.path",
  "url.query",
  "http.url",
  "http.target",
  "db.query.text",
  "db.statement",
  "exception.message",
  "exception.stacktrace",
];

/** Sends a failed span and a log entry that tell secrets in all places where programs of others put them. */
export async function sendTelling(origin: string, secrets: Secrets): Promise<void> {
  const telling = (where: string) =>
    TELLING.map((key) => ({ key, value: { stringValue: secrets.make(`${key} of ${where}`) } }));
  const timeUnixNano = `${Date.now()}000000`;
  const traces = await sendOtlp(`${origin}/v1/traces`, {
    resourceSpans: [{
      scopeSpans: [{
        spans: [{
          traceId: hexId(16),
          spanId: hexId(8),
          name: "span of others",
          startTimeUnixNano: timeUnixNano,
          endTimeUnixNano: timeUnixNano,
          attributes: telling("a span"),
          events: [{ name: "exception", timeUnixNano, attributes: telling("an event") }],
          status: { code: 2 },
        }],
      }],
    }],
  });
  const logs = await sendOtlp(`${origin}/v1/logs`, {
    resourceLogs: [{
      scopeLogs: [{
        logRecords: [{
          timeUnixNano,
          body: { stringValue: "entry of others" },
          attributes: telling("an entry"),
        }],
      }],
    }],
  });
  assert.deepEqual([traces, logs], [200, 200]);
}
