import assert from "node:assert/strict";
import { requireOwnDatabases } from "./own_databases.ts";

const LINKED = { PGDATABASE: "evently--try", DATABASE_URL: "postgres://u@h/evently--try" };
const OWN = {
  USER_SERVICE_DB_URL: "postgres://u@h/a",
  EVENT_SERVICE_DB_URL: "postgres://u@h/b",
  BOOKING_SERVICE_DB_URL: "postgres://u@h/c",
};

Deno.test("requireOwnDatabases() refuses a timeline that would share production's databases", () => {
  for (const timeline of ["git-branch/try", "preview/abc"]) {
    assert.throws(
      () => requireOwnDatabases({ ...LINKED, DENO_TIMELINE: timeline }),
      /as (git-branch\/try|preview\/abc): .*Set USER_SERVICE_DB_URL, EVENT_SERVICE_DB_URL, BOOKING_/,
    );
    requireOwnDatabases({ ...LINKED, ...OWN, DENO_TIMELINE: timeline });
    requireOwnDatabases({ DATABASE_URL: "postgres://u@elsewhere/d", DENO_TIMELINE: timeline });
  }
  requireOwnDatabases({ ...LINKED, DENO_TIMELINE: "production" });
  requireOwnDatabases(LINKED);
});
