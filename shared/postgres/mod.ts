/** PostgreSQL for the services: a pool, a guarded transaction, mapped rows, classified errors. */
export {
  DATABASE_VARIABLES,
  type DatabaseName,
  DATABASES,
  databaseUrl,
  ensureDatabase,
  onServer,
  provideDatabase,
} from "./database_urls.ts";
export { isPooledUrl } from "./connection_url.ts";
export { arrayLiteral } from "./array_literal.ts";
export {
  isCheckViolation,
  isConnectionFailure,
  isForeignKeyViolation,
  isSerializationFailure,
  isStatementTimeout,
  isTemporary,
  isUniqueViolation,
  isUnstorableText,
} from "./errors.ts";
export {
  fingerprint,
  HistoryError,
  loadMigrations,
  type Migration,
  MigrationError,
} from "./migrations/files.ts";
export { distribute, type Distributed, DistributionError } from "./migrations/distribute.ts";
export { isDistributed, runByServer } from "./distribution.ts";
export { loadPlacements, type Placements } from "./migrations/placements.ts";
export {
  createMigrator,
  type MigrationLog,
  type MigrationStatus,
  type Migrator,
  type MigratorOptions,
} from "./migrations/migrator.ts";
export { openPostgres, type PostgresOptions } from "./pool.ts";
export { exactlyOne, many, one, RowCountError } from "./rows.ts";
export type { Pool, Sql, Tx } from "./sql.ts";
export { transaction, type TransactionOptions, TransactionOver } from "./transaction.ts";
export { checkTimeLimits, setTimeLimits, type TimeLimitLog } from "./time_limits.ts";
