import assert from "node:assert/strict";
import { createSearchWorld, down, TEST_ELASTICSEARCH_URL } from "../testing/world.ts";

Deno.test("GET /health/ready returns 503 until the index is filled and names the engine", async () => {
  await using world = await createSearchWorld();
  const elasticsearch = TEST_ELASTICSEARCH_URL ? "connected" : "embedded";
  const stores = { elasticsearch, redis: "connected", service: "search-service" };
  const engine = TEST_ELASTICSEARCH_URL ? "elasticsearch" : "embedded";
  assert.deepEqual(await world.send("GET", "/health/ready"), {
    status: 503,
    body: { status: "filling", ...stores, reason: "The index is being filled" },
  });
  await world.keeper.catchUp();
  assert.deepEqual(await world.send("GET", "/health/ready"), {
    status: 200,
    body: { status: "ready", ...stores, answered_by: engine },
  });
});

Deno.test("GET /health/ready reports that Redis is down and stays 200", async () => {
  await using world = await createSearchWorld();
  await world.keeper.rebuild();
  await world.redis.close();
  const { status, body } = await world.send("GET", "/health/ready");
  assert.deepEqual([status, body.redis], [200, "disconnected"]);
});

Deno.test("GET /healthz is 200 while the process lives", async () => {
  await using world = await createSearchWorld();
  world.neighbours.beforePage = down;
  assert.equal((await world.send("GET", "/healthz")).status, 200);
});

Deno.test("GET /openapi.json describes the public and the internal routes", async () => {
  await using world = await createSearchWorld();
  const { body } = await world.send("GET", "/openapi.json");
  assert.equal(body.openapi, "3.1.0");
  assert.deepEqual(Object.keys(body.paths).toSorted(), [
    "/api/v1/search",
    "/api/v1/search/filters",
    "/api/v1/search/suggestions",
    "/api/v1/search/trending",
    "/health/ready",
    "/healthz",
    "/internal/search/events",
    "/internal/search/events/{id}",
    "/internal/search/resync",
    "/internal/search/views",
  ]);
});
