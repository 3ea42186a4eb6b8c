import assert from "node:assert/strict";
import { createLogger } from "../log.ts";
import { causeText, FailureLog } from "./failure_log.ts";

const MANY = 1_000;

Deno.test("FailureLog logs failures whole, but not each of many", () => {
  const lines: string[] = [];
  const log = createLogger({ level: "info", write: (line) => lines.push(line) });
  let nowMs = 0;
  const failures = new FailureLog(log, () => nowMs);
  const fail = () => failures.tell(new Error("why"), { request_id: "r" });
  for (let i = 0; i < MANY; i++) fail();
  const first = JSON.parse(lines[0]!);
  assert.deepEqual([first.message, first.request_id, first.error.message], [
    "request failed",
    "r",
    "why",
  ]);
  const told = lines.length;
  assert.ok(told < MANY / 10, `${told} lines`);

  nowMs += 60_000;
  fail();
  const [leftOut, next] = lines.slice(told).map((line) => JSON.parse(line));
  assert.equal(leftOut.count, MANY - told);
  assert.equal(next.message, "request failed");
});

Deno.test("causeText() is one line with the causes and no stack", () => {
  const refused = new Error("connection refused");
  assert.equal(
    causeText(new Error("no seats", { cause: refused })),
    "no seats: connection refused",
  );
  assert.equal(causeText("text"), "text");
  const loop: Error = new Error("a");
  loop.cause = loop;
  assert.equal(causeText(loop), "a: a: a: a: a");
});
