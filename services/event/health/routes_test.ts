import assert from "node:assert/strict";
import { createEventWorld } from "../testing/world.ts";

function get(
  app: { fetch(request: Request, hop: object): Response | Promise<Response> },
  path: string,
) {
  return app.fetch(new Request(`http://event.test${path}`), {});
}

Deno.test("health routes answer 200 while the service can serve", async () => {
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

Deno.test("readiness answers 503 without the database", async () => {
  await using world = await createEventWorld();
  await world.service.close();
  const ready = await get(world.service.app, "/health/ready");
  assert.equal(ready.status, 503);
  assert.equal((await ready.json()).error, "Database not ready");
});

Deno.test("the OpenAPI document has no internal routes", async () => {
  await using world = await createEventWorld();
  const document = await (await get(world.service.app, "/openapi.json")).json();
  assert.equal(document.openapi, "3.1.0");
  const paths = Object.keys(document.paths);
  assert.ok(paths.includes("/api/v1/admin/events/{id}"));
  assert.deepEqual(paths.filter((path) => path.includes("internal")), []);
  assert.ok(document.components.securitySchemes.adminToken);
});
