import assert from "node:assert/strict";
import { createEventWorld } from "../testing/world.ts";

function get(
  app: { fetch(request: Request, hop: object): Response | Promise<Response> },
  path: string,
) {
  return app.fetch(new Request(`http://event.test${path}`), {});
}

Deno.test("the service says that it lives, and that it is ready", async () => {
  await using world = await createEventWorld();
  const health = await get(world.service.app, "/healthz");
  assert.equal(await health.text(), '{"status":"healthy"}');
  const ready = await get(world.service.app, "/health/ready");
  assert.equal(ready.status, 200);
  assert.equal(
    await ready.text(),
    '{"database":"connected","service":"event-service","status":"ready"}',
  );
});

Deno.test("the service is not ready without its database", async () => {
  await using world = await createEventWorld();
  await world.service.close();
  const ready = await get(world.service.app, "/health/ready");
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).error, "Database not ready");
});

Deno.test("GET /openapi.json describes the public and the internal routes", async () => {
  await using world = await createEventWorld();
  const document = await (await get(world.service.app, "/openapi.json")).json();
  assert.equal(document.openapi, "3.1.0");
  const paths = Object.keys(document.paths);
  assert.ok(paths.includes("/api/v1/admin/events/{id}"));
  assert.ok(paths.includes("/internal/seats/hold"));
  assert.ok(document.components.securitySchemes.adminToken);
});
