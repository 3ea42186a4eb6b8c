import assert from "node:assert/strict";
import { STATEMENT_DURATION, STATEMENTS_RUNNING } from "../metrics/mod.ts";
import { createEmptyTestDatabase } from "../testing/database.ts";
import { transaction } from "./mod.ts";

/** Statements of a pool that ended one way, and those that are under way. */
function countOf(pool: string, outcome: string): number {
  const found = [...STATEMENT_DURATION.samples()]
    .find(({ labels }) => labels.pool === pool && labels.outcome === outcome);
  return found?.value.count ?? 0;
}

function runningOf(pool: string): number | undefined {
  return [...STATEMENTS_RUNNING.samples()].find(({ labels }) => labels.pool === pool)?.value;
}

Deno.test("statements are measured by pool and outcome, those of transactions too", async () => {
  await using database = await createEmptyTestDatabase();
  const name = `measured-${crypto.randomUUID()}`;
  const pool = database.openPool({ max: 2, name });
  const waiting = pool`SELECT pg_sleep(0.01)`;
  const sent = waiting.then(() => {});
  await pool`SELECT 1`;
  await sent;
  await transaction(pool, async (tx) => {
    await tx`SELECT 2`;
  });
  assert.equal(countOf(name, "done"), 3);
  await assert.rejects(async () => await pool`SELECT 1 / 0`, /division by zero/);
  await assert.rejects(
    transaction(pool, async (tx) => void await tx`SELECT * FROM nowhere`),
    /does not exist/,
  );
  assert.deepEqual([countOf(name, "done"), countOf(name, "failed")], [3, 2]);
  assert.equal(runningOf(name), 0);
});

Deno.test("a statement that is not answered in time ends once", async () => {
  await using database = await createEmptyTestDatabase();
  const name = `late-${crypto.randomUUID()}`;
  const pool = database.openPool({ max: 1, name, statementTimeoutMs: 20 });
  await assert.rejects(async () => await pool`SELECT pg_sleep(60)`);
  assert.deepEqual([countOf(name, "failed"), runningOf(name)], [1, 0]);
});
