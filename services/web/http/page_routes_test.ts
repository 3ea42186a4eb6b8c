import assert from "node:assert/strict";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { createServiceApp } from "@evently/shared/http";
import { SILENT_LOGGER } from "@evently/shared/log";
import { renderPages } from "./page_routes.ts";

const BROWSER = { Accept: "text/html" };

/** An app with nothing but pages, whose renderer throws. */
function brokenApp() {
  const app = createServiceApp({ log: SILENT_LOGGER, corsOrigins: "any" });
  const deps = {
    clock: SYSTEM_CLOCK,
    environment: "production" as const,
    fetchApi: () => Promise.reject(new Error("no service")),
  };
  app.use(renderPages(deps, () => Promise.reject(new Error("a secret of the inside"))));
  return app;
}

Deno.test("a page that cannot be rendered is a page that says so, without the reason", async () => {
  const response = await brokenApp().request("/events", { headers: BROWSER });
  const page = await response.text();
  assert.equal(response.status, 500);
  assert.match(page, /<h1>This page did not work<\/h1>/);
  assert.ok(page.includes(response.headers.get("X-Request-ID")!), "it has the request's number");
  assert.doesNotMatch(page, /secret/);
  assert.match(response.headers.get("Content-Security-Policy")!, /^default-src 'none'/);
});

Deno.test("programs, and requests that change something, get no page", async () => {
  const app = brokenApp();
  assert.equal((await app.request("/events", { headers: { Accept: "*/*" } })).status, 404);
  assert.equal((await app.request("/events", { method: "POST", headers: BROWSER })).status, 404);
});
