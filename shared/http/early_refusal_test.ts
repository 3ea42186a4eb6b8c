import assert from "node:assert/strict";
import { createLogger } from "../log.ts";
import { TOO_MANY_AT_ONCE } from "./admission.ts";
import { EarlyRefusals } from "./early_refusal.ts";

function world() {
  const lines: string[] = [];
  const time = { nowMs: 0 };
  const refusals = new EarlyRefusals({
    log: createLogger({ level: "warn", write: (line) => lines.push(line) }),
    corsOrigins: ["https://shop.example"],
    nowMs: () => time.nowMs,
  });
  const refuse = (headers: Record<string, string> = {}) =>
    refusals.refuse(new Request("http://gateway/api/event/events", { headers }), {}, {
      ...TOO_MANY_AT_ONCE,
    });
  return { refuse, time, entries: () => lines.map((line) => JSON.parse(line)) };
}

Deno.test("EarlyRefusals answers with the envelope and headers of all other answers", async () => {
  const { refuse } = world();
  const response = refuse({ "X-Request-ID": "mine", Origin: "https://shop.example" });
  assert.equal(response.status, 503);
  assert.deepEqual(await response.json(), {
    error: "Too many requests at once. Please try again.",
    code: "UNAVAILABLE",
    request_id: "mine",
  });
  const header = (name: string) => response.headers.get(name);
  assert.equal(header("Retry-After"), "1");
  assert.equal(header("X-Request-ID"), "mine");
  assert.equal(header("Content-Type"), "application/json");
  assert.equal(header("Access-Control-Allow-Origin"), "https://shop.example");
  assert.equal(header("X-Content-Type-Options"), "nosniff");
});

Deno.test("EarlyRefusals gives each request an id of its own", () => {
  const { refuse } = world();
  const [one, other] = [refuse(), refuse()].map(({ headers }) => headers.get("X-Request-ID"));
  assert.ok(one && other && one !== other);
});

Deno.test("EarlyRefusals tells the log how many it refused, once a second", () => {
  const { refuse, time, entries } = world();
  for (let n = 0; n < 1_000; n++) refuse();
  time.nowMs = 1_000;
  refuse();
  assert.deepEqual(
    entries().map(({ level, message, count, code }) => ({ level, message, count, code })),
    [1, 1_000].map((count) => ({
      level: "warn",
      message: "requests were refused early",
      count,
      code: "UNAVAILABLE",
    })),
  );
});
