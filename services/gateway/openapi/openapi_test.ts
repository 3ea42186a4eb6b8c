import assert from "node:assert/strict";
import { echoService, gatewayBeforeEchoes } from "../testing/world.ts";

Deno.test("the document has the public routes of all services under the gateway's paths, components apart", async () => {
  const document = await (await gatewayBeforeEchoes().request("/openapi.json")).json();
  assert.deepEqual(Object.keys(document.paths).sort(), [
    "/api/booking/echo/{id}",
    "/api/event/echo/{id}",
    "/api/search/echo/{id}",
    "/api/user/echo/{id}",
  ]);
  const operation = document.paths["/api/user/echo/{id}"].get;
  assert.equal(operation.operationId, "userEcho");
  const { $ref } = operation.responses[200].content["application/json"].schema;
  assert.equal($ref, "#/components/schemas/UserThing");
  assert.equal(document.components.schemas.UserThing.title, "user's thing");
  assert.deepEqual(Object.keys(document.components.securitySchemes), ["userToken"]);
});

Deno.test("a service that is gone is left out by name, and is in again once it is back", async () => {
  const port = unusedPort();
  const { request, clock } = gatewayBeforeEchoes({ urls: { search: `http://127.0.0.1:${port}` } });
  const document = await (await request("/openapi.json")).json();
  assert.deepEqual(document["x-missing-services"], ["search"]);
  assert.match(document.info.description, /search/);
  assert.equal(document.paths["/api/search/echo/{id}"], undefined);
  assert.ok(document.paths["/api/user/echo/{id}"]);

  await using _service = Deno.serve(
    { hostname: "127.0.0.1", port, onListen() {} },
    (request) => echoService("search").fetch(request, {}),
  );
  clock.advance(60_000);
  const whole = await (await request("/openapi.json")).json();
  assert.equal(whole["x-missing-services"], undefined);
  assert.ok(whole.paths["/api/search/echo/{id}"]);
});

function unusedPort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}
