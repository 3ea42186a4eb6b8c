import {
  createMigrator,
  type DatabaseName,
  type MigrationLog,
  type Migrator,
  type Pool,
} from "@evently/shared/postgres";

/** Where the migrations of a database are; beside this file, also on Deno Deploy. */
export function migrationsDirectory(database: DatabaseName): URL {
  return new URL(`./${database}/`, import.meta.url);
}

/** The migrator of one of the platform's databases. */
export function migratorOf(database: DatabaseName, pool: Pool, log: MigrationLog): Migrator {
  return createMigrator({ pool, directory: migrationsDirectory(database), log });
}
