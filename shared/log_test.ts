import assert from "node:assert/strict";
import { createLogger, type Logger } from "./log.ts";
import { createEmptyTestDatabase } from "./testing/database.ts";

/** What `write` leaves in the log. */
function logged(write: (log: Logger) => void): string {
  let text = "";
  write(createLogger({ level: "debug", write: (lines) => text += lines }));
  return text;
}

Deno.test("an entry is one line without control characters and parses back", () => {
  const text = "a\u001b[2J\u009b31m\u007f\u202eb\u2028c\nd";
  const line = logged((log) => log.warn("m", { text }));
  // deno-lint-ignore no-control-regex -- characters that must not occur
  assert.doesNotMatch(line.slice(0, -1), /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/);
  assert.equal(JSON.parse(line).text, text);
});

Deno.test("an error keeps its name, text, code, stack and causes", () => {
  const cause = Object.assign(new TypeError("why"), { code: "E1" });
  const { error } = JSON.parse(
    logged((log) => log.error("m", { error: new Error("what", { cause }) })),
  );
  assert.equal(error.message, "what");
  assert.match(error.stack, /log_test/);
  assert.deepEqual([error.cause.name, error.cause.message, error.cause.code], [
    "TypeError",
    "why",
    "E1",
  ]);
});

Deno.test("values that PostgreSQL quotes in an error stay out of the log", async () => {
  await using database = await createEmptyTestDatabase();
  await database.sql`CREATE TABLE accounts (email text UNIQUE)`;
  await database.sql`INSERT INTO accounts VALUES ('s3cret')`;
  const failing = [
    database.sql`SELECT ${"s3cret"}::text::uuid`,
    database.sql`SELECT ${"s3cret"}::text::int`,
    database.sql`SELECT ${'{"s3cret":'}::text::json`,
    database.sql`INSERT INTO accounts VALUES (${"s3cret"})`,
  ];
  for (const outcome of await Promise.allSettled(failing)) {
    assert.equal(outcome.status, "rejected");
    const line = logged((log) => log.error("m", { error: outcome.reason }));
    assert.doesNotMatch(line, /s3cret/);
    assert.match(line, /PostgresError/);
  }
});
