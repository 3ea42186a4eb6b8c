import assert from "node:assert/strict";
import { createTestDatabase } from "@evently/shared/testing";
import { distributionBreaches } from "./distribution.ts";

/** Rows of `change_lanes` and `webhook_feed` count the changes of many events. */
const PLATFORM_TABLES = [
  "account_links",
  "admins",
  "change_lanes",
  "memberships",
  "organisation_changes",
  "organisation_invitations",
  "organisations",
  "refresh_tokens",
  "venues",
  "schema_migrations",
  "webhooks",
  "webhook_feed",
];

Deno.test("events_db can be distributed by event", async () => {
  await using database = await createTestDatabase("events_db");
  assert.deepEqual(await distributionBreaches(database.sql, PLATFORM_TABLES), []);
});
