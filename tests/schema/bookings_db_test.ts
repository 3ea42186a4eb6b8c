import assert from "node:assert/strict";
import { createTestDatabase } from "@evently/shared/testing";
import { distributionBreaches } from "./distribution.ts";

const PLATFORM_TABLES = ["schema_migrations"];

Deno.test("bookings_db can be distributed by event", async () => {
  await using database = await createTestDatabase("bookings_db");
  assert.deepEqual(await distributionBreaches(database.sql, PLATFORM_TABLES), []);
});
