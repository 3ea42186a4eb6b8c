import assert from "node:assert/strict";
import type { Sql } from "@evently/shared/postgres";

/** A CHECK, and a primary or unique key. */
const VIOLATIONS = ["23514", "23505"];

/**
 * Asserts that constraints refuse each change, and that each of the constraints has a change that it refuses.
 *
 * @param changes `SET …` by table
 */
export async function assertRefused(
  t: Deno.TestContext,
  sql: Sql,
  { changes, constraints }: {
    changes: Readonly<Record<string, readonly string[]>>;
    constraints: readonly string[];
  },
): Promise<void> {
  const seen = new Set<string>();
  for (const [table, ofTable] of Object.entries(changes)) {
    await t.step(table, async () => {
      for (const change of ofTable) {
        const error = await sql.unsafe(`UPDATE ${table} ${change}`).then(() => undefined, (e) => e);
        assert.ok(VIOLATIONS.includes(error?.code), `${table} ${change}: ${error}`);
        seen.add(error.constraint_name);
      }
    });
  }
  assert.deepEqual(constraints.filter((name) => !seen.has(name)), [], "constraints without a case");
}
