import assert from "node:assert/strict";
import { Hono } from "hono";
import { RememberingRouter } from "./remembering_router.ts";

Deno.test("RememberingRouter returns the same result for a repeated path", async () => {
  const app = new Hono({ router: new RememberingRouter() });
  app.use("/bookings/*", async (c, next) => {
    await next();
    c.res.headers.append("X-Seen", "once");
  });
  app.post("/bookings/reserve", (c) => c.text("reserve"));
  app.get("/bookings/:id", (c) => c.text(`booking ${c.req.param("id")}`));
  app.get("/bookings/user/:user", (c) => c.text(`user ${c.req.param("user")}`));
  const requests: [string, string, string][] = [
    ["POST", "/bookings/reserve", "reserve"],
    ["GET", "/bookings/1", "booking 1"],
    ["GET", "/bookings/2", "booking 2"],
    ["GET", "/bookings/user/1", "user 1"],
    ["GET", "/bookings/user/2", "user 2"],
  ];
  for (const [method, path, text] of [...requests, ...requests]) {
    const response = await app.request(path, { method });
    assert.equal(await response.text(), text, `${method} ${path}`);
    assert.equal(response.headers.get("X-Seen"), "once");
  }
});

function createMethodsApp() {
  const router = new RememberingRouter<never>();
  const app = new Hono({ router });
  const seen: string[] = [];
  app.use(async (c, next) => {
    seen.push(c.req.path);
    await next();
  });
  app.all("/bookings/*", (c) => c.text("no token", 401));
  app.post("/bookings/reserve", (c) => c.text("reserve"));
  app.get("/bookings/:id", (c) => c.text("booking"));
  app.delete("/bookings/:id", (c) => c.text("booking"));
  app.get("/bookings/user/:user", (c) => c.text("user"));
  app.post("/bookings/:id/expire", (c) => c.text("expire"));
  return { app, router, seen };
}

Deno.test("RememberingRouter runs only global middleware for a method without a route", async () => {
  const { app, seen } = createMethodsApp();
  const cases = [
    ["GET", "/bookings/reserve", 404],
    ["DELETE", "/bookings/reserve", 404],
    ["POST", "/bookings/1", 404],
    ["POST", "/bookings/user/expire", 404],
    ["GET", "/bookings/1/expire", 404],
    ["UNHEARD", "/bookings/1", 404],
    ["GET", "/bookings/1", 401],
    ["HEAD", "/bookings/1", 401],
    ["POST", "/bookings/reserve", 401],
    ["POST", "/bookings/1/expire", 401],
    ["GET", "/bookings/unheard/of", 401],
  ] as const;
  for (const [method, path, status] of [...cases, ...cases]) {
    const response = await app.request(path, { method });
    assert.equal(response.status, status, `${method} ${path}`);
    assert.equal(seen.pop(), path);
  }
});

Deno.test("methodsAt() lists the methods of the most specific pattern, HEAD and OPTIONS", () => {
  const { router } = createMethodsApp();
  assert.deepEqual(router.methodsAt("/bookings/reserve"), ["OPTIONS", "POST"]);
  assert.deepEqual(router.methodsAt("/bookings/1"), ["DELETE", "GET", "HEAD", "OPTIONS"]);
  assert.deepEqual(router.methodsAt("/bookings/user/expire"), ["GET", "HEAD", "OPTIONS"]);
  assert.deepEqual(router.methodsAt("/bookings"), []);
  assert.deepEqual(router.methodsAt("/bookings/a/b/c"), []);
});
