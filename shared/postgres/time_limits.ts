import postgres from "postgres";
import type { Pool } from "./sql.ts";
import { parseConnectionUrl } from "./connection_url.ts";
import { transaction } from "./transaction.ts";

/**
 * How long, in milliseconds, a role's sessions may run a statement, wait for a lock, and leave a transaction open. A
 * connection of {@link openPostgres} sets the first and the last itself; through a transaction pooler nothing can, so the
 * role has them all.
 */
export const TIME_LIMITS_MS = {
  statement_timeout: 15_000,
  lock_timeout: 12_000,
  idle_in_transaction_session_timeout: 10_000,
} as const;

type Setting = keyof typeof TIME_LIMITS_MS;
const SETTINGS = Object.keys(TIME_LIMITS_MS) as Setting[];

/** The logger methods that time limits need. */
export interface TimeLimitLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** An arbitrary number that no other lock uses: roles are changed by one at a time. */
const LOCK = 7_238_115;

/**
 * Sets on the role of this pool, in its database, those of {@link TIME_LIMITS_MS} that neither the role nor the database
 * has; what an operator has set stays. New connections of the role have them, also through a pooler. A role that may not
 * be altered is no failure: the log says what an administrator has to run.
 */
export async function setTimeLimits(pool: Pool, log: TimeLimitLog): Promise<void> {
  let names = { database: "", role: "" };
  let missing: Setting[] = SETTINGS;
  try {
    await transaction(pool, async (tx) => {
      await tx`SELECT pg_advisory_xact_lock(${LOCK})`;
      const [row] = await tx<{ database: string; role: string; set: string[] }[]>`
        SELECT current_database() AS database, current_user AS role,
               coalesce(array_agg(split_part(one, '=', 1)) FILTER (WHERE one IS NOT NULL), '{}') AS set
          FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) one
         WHERE s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
           AND s.setrole IN (0, (SELECT oid FROM pg_roles WHERE rolname = current_user))`;
      if (!row) return;
      names = { database: row.database, role: row.role };
      missing = SETTINGS.filter((name) => !row.set.includes(name));
      for (const name of missing) await tx.unsafe(alterRole({ ...names, name }));
    });
    if (missing.length > 0) log.info("time limits set on the role", { ...names, limits: missing });
  } catch (error) {
    if (!(error instanceof postgres.PostgresError)) throw error;
    log.warn("time limits not set on the role: an administrator has to", {
      ...names,
      error: error.message,
      run: statements(names, missing),
    });
  }
}

/**
 * Looks, through a transaction pooler, whether the role has the time limits, and logs what is missing. Resolves at once
 * where connections set them themselves, and where the database does not answer, which readiness tells.
 */
export async function checkTimeLimits(
  pool: Pool,
  { url, log }: { url: string; log: Pick<TimeLimitLog, "warn"> },
): Promise<void> {
  if (!parseConnectionUrl(url).pooled) return;
  try {
    const rows = await pool<{ database: string; role: string; name: Setting }[]>`
      SELECT current_database() AS database, current_user AS role, name
        FROM pg_settings WHERE name IN ${pool(SETTINGS)} AND setting = '0'`;
    const [first] = rows;
    if (!first) return;
    const missing = rows.map(({ name }) => name);
    log.warn("time limits are missing: through a pooler nothing ends a statement that hangs", {
      database: first.database,
      role: first.role,
      missing,
      run: statements(first, missing),
    });
  } catch { /* readiness tells that the database does not answer */ }
}

/** What an administrator runs. */
function statements(
  { database, role }: { database: string; role: string },
  missing: readonly Setting[],
): string {
  return missing.map((name) => alterRole({ database, role, name })).join("; ");
}

function alterRole(
  { database, role, name }: { database: string; role: string; name: Setting },
): string {
  return `ALTER ROLE ${quoted(role)} IN DATABASE ${quoted(database)} SET ${name} = ` +
    `'${TIME_LIMITS_MS[name]}ms'`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
