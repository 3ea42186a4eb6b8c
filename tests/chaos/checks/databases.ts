import { openPostgres, type Pool } from "@evently/shared/postgres";

/** The platform's databases as a critic sees them: past the platform. */
export interface Databases extends AsyncDisposable {
  users: Pool;
  events: Pool;
  bookings: Pool;
}

const MAX_CONNECTIONS = 2;
const CLOSE_TIMEOUT_S = 1;
/** An audit reads for as long as it takes. */
const NO_TIMEOUT_MS = 0;

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
