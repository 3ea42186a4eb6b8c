import assert from "node:assert/strict";
import { exactlyOne, openPostgres } from "@evently/shared/postgres";
import { createEmptyTestDatabase, createTestDatabase } from "./database.ts";

Deno.test("createTestDatabase() creates isolated, migrated databases", async () => {
  await using first = await createTestDatabase("events_db");
  await using second = await createTestDatabase("events_db");
  await first.sql`CREATE TABLE marks (id integer)`;

  for (const { sql } of [first, second]) {
    const migrations = await exactlyOne(
      sql<{ count: number }[]>`SELECT count(*) FROM schema_migrations`,
      ({ count }) => count,
    );
    assert.ok(migrations > 0, "migrations must be applied");
  }
  const [mark] = await second.sql`SELECT to_regclass('marks') AS found`;
  assert.equal(mark?.["found"], null);
});

Deno.test("createEmptyTestDatabase() drops the database despite other open connections", async () => {
  let url: string;
  let other;
  {
    await using database = await createEmptyTestDatabase();
    url = database.url;
    other = openPostgres(url, { max: 1, name: "other" });
    await other`SELECT 1`;
  }
  await other.end();
  const late = openPostgres(url, { max: 1, name: "late" });
  await assert.rejects(async () => await late`SELECT 1`, { code: "3D000" });
  await late.end();
});

Deno.test("createTestDatabase() creates many databases concurrently", async () => {
  const databases = await Promise.all(
    Array.from({ length: 8 }, () => createTestDatabase("users_db")),
  );
  assert.equal(new Set(databases.map(({ url }) => url)).size, 8);
  await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
});
