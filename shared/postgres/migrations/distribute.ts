import { exactlyOne, many } from "../rows.ts";
import type { Pool, Tx } from "../sql.ts";
import { transaction } from "../transaction.ts";
import { choosePlans } from "./choose_plans.ts";
import type { Placements } from "./placements.ts";

/** What a distribution did. */
export interface Distributed {
  /** Tables that this call placed. */
  tables: string[];
  /** Functions that this call made callable where an event is. */
  functions: string[];
  /** What a worker said where each statement of them is planned anew; undefined where plans are kept. */
  plannedAnew: string | undefined;
}

/** Thrown where a database cannot be distributed; the text says why. */
export class DistributionError extends Error {
  override readonly name = "DistributionError";

  constructor(reason: string) {
    super(`Cannot distribute as ${reason}`);
  }
}

/** The extension that this platform was tried with. */
const EXTENSION = "citus";
/**
 * Every event is in one of so many parts, which servers can exchange; more servers need more. Workers of the platform, which
 * look for due work everywhere, ask each part.
 */
const SHARDS = 8;
/** The first parameter of the functions that work on one event. */
const EVENT_PARAMETER = "p_event_id";
/** Advisory lock of concurrent distributions; no other lock in these databases uses this number. */
const DISTRIBUTION_LOCK = 7_238_116;

/**
 * Spreads the tables of a migrated database over the workers of a Citus cluster: tables of a sale by event, those that they
 * are joined with on every server. Functions of one event run where it is. Idempotent, and to be repeated after migrations
 * that add tables or functions, or an upgrade of the servers. One transaction: it is distributed entirely or not at all; how
 * functions plan their statements is set by another one.
 *
 * @throws {DistributionError} the extension or workers are missing, or a table has no place
 */
export async function distribute(
  pool: Pool,
  placements: Placements,
  { shards = SHARDS }: { shards?: number } = {},
): Promise<Distributed> {
  await requireCluster(pool);
  const { tables, functions } = await transaction(pool, async (tx) => {
    await tx`SET LOCAL statement_timeout = 0`;
    // Else the server would place parts by several connections, which foreign keys to copied tables do not allow.
    await tx`SET LOCAL citus.multi_shard_modify_mode TO 'sequential'`;
    await tx.unsafe(`SET LOCAL citus.shard_count TO ${shards}`);
    await tx`SELECT pg_advisory_xact_lock(${DISTRIBUTION_LOCK})`;
    const tables = await placeTables(tx, placements);
    const functions = await placeFunctions(tx);
    return { tables, functions };
  });
  const ofEvent = functions.filter((one) => one.ofEvent).map(({ signature }) => signature);
  const plannedAnew = await choosePlans(pool, ofEvent);
  return { tables, functions: functions.map(({ name }) => name), plannedAnew };
}

async function requireCluster(pool: Pool): Promise<void> {
  const { offered, installed } = await exactlyOne(
    pool<{ offered: boolean; installed: boolean }[]>`
      SELECT EXISTS (SELECT FROM pg_available_extensions WHERE name = ${EXTENSION}) AS offered,
             EXISTS (SELECT FROM pg_extension WHERE extname = ${EXTENSION}) AS installed`,
    (row) => row,
  );
  if (!offered) throw new DistributionError(`the server does not have the extension ${EXTENSION}`);
  if (!installed) {
    throw new DistributionError(
      `the database lacks the extension ${EXTENSION}: CREATE EXTENSION ${EXTENSION} here and in the databases of the ` +
        `same name on the workers, and name these with citus_add_node()`,
    );
  }
  const workers = await exactlyOne(
    pool<{ count: number }[]>`SELECT count(*) FROM citus_get_active_worker_nodes()`,
    ({ count }) => count,
  );
  if (workers === 0) {
    throw new DistributionError("the database has no workers: add them with citus_add_node()");
  }
}

interface Table {
  name: string;
  hasEvent: boolean;
  isPlaced: boolean;
}

/** Places the tables that have no place yet; foreign keys are off meanwhile, as no order of the tables suits them all. */
async function placeTables(tx: Tx, placements: Placements): Promise<string[]> {
  const { by_lane, on_every_server, on_first_server } = placements;
  const all = await many(
    tx<Table[]>`
      SELECT c.relname AS name,
             EXISTS (SELECT FROM pg_dist_partition p WHERE p.logicalrelid = c.oid) AS "isPlaced",
             EXISTS (SELECT FROM pg_attribute a
                      WHERE a.attrelid = c.oid AND a.attname = 'event_id' AND a.attnotnull AND NOT a.attisdropped)
               AS "hasEvent"
        FROM pg_class c
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
       ORDER BY c.relname`,
    (row) => row,
  );
  const listed = new Set([...by_lane, ...on_every_server, ...on_first_server]);
  const byEvent = all.filter(({ name }) => !listed.has(name));
  const homeless = byEvent.find(({ hasEvent }) => !hasEvent);
  if (homeless) {
    throw new DistributionError(
      `table ${homeless.name} has no event_id and is not in placements.json beside the migrations`,
    );
  }
  const isMissing = (name: string) => all.some((table) => table.name === name && !table.isPlaced);
  const lanes = by_lane.filter(isMissing);
  const copies = on_every_server.filter(isMissing);
  const events = byEvent.map(({ name }) => name).filter(isMissing);
  if (lanes.length + copies.length + events.length === 0) return [];
  const first = new Set(on_first_server);
  const keys = await takeForeignKeysOff(tx, first);
  for (const name of copies) await tx`SELECT create_reference_table(${name})`;
  await placeBy(tx, "lane", lanes);
  await placeBy(tx, "event_id", events);
  for (const { table, name, definition } of keys) {
    await tx.unsafe(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${definition}`);
  }
  return [...copies, ...lanes, ...events];
}

/** Places tables by a column, together with those that are placed by it already. */
async function placeBy(
  tx: Tx,
  column: "event_id" | "lane",
  tables: readonly string[],
): Promise<void> {
  let partner = await placedBy(tx, column);
  for (const table of tables) {
    await tx`
      SELECT create_distributed_table(${table}, ${column}, colocate_with => ${partner ?? "none"})`;
    partner ??= table;
  }
}

/** A table that is placed by this column. */
async function placedBy(tx: Tx, column: "event_id" | "lane"): Promise<string | undefined> {
  const tables = await many(
    tx<{ name: string }[]>`
      SELECT table_name::text AS name FROM citus_tables
       WHERE citus_table_type = 'distributed' AND distribution_column = ${column}
       ORDER BY 1 LIMIT 1`,
    ({ name }) => name,
  );
  return tables[0];
}

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Drops the foreign keys of all tables but those within the first server; returns those that can be put back. */
async function takeForeignKeysOff(tx: Tx, first: ReadonlySet<string>): Promise<ForeignKey[]> {
  const keys = await many(
    tx<(ForeignKey & { from: string; to: string })[]>`
      SELECT k.conrelid::regclass::text AS table, quote_ident(k.conname) AS name,
             pg_get_constraintdef(k.oid) AS definition, c.relname AS from, r.relname AS to
        FROM pg_constraint k
        JOIN pg_class c ON c.oid = k.conrelid
        JOIN pg_class r ON r.oid = k.confrelid
       WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace
       ORDER BY 1, 2`,
    (row) => row,
  );
  const outside = keys.filter(({ from }) => !first.has(from));
  for (const { table, name } of outside) {
    await tx.unsafe(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
  }
  return outside.filter(({ to }) => !first.has(to));
}

interface StoredFunction {
  name: string;
  signature: string;
  ofEvent: boolean;
  source: string;
  /** Whether it asks for plans that serve all events. */
  plansForAll: boolean;
}

/**
 * Copies the functions of one event, and those that they call, to all servers, as they are now. The former are called where
 * the event is, if a statement is nothing but the call.
 */
async function placeFunctions(tx: Tx): Promise<StoredFunction[]> {
  const partner = await placedBy(tx, "event_id");
  if (!partner) return [];
  // In the order in which they were made: a function may need the types of those before.
  const all = await many(
    tx<StoredFunction[]>`
      SELECT p.proname AS name, p.oid::regprocedure::text AS signature, p.prosrc AS source,
             coalesce('plan_cache_mode=force_generic_plan' = ANY (p.proconfig), false) AS "plansForAll",
             coalesce(p.proargnames[1] = ${EVENT_PARAMETER}, false) AS "ofEvent"
        FROM pg_proc p
       WHERE p.pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
       ORDER BY p.oid`,
    (row) => row,
  );
  const needed = withCallees(all);
  for (const { signature, ofEvent, plansForAll } of needed) {
    // Of some statements, such as INSERT … SELECT, a plan without the event in it cannot say where to go.
    if (plansForAll) await tx.unsafe(`ALTER FUNCTION ${signature} RESET plan_cache_mode`);
    if (ofEvent) {
      await tx`
        SELECT create_distributed_function(
          ${signature}::text::regprocedure, ${EVENT_PARAMETER}, colocate_with => ${partner})`;
    } else await tx`SELECT create_distributed_function(${signature}::text::regprocedure)`;
  }
  return needed;
}

/** The functions of one event and all that they call, directly or not, in the given order. */
function withCallees(all: readonly StoredFunction[]): StoredFunction[] {
  const needed = new Set(all.filter(({ ofEvent }) => ofEvent));
  for (const caller of needed) { // a set is walked with what is added meanwhile
    for (const callee of all) {
      if (new RegExp(`\\b${callee.name}\\(`).test(caller.source)) needed.add(callee);
    }
  }
  return all.filter((one) => needed.has(one));
}
