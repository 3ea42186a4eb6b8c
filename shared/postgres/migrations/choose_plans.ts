import { many } from "../rows.ts";
import type { Pool } from "../sql.ts";
import { transaction } from "../transaction.ts";

/**
 * Run on each server of events: fails if a statement that is repeated keeps a plan each time. Some releases of Citus do,
 * 13.2.1 and 13.2.2 among them: https://github.com/citusdata/citus/pull/8824. Statements are planned for all events from their
 * sixth execution on at the latest.
 */
const KEEPS_NO_PLANS = `
  DO $$
  DECLARE
    of_here uuid;
    used_before bigint;
    used bigint;
  BEGIN
    SELECT e.id INTO of_here
      FROM (SELECT gen_random_uuid() AS id FROM generate_series(1, 10000)) AS e
      JOIN pg_dist_placement p ON p.shardid = get_shard_id_for_distribution_column('outbox', e.id)
      JOIN pg_dist_local_group g ON g.groupid = p.groupid
     LIMIT 1;
    IF of_here IS NULL THEN RETURN; END IF; -- no event is here
    FOR execution IN 1 .. 60 LOOP
      PERFORM o.event_id FROM outbox o WHERE o.event_id = of_here;
      IF execution = 20 THEN
        SELECT sum(used_bytes) INTO used_before FROM pg_backend_memory_contexts;
      END IF;
    END LOOP;
    SELECT sum(used_bytes) INTO used FROM pg_backend_memory_contexts;
    IF used - used_before > 40 * 4096 THEN
      RAISE EXCEPTION '40 statements kept % bytes', used - used_before;
    END IF;
  END $$`;

/**
 * Chooses how the functions of one event plan their statements on the workers: once for all events where the servers keep that
 * plan; anew each time where they would fill their memory with such plans, or it cannot be told.
 *
 * @param functions signatures of the functions that are called where an event is
 * @returns what a worker said where statements are planned each time
 */
export async function choosePlans(
  pool: Pool,
  functions: readonly string[],
): Promise<string | undefined> {
  if (functions.length === 0) return undefined;
  const refusals = await many(
    pool<{ result: string }[]>`
      SELECT result FROM run_command_on_workers(${KEEPS_NO_PLANS}) WHERE NOT success`,
    ({ result }) => result,
  );
  const setting = refusals.length > 0
    ? "SET plan_cache_mode = force_custom_plan"
    : "RESET plan_cache_mode";
  await transaction(pool, async (tx) => {
    for (const signature of functions) await tx.unsafe(`ALTER FUNCTION ${signature} ${setting}`);
  });
  return refusals[0];
}
