import assert from "node:assert/strict";
import { loadConfig } from "@evently/shared/config";
import { eventSection } from "./config.ts";

const DATABASE = { EVENT_SERVICE_DB_URL: "postgres://localhost/events_db" };

function load(env: Record<string, string>) {
  return loadConfig({ ...DATABASE, ...env }, { event: eventSection }).event;
}

Deno.test("eventSection() opens registration in development and closes it in production", () => {
  assert.equal(load({ ENVIRONMENT: "development" }).adminRegistration, "open");
  const closed = { ENVIRONMENT: "development", ADMIN_REGISTRATION: "closed" };
  assert.equal(load(closed).adminRegistration, "closed");
  assert.equal(load({ ENVIRONMENT: "production" }).adminRegistration, "closed");
  assert.equal(load({}).adminRegistration, "closed");
});

Deno.test("eventSection() refuses open registration in production", () => {
  assert.throws(
    () => load({ ENVIRONMENT: "production", ADMIN_REGISTRATION: "open" }),
    /ADMIN_REGISTRATION must not be open in production/,
  );
});

Deno.test("eventSection() reports all mistakes together", () => {
  const env = { ENVIRONMENT: "development", EVENT_SERVICE_DB_URL: "", ADMIN_REGISTRATION: "ajar" };
  assert.throws(
    () => load(env),
    /EVENT_SERVICE_DB_URL[\s\S]*ADMIN_REGISTRATION|ADMIN_REGISTRATION[\s\S]*EVENT_SERVICE_DB_URL/,
  );
});

Deno.test("eventSection() sweeps seats after 30 s by default and refuses a shorter minimum", () => {
  assert.deepEqual(load({}).seatSweep, { graceMs: 30_000, intervalMs: 5_000 });
  const quick = { EVENT_SEAT_GRACE: "2s", EVENT_CLEANUP_INTERVAL: "500ms" };
  assert.deepEqual(load(quick).seatSweep, { graceMs: 2_000, intervalMs: 500 });
  assert.throws(() => load({ EVENT_SEAT_GRACE: "0" }), /EVENT_SEAT_GRACE must be between 1000ms/);
});
