import { freePort } from "@evently/shared/testing";
import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { eventually } from "./platform.ts";
import { startUnread, type UnreadProgram } from "./unread_program.ts";

const MAIN = new URL("../../services/gateway/main.ts", import.meta.url);
const SANITIZED = { sanitizeOps: true, sanitizeResources: true };
/** Settings of a gateway without services; it writes one log line per request. */
const NOWHERE = "http://127.0.0.1:1";
const GATEWAY = {
  LOG_LEVEL: "debug",
  USER_SERVICE_URL: NOWHERE,
  EVENT_SERVICE_URL: NOWHERE,
  SEARCH_SERVICE_URL: NOWHERE,
  BOOKING_SERVICE_URL: NOWHERE,
};
const LONG_ID = "x".repeat(128);
/** Requests whose log lines exceed the pipe (64 KiB) and the queue (1 MiB). */
const MORE_THAN_PIPE_AND_QUEUE = 6_000;
/** Requests whose log lines exceed the pipe. */
const MORE_THAN_A_PIPE = 600;
const CLIENTS = 32;

async function checkHealth(origin: string): Promise<void> {
  const answer = await fetch(`${origin}/health`, { headers: { "X-Request-ID": LONG_ID } });
  assert.equal(await answer.text(), "healthy\n");
}

async function checkHealthOften(
  { origin }: Pick<UnreadProgram, "origin">,
  times: number,
): Promise<void> {
  let left = times;
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (left-- > 0) await checkHealth(origin);
  }));
}

Deno.test(
  "a stalled log reader delays no request; lost lines are counted",
  SANITIZED,
  async () => {
    await using gateway = await startUnread(MAIN, GATEWAY);
    await checkHealthOften(gateway, MORE_THAN_PIPE_AND_QUEUE);

    await gateway.readOn(/log lines were dropped/);
    await checkHealth(gateway.origin);
    gateway.signal("SIGTERM");
    const entries = (await gateway.readOn()).trimEnd().split("\n").map((line) => JSON.parse(line));
    const requests = entries.filter(({ message }) => message === "request").length;
    const gaps = entries.filter(({ message }) => message === "log lines were dropped");
    const dropped = gaps.reduce((sum, { count }) => sum + count, 0);
    assert.ok(dropped > 0, "some lines must be dropped");
    assert.equal(requests + dropped, MORE_THAN_PIPE_AND_QUEUE + 1);
    assert.equal(entries.at(-1).message, "stopped", "the last lines must be flushed");
    assert.equal((await gateway.status).code, 0);
  },
);

Deno.test("a process with a stalled log reader stops cleanly", SANITIZED, async () => {
  await using gateway = await startUnread(MAIN, GATEWAY);
  await checkHealthOften(gateway, MORE_THAN_A_PIPE);
  gateway.signal("SIGTERM");
  assert.equal((await gateway.status).code, 0);
});

Deno.test("a closed log reader does not stop the process", SANITIZED, async () => {
  await using gateway = await startUnread(MAIN, GATEWAY);
  await gateway.closeOutput();
  await checkHealthOften(gateway, MORE_THAN_A_PIPE);
  gateway.signal("SIGTERM");
  assert.equal((await gateway.status).code, 0);
});

/** Runs the gateway with both outputs on a full device. */
function startOnFullDevice(variables: Record<string, string>): Deno.ChildProcess {
  return new Deno.Command("sh", {
    args: [
      ...["-c", 'exec "$0" run --allow-all --quiet "$1" >/dev/full 2>&1'],
      ...[Deno.execPath(), fileURLToPath(MAIN)],
    ],
    env: { NO_COLOR: "1", HOST: "127.0.0.1", ...GATEWAY, ...variables },
    stdin: "null",
  }).spawn();
}

Deno.test("a full log device does not stop the process", SANITIZED, async () => {
  const port = await freePort();
  const child = startOnFullDevice({ PORT: String(port) });
  const origin = `http://127.0.0.1:${port}`;
  await eventually("the gateway listens", () => checkHealth(origin).then(() => true, () => false));
  await checkHealthOften({ origin }, MORE_THAN_A_PIPE);
  child.kill("SIGTERM");
  assert.equal((await child.status).code, 0);
});

Deno.test(
  "a refusal to start keeps its exit code if output is unwritable",
  SANITIZED,
  async () => {
    assert.equal((await startOnFullDevice({ PORT: "none" }).status).code, 1);
  },
);
