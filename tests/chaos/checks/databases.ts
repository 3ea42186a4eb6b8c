import { openPostgres, type Pool } from "@evently/shared/postgres";

/** Direct connections to the platform's databases, used by the checks. */
export interface Databases extends AsyncDisposable {
  users: Pool;
  events: Pool;
  bookings: Pool;
}

const MAX_CONNECTIONS = 2;
const CLOSE_TIMEOUT_S = 1;
/** Audit queries have no time limit. */
const NO_TIMEOUT_MS = 0;

/** Opens the platform's databases on the server of `url`. */
export function openDatabases(url: (database: string) => string): Databases {
  const open = (database: string) =>
    openPostgres(url(database), {
      max: MAX_CONNECTIONS,
      name: "chaos",
      statementTimeoutMs: NO_TIMEOUT_MS,
    });
  const [users, events, bookings] = [open("users_db"), open("events_db"), open("bookings_db")];
  return {
    users,
    events,
    bookings,
    async [Symbol.asyncDispose]() {
      const pools = [users, events, bookings];
      await Promise.all(pools.map((pool) => pool.end({ timeout: CLOSE_TIMEOUT_S })));
    },
  };
}
