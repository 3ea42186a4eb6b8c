import assert from "node:assert/strict";
import { createEmptyTestDatabase, createTestDatabase } from "../../testing/database.ts";
import { onServer } from "../database_urls.ts";
import { openPostgres } from "../pool.ts";
import { exactlyOne } from "../rows.ts";
import type { Pool } from "../sql.ts";
import { choosePlans } from "./choose_plans.ts";

/** URLs of the workers where the test server is the coordinator of a cluster. */
const WORKERS = (Deno.env.get("TEST_DATABASE_WORKERS") ?? "").split(",").filter((url) =>
  url !== ""
);
const FUNCTION = "work_on_event(uuid)";
const CALLS = 200;
/** A kept plan takes some 30,000 bytes. */
const MOST_BYTES_A_CALL = 2_000;

Deno.test("choosePlans() has statements planned anew where a worker would keep all plans", async () => {
  await using database = await createEmptyTestDatabase();
  await pretendCluster(database.sql, [[true, "DO"], [false, "ERROR: 40 statements kept 9 bytes"]]);

  const refusal = await choosePlans(database.sql, [FUNCTION]);

  assert.equal(refusal, "ERROR: 40 statements kept 9 bytes");
  assert.deepEqual(await settingsOf(database.sql), ["plan_cache_mode=force_custom_plan"]);
});

Deno.test("choosePlans() leaves plans to the server where no worker keeps them all", async () => {
  await using database = await createEmptyTestDatabase();
  await pretendCluster(database.sql, [[true, "DO"], [true, "DO"]]);
  await database.sql.unsafe(`ALTER FUNCTION ${FUNCTION} SET plan_cache_mode = force_custom_plan`);

  assert.equal(await choosePlans(database.sql, [FUNCTION]), undefined);

  assert.deepEqual(await settingsOf(database.sql), []);
});

Deno.test({
  name: "a function of an event that is called again and again keeps no memory of a worker",
  ignore: WORKERS.length === 0,
  sanitizeOps: true,
  sanitizeResources: true,
  fn: async () => {
    await using database = await createTestDatabase("events_db");
    const name = new URL(database.url).pathname.slice(1);
    let called = 0;
    for (const url of WORKERS) {
      const worker = openPostgres(onServer(url, name), { max: 1, name: "evently-test" });
      try {
        const eventId = await anEventHere(worker);
        await callOften(worker, eventId);
        const before = await usedBytes(worker);
        called += await callOften(worker, eventId);
        const bytes = (await usedBytes(worker) - before) / CALLS;
        assert.ok(bytes < MOST_BYTES_A_CALL, `each call kept ${bytes} bytes`);
      } finally {
        await worker.end();
      }
    }
    assert.equal(called, WORKERS.length * CALLS);
  },
});

/** Makes a function of an event, and workers that answer a command with these results. */
async function pretendCluster(sql: Pool, answers: readonly [boolean, string][]): Promise<void> {
  const rows = answers.map(([success, result]) => `(${success}, '${result}')`).join(", ");
  await sql.unsafe(`
    CREATE FUNCTION run_command_on_workers(command text) RETURNS TABLE (success boolean, result text)
    LANGUAGE sql AS $$ VALUES ${rows} $$;
    CREATE FUNCTION ${FUNCTION} RETURNS void LANGUAGE sql AS ''`);
}

async function settingsOf(sql: Pool): Promise<string[]> {
  return await exactlyOne(
    sql<{ settings: string[] }[]>`
      SELECT coalesce(proconfig, '{}') AS settings FROM pg_proc WHERE oid = ${FUNCTION}::regprocedure`,
    ({ settings }) => settings,
  );
}

/** An id of which a row would be on this server. */
async function anEventHere(worker: Pool): Promise<string> {
  return await exactlyOne(
    worker<{ id: string }[]>`
      SELECT e.id
        FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 10000)) AS e
        JOIN pg_dist_placement p ON p.shardid = get_shard_id_for_distribution_column('outbox', e.id)
        JOIN pg_dist_local_group g ON g.groupid = p.groupid
       LIMIT 1`,
    ({ id }) => id,
  );
}

async function callOften(worker: Pool, eventId: string): Promise<number> {
  return await exactlyOne(
    worker<{ count: number }[]>`
      SELECT count(*)
        FROM generate_series(1, ${CALLS}) AS n
       CROSS JOIN LATERAL lock_inventory(CASE WHEN n > 0 THEN ${eventId}::uuid END)`,
    ({ count }) => count,
  );
}

async function usedBytes(worker: Pool): Promise<number> {
  return await exactlyOne(
    worker<{ bytes: number }[]>`
      SELECT sum(used_bytes)::bigint AS bytes FROM pg_backend_memory_contexts`,
    ({ bytes }) => Number(bytes),
  );
}
