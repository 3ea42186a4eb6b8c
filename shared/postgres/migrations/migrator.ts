import { exactlyOne, many } from "../rows.ts";
import type { Pool, Tx } from "../sql.ts";
import { transaction } from "../transaction.ts";
import { loadMigrations, type Migration, MigrationError } from "./files.ts";

/** Whose history, and where it is written. */
export interface MigratorOptions {
  pool: Pool;
  /** Holds `NNNN_name.up.sql` and `NNNN_name.down.sql`; ends in a slash. */
  directory: URL;
  log: MigrationLog;
}

/** The part of the logger that a migrator uses. */
export interface MigrationLog {
  info(message: string, fields?: Record<string, unknown>): void;
}

/** Brings one database along its history. */
export interface Migrator {
  /** Applies missing migrations. @returns the names of the applied ones */
  up(): Promise<string[]>;
  /** Reverts the last `count` (1). @returns the names of the reverted ones, the last one first */
  down(count?: number): Promise<string[]>;
  /** Every migration, with the time of those that are applied. */
  status(): Promise<MigrationStatus[]>;
}

/** Where one migration stands. */
export interface MigrationStatus {
  version: number;
  name: string;
  applied_at: Date | undefined;
}

/** Any number will do, so long as nothing else in these databases locks by it. */
const RUNNER_LOCK = 7_238_114;
/** A migration gives up rather than make the whole service queue behind the lock that it waits for. */
const LOCK_TIMEOUT = "15s";

/**
 * A migrator of one database.
 *
 * Each migration is one transaction together with its row in `schema_migrations`, so that it is applied
 * wholly or not at all (and cannot contain `CREATE INDEX CONCURRENTLY`). Runners that meet take turns by a
 * lock that also holds through transaction poolers.
 *
 * Its methods throw {@link MigrationError} when the history in the database is not the beginning of the one
 * in the directory (a file that was edited, removed, or put before an applied one), or a file's SQL fails.
 */
export function createMigrator({ pool, directory, log }: MigratorOptions): Migrator {
  /** Runs `work` with the verified history, while no other process can change it. */
  async function turn<T>(
    migrations: readonly Migration[],
    work: (tx: Tx, applied: readonly AppliedMigration[]) => Promise<T>,
  ): Promise<T> {
    return await transaction(pool, async (tx) => {
      await tx`SET LOCAL statement_timeout = 0`;
      await exactlyOne(tx`SELECT pg_advisory_xact_lock(${RUNNER_LOCK})`, () => undefined);
      const applied = await readHistory(tx);
      verifyHistory(migrations, applied);
      await tx.unsafe(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      return await work(tx, applied);
    });
  }

  async function up(): Promise<string[]> {
    const migrations = await loadMigrations(directory);
    const names: string[] = [];
    for (let step = 0; step < migrations.length; step++) {
      const name = await turn(migrations, async (tx, applied) => {
        const next = migrations[applied.length];
        if (next) await apply(tx, next);
        return next?.name;
      });
      if (!name) break;
      log.info("migration applied", { migration: name });
      names.push(name);
    }
    return names;
  }

  async function down(count = 1): Promise<string[]> {
    const migrations = await loadMigrations(directory);
    const names: string[] = [];
    for (let step = 0; step < count; step++) {
      const name = await turn(migrations, async (tx, applied) => {
        const last = migrations[applied.length - 1];
        if (last) await takeBack(tx, last);
        return last?.name;
      });
      if (!name) break;
      log.info("migration taken back", { migration: name });
      names.push(name);
    }
    return names;
  }

  async function status(): Promise<MigrationStatus[]> {
    const migrations = await loadMigrations(directory);
    const applied = await turn(migrations, (_tx, rows) => Promise.resolve(rows));
    return migrations.map(({ version, name }, index) => ({
      version,
      name,
      applied_at: applied[index]?.applied_at,
    }));
  }

  return { up, down, status };
}

interface AppliedMigration {
  version: number;
  name: string;
  checksum: string;
  applied_at: Date;
}

async function readHistory(tx: Tx): Promise<AppliedMigration[]> {
  await tx`
    CREATE TABLE IF NOT EXISTS schema_migrations (
      version integer PRIMARY KEY,
      name text NOT NULL,
      checksum text NOT NULL,
      applied_at timestamptz NOT NULL DEFAULT now()
    )`;
  return await many(
    tx<AppliedMigration[]>`
      SELECT version, name, checksum, applied_at FROM schema_migrations ORDER BY version`,
    (row) => row,
  );
}

/** The applied migrations must be the first ones of the list. */
function verifyHistory(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const file = migrations[index];
    if (!file || !migrations.some((migration) => migration.name === name)) {
      throw new MigrationError(`${name}.up.sql`, "it was applied, but the file is gone");
    }
    if (file.name !== name) {
      throw new MigrationError(
        `${file.name}.up.sql`,
        `it comes before ${name}, which is applied already: give it the next free number`,
      );
    }
    if (file.checksum !== checksum) {
      throw new MigrationError(
        `${name}.up.sql`,
        "it was edited after it was applied: take the edit back and write a new migration",
      );
    }
  }
}

async function apply(tx: Tx, { version, name, up, checksum }: Migration): Promise<void> {
  await runFile(tx, `${name}.up.sql`, up);
  await tx`
    INSERT INTO schema_migrations (version, name, checksum) VALUES (${version}, ${name}, ${checksum})`;
}

async function takeBack(tx: Tx, { version, name, down }: Migration): Promise<void> {
  await runFile(tx, `${name}.down.sql`, down);
  await tx`DELETE FROM schema_migrations WHERE version = ${version}`;
}

async function runFile(tx: Tx, file: string, text: string): Promise<void> {
  try {
    await tx.unsafe(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MigrationError(file, reason, { cause: error });
  }
}
