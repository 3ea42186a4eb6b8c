import assert from "node:assert/strict";
import type { ContainerState } from "./compose.ts";
import { waitUntilReady } from "./wait_until_ready.ts";

function container(service: string, status: string): ContainerState {
  const state = status.startsWith("Exited") ? "exited" : "running";
  return { service, name: `evently-${service}-1`, state, status };
}

/** Waits over the given states, one a poll; the last stays. */
async function wait(states: ContainerState[][], limitMs = 60_000): Promise<string[]> {
  const said: string[] = [];
  let poll = 0;
  const containers = () => Promise.resolve(states[Math.min(poll++, states.length - 1)]!);
  await waitUntilReady({ containers }, { limitMs, pollMs: 0, say: (line) => said.push(line) });
  return said;
}

const STARTING = container("user", "Up 2 seconds (health: starting)");
const HEALTHY = container("user", "Up 9 seconds (healthy)");
const MIGRATED = container("migrate", "Exited (0) 1 second ago");

Deno.test("waitUntilReady() tells of each container once, and counts a job that is done", async () => {
  assert.deepEqual(await wait([[STARTING], [STARTING, MIGRATED], [HEALTHY, MIGRATED]]), [
    "  migrate is ready",
    "  user is ready",
  ]);
});

Deno.test("waitUntilReady() names a job that failed and a container that is unhealthy", async () => {
  await assert.rejects(wait([[container("migrate", "Exited (1) 1 second ago")]]), {
    message:
      "migrate does not work (Exited (1) 1 second ago). Read its log: deno task deploy:logs migrate",
  });
  const sick = container("user", "Up 2 minutes (unhealthy)");
  await assert.rejects(wait([[STARTING], [sick]]), /user does not work/);
});

Deno.test("waitUntilReady() names what is late, and lets a program be started again", async () => {
  const again = container("user", "Exited (1) 1 second ago");
  await assert.rejects(wait([[again, MIGRATED]], 0), /user is not ready in time \(Exited/);
  assert.deepEqual(await wait([[again], [HEALTHY]]), ["  user is ready"]);
});

Deno.test("waitUntilReady() takes a container without a health check as it runs", async () => {
  assert.deepEqual(await wait([[container("loki", "Up 1 second")]]), ["  loki is ready"]);
});

Deno.test("waitUntilReady() says so if there are no containers", async () => {
  await assert.rejects(wait([[]], 0), /There are no containers\. Start them/);
});
