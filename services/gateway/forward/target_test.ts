import assert from "node:assert/strict";
import { rawPathOf, targetOf } from "./target.ts";

Deno.test("a path under a service's name leads to that service's API", () => {
  assert.deepEqual(targetOf("/api/search/search"), { service: "search", path: "/api/v1/search" });
  assert.deepEqual(targetOf("/api/user/auth/login"), {
    service: "user",
    path: "/api/v1/auth/login",
  });
  assert.deepEqual(targetOf("/api/event/events/caf%C3%A9"), {
    service: "event",
    path: "/api/v1/events/caf%C3%A9",
  });
});

Deno.test("the short forms of old documentation lead to the booking service", () => {
  assert.equal(targetOf("/api/booking/reserve")?.path, "/api/v1/bookings/reserve");
  assert.equal(targetOf("/api/booking/confirm")?.path, "/api/v1/bookings/confirm");
  assert.equal(targetOf("/api/user/reserve")?.path, "/api/v1/reserve");
});

Deno.test("no path leads to internal routes, however it is written", () => {
  for (
    const path of [
      "/internal/seats",
      "/api/booking/internal/bookings",
      "/api/booking/INTERNAL",
      "/api/booking/%69nternal/bookings",
      "/api/booking/../internal/bookings",
      "/api/booking/../../internal/bookings",
      "/api/booking/%2e%2E/internal/bookings",
      "/api/booking/.%2e/internal",
      "/api/booking/bookings/..",
      "/api/booking/./internal",
      "/api/booking//internal",
      "/api/booking/bookings//x",
      "/api/booking/..\\internal",
      "/api/booking/..%5cinternal",
      "/api/booking/..%2finternal",
      "/api/booking/x%00",
    ]
  ) assert.equal(targetOf(path), undefined, path);
});

Deno.test("what names no service and no route of it leads nowhere", () => {
  for (
    const path of ["/", "/api", "/api/", "/api/user", "/api/user/", "/api/admin/x", "/x/api/user/y"]
  ) {
    assert.equal(targetOf(path), undefined, path);
  }
});

Deno.test("a path is taken from its URL as it was sent", () => {
  assert.equal(rawPathOf("http://a:8000/api/../x?y=/z"), "/api/../x");
  assert.equal(rawPathOf("http://a"), "/");
  assert.equal(rawPathOf("http://a/b#c?d"), "/b");
});
