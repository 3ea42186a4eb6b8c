import { exactlyOne, many } from "../rows.ts";
import type { Pool, Tx } from "../sql.ts";
import { transaction } from "../transaction.ts";
import { HistoryError, loadMigrations, type Migration, MigrationError } from "./files.ts";

/** Database and migrations of a migrator. */
export interface MigratorOptions {
  pool: Pool;
  /** Directory of `NNNN_name.up.sql` and `NNNN_name.down.sql`; the URL ends in a slash. */
  directory: URL;
  log: MigrationLog;
}

/** The part of the logger that a migrator uses. */
export interface MigrationLog {
  info(message: string, fields?: Record<string, unknown>): void;
}

/** Applies and reverts the migrations of one database. */
export interface Migrator {
  /** Applies missing migrations; returns their names. */
  up(): Promise<string[]>;
  /**
   * Applies missing migrations while programs of the release before run: up to the first one that contracts, which
   * `up()` applies once they are gone. An empty database gets all, as nothing runs on it.
   *
   * @returns the names of those applied
   * @throws {MigrationError} a migration that expands stands behind one that contracts
   */
  expand(): Promise<string[]>;
  /** Reverts the last `count` migrations (default 1); returns their names, latest first. */
  down(count?: number): Promise<string[]>;
  /** Returns all migrations; applied ones have their time. */
  status(): Promise<MigrationStatus[]>;
}

/** State of one migration; `applied_at` is undefined until it is applied. */
export interface MigrationStatus {
  version: number;
  name: string;
  applied_at: Date | undefined;
}

/** Advisory lock of migrators; an arbitrary number that no other lock in these databases uses. */
const RUNNER_LOCK = 7_238_114;
/** Time limit for locks: a waiting migration would make all later queries of the table queue behind it. */
const LOCK_TIMEOUT = "15s";
/**
 * Where the database is distributed (Citus), `migrate distribute` copies new functions to the other servers, all at once:
 * a server that copied each one as it is made would take two overloads for one. No other server knows this setting.
 */
const DEFERRED_COPIES = "citus.create_object_propagation = 'deferred'";

/**
 * Creates a migrator of one database.
 *
 * Each migration and its row in `schema_migrations` are one transaction, so that it is applied entirely or not at
 * all (and cannot contain `CREATE INDEX CONCURRENTLY`). An advisory lock, which also works through transaction
 * poolers, serialises concurrent runners.
 *
 * Its methods throw {@link HistoryError} if the history in the database is not a prefix of the files (a file was
 * edited, removed, or inserted before an applied one), and {@link MigrationError} if the SQL of a file fails.
 */
export function createMigrator({ pool, directory, log }: MigratorOptions): Migrator {
  /** Runs `work` with the verified history, under the lock that keeps other runners from changing it. */
  async function withLockedHistory<T>(
    migrations: readonly Migration[],
    work: (tx: Tx, applied: readonly AppliedMigration[]) => Promise<T>,
  ): Promise<T> {
    return await transaction(pool, async (tx) => {
      await tx`SET LOCAL statement_timeout = 0`;
      await tx`SET LOCAL lock_timeout = 0`;
      await tx.unsafe(`SET LOCAL ${DEFERRED_COPIES}`);
      await exactlyOne(tx`SELECT pg_advisory_xact_lock(${RUNNER_LOCK})`, () => undefined);
      const applied = await readHistory(tx);
      verifyHistory(migrations, applied);
      await tx.unsafe(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
      return await work(tx, applied);
    });
  }

  async function up(): Promise<string[]> {
    return await applyWhile(await loadMigrations(directory), () => true);
  }

  async function expand(): Promise<string[]> {
    const migrations = await loadMigrations(directory);
    const applied = await withLockedHistory(migrations, (_tx, rows) => Promise.resolve(rows));
    const isEmpty = applied.length === 0;
    const names = await applyWhile(migrations, ({ contracts }) => isEmpty || !contracts);
    const [first, ...others] = migrations.slice(applied.length + names.length);
    const behind = others.find(({ contracts }) => !contracts);
    if (!first || !behind) return names;
    throw new MigrationError(
      `${behind.name}.up.sql`,
      `it waits behind ${first.name}, which contracts: deno task migrate applies both, once no ` +
        "program of an earlier release runs",
    );
  }

  /** Applies the missing ones in order, each in its transaction, until `may` refuses one. */
  async function applyWhile(
    migrations: readonly Migration[],
    may: (migration: Migration) => boolean,
  ): Promise<string[]> {
    const names: string[] = [];
    for (let step = 0; step < migrations.length; step++) {
      const name = await withLockedHistory(migrations, async (tx, applied) => {
        const next = migrations[applied.length];
        if (!next || !may(next)) return undefined;
        await apply(tx, next);
        return next.name;
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
      const name = await withLockedHistory(migrations, async (tx, applied) => {
        const last = migrations[applied.length - 1];
        if (last) await revert(tx, last);
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
    const applied = await withLockedHistory(migrations, (_tx, rows) => Promise.resolve(rows));
    return migrations.map(({ version, name }, index) => ({
      version,
      name,
      applied_at: applied[index]?.applied_at,
    }));
  }

  return { up, expand, down, status };
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

/** Checks that the applied migrations are the first ones of the list. */
function verifyHistory(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): void {
  for (const [index, { name, checksum }] of applied.entries()) {
    const file = migrations[index];
    if (!file || !migrations.some((migration) => migration.name === name)) {
      throw new HistoryError(`${name}.up.sql`, "it was applied, but the file is gone");
    }
    if (file.name !== name) {
      throw new HistoryError(
        `${file.name}.up.sql`,
        `it comes before ${name}, which is applied already: give it the next free number`,
      );
    }
    if (file.checksum !== checksum) {
      throw new HistoryError(
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

async function revert(tx: Tx, { version, name, down }: Migration): Promise<void> {
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
