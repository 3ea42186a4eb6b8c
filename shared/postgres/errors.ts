import postgres from "postgres";

/** SQLSTATE codes that callers decide by; https://www.postgresql.org/docs/current/errcodes-appendix.html */
const UNIQUE_VIOLATION = "23505";
const FOREIGN_KEY_VIOLATION = "23503";
const CHECK_VIOLATION = "23514";
const SERIALIZATION_FAILURE = "40001";
const DEADLOCK_DETECTED = "40P01";
const QUERY_CANCELED = "57014";
const LOCK_NOT_AVAILABLE = "55P03";
const CHARACTER_NOT_IN_REPERTOIRE = "22021";
const UNTRANSLATABLE_CHARACTER = "22P05";

/** The server ends, crashed, starts or has no connection left; `08…` is the class of connection exceptions. */
const SERVER_UNAVAILABLE = new Set(["57P01", "57P02", "57P03", "53300"]);
const CONNECTION_EXCEPTION_CLASS = "08";
/** No disk, memory or connection left; the system under the server fails. */
const SHORTAGE_CLASSES = new Set(["53", "58"]);
/** The server takes no writes: it is a standby, or was made read-only as its disk is full. */
const READ_ONLY = "25006";
/** Citus lost a server amid a transaction, or passes on that server's last words; it gives these no code of their own. */
const INTERNAL_ERROR = "XX000";
const SERVER_LOST = [
  "execution cannot recover from multiple connection failures",
  "failed to prepare transaction",
  "failure on connection marked as essential",
  "postmaster was shut down",
  "server closed the connection",
  "terminating connection",
];

/** The client's own codes, and those of the socket under it. */
const CONNECTION_LOST = new Set([
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "CONNECT_TIMEOUT",
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EPIPE",
  "ETIMEDOUT",
  "ERR_STREAM_DESTROYED",
]);

const SHARD_NUMBER = /^(_\d+)?$/;
const CONSTRAINT_IN_MESSAGE = /constraint "([^"]+)"/;

/** Whether `error` is a broken unique key or primary key, of this constraint where one is named. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, UNIQUE_VIOLATION, constraint);
}

/** Whether `error` is a broken `CHECK`, of this constraint where one is named. */
export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates(error, CHECK_VIOLATION, constraint);
}

/** Whether `error` is a broken foreign key, of this constraint where one is named. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, FOREIGN_KEY_VIOLATION, constraint);
}

/** Whether a text was refused because PostgreSQL cannot store it: it has a NUL character. */
export function isUnstorableText(error: unknown): boolean {
  return isServerError(error) &&
    (error.code === CHARACTER_NOT_IN_REPERTOIRE || error.code === UNTRANSLATABLE_CHARACTER);
}

/** Whether the transaction lost against another one and may simply be run again. */
export function isSerializationFailure(error: unknown): boolean {
  return isServerError(error) &&
    (error.code === SERIALIZATION_FAILURE || error.code === DEADLOCK_DETECTED);
}

/** Whether the statement was ended because it ran, or waited for a lock, longer than it may. */
export function isStatementTimeout(error: unknown): boolean {
  return isServerError(error) &&
    (error.code === QUERY_CANCELED || error.code === LOCK_NOT_AVAILABLE);
}

/**
 * Whether the database could not be asked, or went away before it answered.
 *
 * WARNING: the work under way may have been committed. Only idempotent work may be retried.
 */
export function isConnectionFailure(error: unknown): boolean {
  if (isConnectionLost(error)) return true;
  return isServerError(error) &&
    (SERVER_UNAVAILABLE.has(error.code) || error.code.startsWith(CONNECTION_EXCEPTION_CLASS));
}

/**
 * Whether the same may well succeed a little later: the database was not there, lacked something, or let
 * another go first. The route says 503. As with a connection failure, it may have been committed.
 */
export function isTemporary(error: unknown): boolean {
  if (isConnectionFailure(error) || isStatementTimeout(error) || isSerializationFailure(error)) {
    return true;
  }
  return isServerError(error) &&
    (error.code === READ_ONLY || SHORTAGE_CLASSES.has(error.code.slice(0, 2)) ||
      (error.code === INTERNAL_ERROR &&
        SERVER_LOST.some((start) => error.message.startsWith(start))));
}

/** Whether this side saw its connection end: nothing more can be said on it. */
export function isConnectionLost(error: unknown): boolean {
  return error instanceof Error && "code" in error && typeof error.code === "string" &&
    CONNECTION_LOST.has(error.code);
}

function violates(error: unknown, code: string, constraint: string | undefined): boolean {
  return isServerError(error) && error.code === code &&
    (constraint === undefined || isNamed(error, constraint));
}

/**
 * Where the table is distributed, the name of a constraint ends with the number of its shard, and may be told in the
 * message alone.
 */
function isNamed(
  { constraint_name, message }: postgres.PostgresError,
  constraint: string,
): boolean {
  const name = constraint_name ?? CONSTRAINT_IN_MESSAGE.exec(message)?.[1];
  return name !== undefined && name.startsWith(constraint) &&
    SHARD_NUMBER.test(name.slice(constraint.length));
}

function isServerError(error: unknown): error is postgres.PostgresError {
  return error instanceof postgres.PostgresError;
}
