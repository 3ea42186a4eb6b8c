import { openPostgres, type Pool } from "@evently/shared/postgres";
import { times } from "@evently/shared/testing";
import { pause } from "../servers/supervised.ts";
import type { PostgresServer } from "../servers/postgres.ts";
import type { Fault } from "./fault.ts";

const ROGUE = "rogue";
/** Exceeds the server's `max_connections`. */
const ROGUE_CONNECTIONS = 110;
const CONNECTIONS_TAKEN_MS = 3_000;
const OCCUPY_PAUSE_MS = 50;
const SHORT_LOCK_MS = 2_000;
/** Exceeds the statement timeout of the services. */
const LONG_LOCK_MS = 17_000;
const ONE_LONG_LOCK_IN = 4;
const DISK_FULL_MS = 4_000;
/** Smaller than a WAL segment, so that the server cannot create the next segment. */
const FILE_LIMIT_BYTES = 1024 * 1024;

/** Terminates the services' connections and occupies all connection slots, so that they cannot reconnect. */
export const connectionsTaken: Fault = {
  name: "connections_taken",
  kills: false,
  async strike({ postgres }) {
    const untilMs = performance.now() + CONNECTIONS_TAKEN_MS;
    const first = openRogue(postgres.url());
    let ended = 0;
    try {
      await first`SELECT 1`;
      const occupied = times(ROGUE_CONNECTIONS, () => occupy(postgres.url(), untilMs));
      await pause(CONNECTIONS_TAKEN_MS / 10);
      ended = await endOthers(first);
      await Promise.all(occupied);
    } finally {
      await end(first);
    }
    return `${ROGUE_CONNECTIONS} rogue connections for ${CONNECTIONS_TAKEN_MS} ms, ${ended} of ours ended`;
  },
};

/** Holds a connection, or keeps trying to open one, until `untilMs`. */
async function occupy(url: string, untilMs: number): Promise<void> {
  const rogue = openRogue(url);
  for (;;) {
    const leftMs = untilMs - performance.now();
    if (leftMs <= 0) break;
    try {
      await rogue`SELECT pg_sleep(${leftMs / 1000})`;
    } catch {
      await pause(OCCUPY_PAUSE_MS);
    }
  }
  await end(rogue);
}

/** Locks a table that every sale needs, briefly or beyond the statement timeout. */
export const rowsLocked: Fault = {
  name: "rows_locked",
  kills: false,
  async strike({ postgres, random }) {
    const long = random.below(ONE_LONG_LOCK_IN) === 0;
    const lockMs = long ? LONG_LOCK_MS : SHORT_LOCK_MS;
    const [database, table] = random.pick([
      ["events_db", "seat_inventory"],
      ["bookings_db", "bookings"],
    ]);
    const rogue = openRogue(postgres.url(database));
    try {
      await rogue.unsafe(
        `BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(${lockMs / 1000})`,
      );
    } catch { /* A deadlock or a dead server has already released the lock. */ }
    await end(rogue);
    return `${table} for ${lockMs} ms`;
  },
};

/** Fills PostgreSQL's disk, or limits its file size if it has no disk of its own. */
export const diskFull: Fault = {
  name: "disk_full",
  kills: false,
  async strike({ postgres }) {
    const { disk } = postgres;
    if (disk.kind === "none") return await limitFiles(postgres);
    await disk.fill();
    try {
      await pause(DISK_FULL_MS);
    } finally {
      await disk.empty();
    }
    return `${disk.kind} for ${DISK_FULL_MS} ms`;
  },
};

async function limitFiles({ limitFiles }: PostgresServer): Promise<string> {
  try {
    await limitFiles(FILE_LIMIT_BYTES);
    await pause(DISK_FULL_MS);
  } finally {
    // New children inherit the limit, so lift it on all. A restarted server has none.
    await limitFiles("unlimited").catch(() => {});
  }
  return `files of ${FILE_LIMIT_BYTES} bytes at most for ${DISK_FULL_MS} ms`;
}

function openRogue(url: string): Pool {
  return openPostgres(url, { max: 1, name: ROGUE, statementTimeoutMs: 0, connectTimeoutS: 2 });
}

async function end(pool: Pool): Promise<void> {
  await pool.end({ timeout: 1 });
}

async function endOthers(rogue: Pool): Promise<number> {
  const ended = await rogue`
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name NOT IN (${ROGUE}, '') AND backend_type = 'client backend'`;
  return ended.length;
}
