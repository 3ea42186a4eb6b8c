import { type BenchServer, startServer } from "./server.ts";
import type { BenchDatabases } from "./stores.ts";

/** An implementation of reserve for comparison, with its best number of connections. */
export interface Variant {
  name: "version_lock" | "single_statement";
  connections: number;
}

/** Starts `bench/variants/server.ts`. */
export function startVariant(
  databases: BenchDatabases,
  { name, connections }: Variant,
): Promise<BenchServer> {
  return startServer("bench/variants/server.ts", {
    BENCH_VARIANT: name,
    BENCH_EVENTS_URL: databases.url("events_db"),
    BENCH_BOOKINGS_URL: databases.url("bookings_db"),
    BENCH_CONNECTIONS: String(connections),
  });
}

/** Creates the old system's tables with one event, in both databases. */
export async function prepareOldEvent(
  databases: BenchDatabases,
  { eventId, seats }: { eventId: string; seats: number },
): Promise<void> {
  const schema = await Deno.readTextFile(new URL("../variants/schema.sql", import.meta.url));
  for (const name of ["events_db", "bookings_db"] as const) {
    const pool = databases.pool(name);
    await pool.unsafe(schema);
    await pool`INSERT INTO old_events VALUES (${eventId}, ${seats}, 150000, 1)`;
  }
}
