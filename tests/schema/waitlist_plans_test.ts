import assert from "node:assert/strict";
import { transaction } from "@evently/shared/postgres";
import { createTestDatabase } from "@evently/shared/testing";

/** Look-ups of the waitlist by the parameters `$1`, an id, `$2`, the event, or `$3`, ids; and the columns that each must search by. */
const LOOKUPS: Readonly<Record<string, { where: string; columns: readonly string[] }>> = {
  "the active entry of a user": {
    where:
      `user_id = $1 AND event_id = $2 AND status IN ('joining', 'waiting', 'offering', 'offered')`,
    columns: ["user_id", "event_id"],
  },
  "the latest entry of a user": {
    where: "user_id = $1 AND event_id = $2 ORDER BY place DESC LIMIT 1",
    columns: ["user_id", "event_id"],
  },
  "an entry by its id": {
    where: "entry_id = $1 AND event_id = $2",
    columns: ["entry_id", "event_id"],
  },
  "entries by their ids": {
    where: "entry_id = ANY ($3) AND event_id = $2",
    columns: ["entry_id", "event_id"],
  },
};

for (const [name, { where, columns }] of Object.entries(LOOKUPS)) {
  Deno.test(`the plan for ${name}, made while nobody waits, is good for thousands`, async () => {
    await using database = await createTestDatabase("bookings_db");
    const plan = await transaction(database.sql, async (tx) => {
      // A statement that is used often keeps such a plan until the table is analysed.
      await tx`SET LOCAL plan_cache_mode = force_generic_plan`;
      await tx.unsafe(
        `PREPARE look_up (uuid, uuid, uuid[]) AS SELECT * FROM waitlist_entries WHERE ${where}`,
      );
      const id = "'00000000-0000-0000-0000-000000000000'";
      const rows = await tx.unsafe<{ "QUERY PLAN": string }[]>(
        `EXPLAIN EXECUTE look_up (${id}, ${id}, '{}')`,
      );
      return rows.map((row) => row["QUERY PLAN"]).join("\n");
    });
    const condition = /Index Cond: (.*)/.exec(plan)?.[1] ?? "none";
    for (const column of columns) assert.match(condition, new RegExp(`\\b${column} =`), plan);
  });
}
