import { SYSTEM_CLOCK } from "@evently/shared/clock";
import assert from "node:assert/strict";
import { Unavailable } from "@evently/shared/errors";
import { createServiceApp } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import { createLogger } from "@evently/shared/log";
import { coverPath } from "../app/parts/cover_path.ts";
import type { WebDeps } from "./deps.ts";
import { previewRoutes } from "./preview_routes.ts";
import { createPreviews } from "./previews.ts";

Deno.test("GET /og/{id}.png answers the cover of an event as a picture", async () => {
  const id = newId();
  const asked: string[] = [];
  const response = await createApp((request) => {
    asked.push(new URL(request.url).pathname);
    return Promise.resolve(Response.json({ event_id: id, event_type: "comedy" }));
  }).request(`/og/${id}.png`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("Content-Type"), "image/png");
  assert.match(response.headers.get("Cache-Control")!, /public, max-age=/);
  assert((await response.bytes()).length > 10_000);
  assert.deepEqual(asked, [`/api/event/events/${id}`]);
});

Deno.test("GET /og/{id}.png leads to the cover where no pictures can be made", async () => {
  const id = newId();
  const response = await createApp(
    () => Promise.resolve(Response.json({ event_id: id, event_type: "comedy" })),
    createPreviews(() => Promise.reject(new Error("no --allow-ffi"))),
  ).request(`/og/${id}.png`);
  assert.equal(response.status, 302);
  assert.equal(response.headers.get("Location"), coverPath("comedy", id));
});

Deno.test("GET /og/{id}.png is 404 for an unknown event, and for what is no id", async () => {
  const unknown = await createApp(() => Promise.resolve(new Response(null, { status: 404 })))
    .request(`/og/${newId()}.png`);
  assert.equal(unknown.status, 404);
  assert.equal((await unknown.json()).code, "EVENT_NOT_FOUND");
  for (const path of ["/og/1.png", `/og/${newId()}.jpg`, "/og/..%2Fx.png"]) {
    const response = await createApp(() => Promise.reject(new Error("asks nobody"))).request(path);
    assert.equal(response.status, 404, path);
    await response.body?.cancel();
  }
});

Deno.test("GET /og/{id}.png is 503 while the event service has no answer", async () => {
  for (
    const fetchApi of [
      () => Promise.resolve(new Response(null, { status: 500 })),
      () => Promise.reject(new Unavailable("the event service is away")),
    ]
  ) {
    const response = await createApp(fetchApi).request(`/og/${newId()}.png`);
    assert.equal(response.status, 503);
    assert(response.headers.has("Retry-After"));
    await response.body?.cancel();
  }
});

function createApp(fetchApi: WebDeps["fetchApi"], previews = createPreviews()) {
  const app = createServiceApp(
    { log: createLogger({ level: "silent" }), corsOrigins: "any" },
    "test",
  );
  app.route(
    "/",
    previewRoutes({ clock: SYSTEM_CLOCK, environment: "production", fetchApi }, previews),
  );
  return app;
}
