import { SYSTEM_CLOCK } from "@evently/shared/clock";
import assert from "node:assert/strict";
import { createServiceApp } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import { createLogger } from "@evently/shared/log";
import { coverPath } from "../app/parts/cover_path.ts";
import { webRoutes } from "../mod.ts";

Deno.test("GET /covers/{kind}/{id}.svg answers a picture that is kept for a year", async () => {
  const app = createApp();
  const id = newId();
  const response = await app.request(`/covers/concert/${id}.svg`);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get("Content-Type"), "image/svg+xml");
  assert.equal(response.headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  assert.match(response.headers.get("Content-Security-Policy")!, /default-src 'none'/);
  const svg = await response.text();
  assert.match(svg, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  const again = await app.request(`/covers/concert/${id.toUpperCase()}.svg`);
  assert.equal(await again.text(), svg);
});

Deno.test("GET /covers/{kind}/{id}.svg knows the address that pages have, whatever the kind", async () => {
  for (const kind of ["Sports", "a/b?c#d", "x".repeat(100), "<b>"]) {
    const response = await createApp().request(coverPath(kind, newId()));
    assert.equal(response.status, 200, kind);
    await response.body?.cancel();
  }
});

Deno.test("GET /covers/{kind}/{id}.svg has nothing for other ids and long kinds", async () => {
  const id = newId();
  for (
    const path of [
      `/covers/concert/${id}`,
      `/covers/concert/${id}.png`,
      `/covers/concert/${id}x.svg`,
      "/covers/concert/1.svg",
      "/covers/concert/%3Cscript%3E.svg",
      `/covers/${"k".repeat(41)}/${id}.svg`,
    ]
  ) {
    const response = await createApp().request(path);
    assert.equal(response.status, 404, path);
    assert.notEqual(response.headers.get("Content-Type"), "image/svg+xml");
    await response.body?.cancel();
  }
});

function createApp() {
  const app = createServiceApp({ log: createLogger({ level: "silent" }), corsOrigins: "any" });
  const fetchApi = () => Promise.reject(new Error("covers ask nobody"));
  app.route("/", webRoutes({ clock: SYSTEM_CLOCK, environment: "production", fetchApi }));
  return app;
}
