import assert from "node:assert/strict";
import fc from "fast-check";
import { deriveId, newId } from "@evently/shared/ids";
import type { Pool } from "@evently/shared/postgres";
import type { Replay } from "../../models/replay.ts";
import { BookingTables } from "../../simulation/model/tables.ts";
import type { Stores } from "./fixtures.ts";
import { anyHistory, apply, eventsOf, historyOn } from "./histories.ts";
import { rowsOfModel, rowsOfPostgres } from "./rows.ts";
import { modelStores, postgresStores } from "./stores.ts";

const NAMESPACE = "00000000-0000-4000-8000-000000000000";

/**
 * Runs random histories on PostgreSQL and on the model in lockstep: every answer, and at the end every row, must be equal.
 *
 * @param adapt changes the model's stores, to plant a defect
 */
export async function check(
  sql: Pool,
  { seed, path }: Replay,
  { runs, adapt = (stores) => stores }: { runs: number; adapt?: (stores: Stores) => Stores },
) {
  let runsDone = 0;
  const property = fc.asyncProperty(anyHistory(), async (operations) => {
    const run = deriveId(NAMESPACE, String(seed), String(runsDone++));
    const tables = new BookingTables(newId);
    const real = historyOn(postgresStores(sql), run);
    const modelled = historyOn(adapt(modelStores(tables)), run);
    try {
      for (const [i, operation] of operations.entries()) {
        const answer = await apply(real, operation);
        const expected = await apply(modelled, operation);
        assert.deepEqual(answer, expected, `operation ${i}: ${operation.name}`);
      }
      assert.deepEqual(await rowsOfPostgres(sql, eventsOf(run)), rowsOfModel(tables));
    } finally {
      await clear(sql);
    }
  });
  return await fc.check(property, { seed, numRuns: runs, ...(path ? { path } : {}) });
}

/** Deletes all rows: of few, faster than truncating. */
async function clear(sql: Pool): Promise<void> {
  await sql`
    WITH tickets AS (DELETE FROM tickets), payments AS (DELETE FROM payments), outbox AS (DELETE FROM outbox),
         queues AS (DELETE FROM waitlist_queues), entries AS (DELETE FROM waitlist_entries),
         passes AS (DELETE FROM waitlist_passes), claims AS (DELETE FROM waitlist_claims)
    DELETE FROM bookings`;
}
