import assert from "node:assert/strict";
import { Hono } from "hono";
import { RememberingRouter } from "./remembering_router.ts";

Deno.test("RememberingRouter answers the same at the second time, and mixes up neither methods nor parameters", async () => {
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
    ["GET", "/bookings/reserve", "booking reserve"],
    ["GET", "/bookings/1", "booking 1"],
    ["GET", "/bookings/2", "booking 2"],
    ["GET", "/bookings/user/1", "user 1"],
    ["GET", "/bookings/user/2", "user 2"],
    ["DELETE", "/bookings/reserve", "404 Not Found"],
  ];
  for (const [method, path, text] of [...requests, ...requests]) {
    const response = await app.request(path, { method });
    assert.equal(await response.text(), text, `${method} ${path}`);
    assert.equal(response.headers.get("X-Seen"), "once");
  }
});
