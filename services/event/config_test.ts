import assert from "node:assert/strict";
import { loadConfig } from "@evently/shared/config";
import { eventSection } from "./config.ts";

const DATABASE = { EVENT_SERVICE_DB_URL: "postgres://localhost/events_db" };

function load(env: Record<string, string>) {
  return loadConfig({ ...DATABASE, ...env }, { event: eventSection }).event;
}

Deno.test("admin registration is open in development and closed in production, unless it is said", () => {
  assert.equal(load({ ENVIRONMENT: "development" }).admin_registration, "open");
  const closed = { ENVIRONMENT: "development", ADMIN_REGISTRATION: "closed" };
  assert.equal(load(closed).admin_registration, "closed");
  assert.equal(load({ ENVIRONMENT: "production" }).admin_registration, "closed");
  assert.equal(load({}).admin_registration, "closed");
});

Deno.test("production refuses open admin registration, and names the variable", () => {
  assert.throws(
    () => load({ ENVIRONMENT: "production", ADMIN_REGISTRATION: "open" }),
    /ADMIN_REGISTRATION must not be open in production/,
  );
});

Deno.test("a missing database and an unknown word are named together", () => {
  const env = { ENVIRONMENT: "development", EVENT_SERVICE_DB_URL: "", ADMIN_REGISTRATION: "ajar" };
  assert.throws(
    () => load(env),
    /EVENT_SERVICE_DB_URL[\s\S]*ADMIN_REGISTRATION|ADMIN_REGISTRATION[\s\S]*EVENT_SERVICE_DB_URL/,
  );
});
