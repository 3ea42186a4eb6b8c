import assert from "node:assert/strict";
import { withSmallPools } from "./small_pools.ts";

Deno.test("every database URL without a limit gets one, and nothing else is touched", () => {
  assert.deepEqual(
    withSmallPools({
      DATABASE_URL: "postgres://u:p@h/d?sslmode=verify-full",
      EVENT_SERVICE_DB_URL: "postgres://u@h/e?connection_limit=9",
      USER_SERVICE_DB_URL: "no URL",
      REDIS_URL: "redis://h",
    }),
    {
      DATABASE_URL: "postgres://u:p@h/d?sslmode=verify-full&connection_limit=2",
      EVENT_SERVICE_DB_URL: "postgres://u@h/e?connection_limit=9",
      USER_SERVICE_DB_URL: "no URL",
      REDIS_URL: "redis://h",
    },
  );
});
