import assert from "node:assert/strict";
import { withSmallPools } from "./small_pools.ts";

Deno.test("withSmallPools() limits only database URLs that have no limit", () => {
  assert.deepEqual(
    withSmallPools({
      DATABASE_URL: "postgres://u:p@h/d?sslmode=verify-full",
      EVENT_SERVICE_DB_URL: "postgres://u@h/e?connection_limit=9",
      BOOKING_SERVICE_DB_URL: "postgres://u@ep-a-pooler.eu.aws.neon.tech/b",
      USER_SERVICE_DB_URL: "no URL",
      REDIS_URL: "redis://h",
    }),
    {
      DATABASE_URL: "postgres://u:p@h/d?sslmode=verify-full&connection_limit=2",
      EVENT_SERVICE_DB_URL: "postgres://u@h/e?connection_limit=9",
      BOOKING_SERVICE_DB_URL: "postgres://u@ep-a-pooler.eu.aws.neon.tech/b?connection_limit=4",
      USER_SERVICE_DB_URL: "no URL",
      REDIS_URL: "redis://h",
    },
  );
});
