import assert from "node:assert/strict";
import { createLogger } from "@evently/shared/log";
import { toHumanLines } from "./human_log.ts";

function written(entry: (log: ReturnType<typeof createLogger>) => void): string {
  let text = "";
  entry(createLogger({ level: "debug", write: (lines) => text += toHumanLines(lines) }));
  return text.replace(/^\d\d:\d\d:\d\d /, "");
}

Deno.test("a request is one line: status, method, route, time, service", () => {
  const request = { method: "GET", route: "/x", status: 200, duration_ms: 1.5, request_id: "r" };
  assert.equal(
    written((log) => log.with({ service: "user-service" }).info("request", request)),
    "200 GET /x 1.5 ms user-service\n",
  );
});

Deno.test("a warning says so, and keeps its fields and the error's text", () => {
  const line = written((log) => log.warn("pass failed", { worker: "w", error: new Error("why") }));
  assert.match(line, /^WARN pass failed worker=w error=\{.*"message":"why"/);
});

Deno.test("what comes from a request cannot write on the terminal", () => {
  const text = "a\u001b[2J\u009b31m\r\u202eb\nc";
  const line = written((log) => log.warn("cannot read it", { text }));
  assert.equal(
    line,
    "WARN cannot read it text=a\\u001b[2J\\u009b31m\\u000d\\u202eb\\u000ac\n",
  );
});
