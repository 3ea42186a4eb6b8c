import assert from "node:assert/strict";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { databaseUrl, ensureDatabase, onServer, provideDatabase } from "./database_urls.ts";
import { openPostgres } from "./mod.ts";

Deno.test("databaseUrl() prefers the database's own variable to DATABASE_URL", () => {
  const env = {
    DATABASE_URL: "postgres://u:p@h:5432/main?sslmode=require",
    EVENT_SERVICE_DB_URL: "postgres://u@elsewhere/tickets",
  };
  assert.equal(databaseUrl(env, "events_db"), "postgres://u@elsewhere/tickets");
  assert.equal(databaseUrl(env, "users_db"), "postgres://u:p@h:5432/users_db?sslmode=require");
  assert.equal(databaseUrl({}, "users_db"), undefined);
});

Deno.test("provideDatabase() names the variables that are missing", async () => {
  await assert.rejects(
    provideDatabase({}, "bookings_db"),
    /BOOKING_SERVICE_DB_URL or DATABASE_URL must be set/,
  );
});

Deno.test("ensureDatabase() creates a database once for concurrent callers", async () => {
  await using server = await createEmptyTestDatabase();
  const name = databaseName();
  await Promise.all([1, 2, 3].map(() => ensureDatabase(server.url, name)));

  const made = openPostgres(onServer(server.url, name), { max: 1, name: "test" });
  assert.equal((await made`SELECT 1`).length, 1);
  await made.end();
  await server.sql`DROP DATABASE ${server.sql(name)} WITH (FORCE)`;
});

Deno.test("ensureDatabase() explains what to do without the right to create databases", async () => {
  await using server = await createEmptyTestDatabase();
  const guest = databaseName();
  await server.sql`CREATE ROLE ${server.sql(guest)} LOGIN PASSWORD 'guest'`;
  const url = new URL(server.url);
  url.username = guest;
  url.password = "guest";
  await assert.rejects(
    ensureDatabase(url.href, databaseName()),
    /may not create databases: create users_db, events_db, bookings_db there, or set USER_SERVICE_DB_URL/,
  );
  await server.sql`DROP ROLE ${server.sql(guest)}`;
});

function databaseName(): string {
  return `evently_test_${crypto.randomUUID().slice(0, 8)}`;
}
