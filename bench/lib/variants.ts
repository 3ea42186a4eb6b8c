import type { Pool } from "@evently/shared/postgres";
import { type BenchServer, startServer } from "./server.ts";
import type { BenchDatabases } from "./stores.ts";

/** An implementation of reserve for comparison, with its best number of connections. */
export interface Variant {
  name: "version_lock" | "single_statement";
  connections: number;
}

/** Starts `bench/variants/server.ts` on `bookings_db`. */
export function startVariant(
  databases: BenchDatabases,
  { name, connections }: Variant,
): Promise<BenchServer> {
  return startServer("bench/variants/server.ts", {
    BENCH_VARIANT: name,
    BENCH_DATABASE_URL: databases.url("bookings_db"),
    BENCH_CONNECTIONS: String(connections),
  });
}

/** Creates the old system's tables with one event. */
export async function prepareOldEvent(
  pool: Pool,
  { eventId, seats }: { eventId: string; seats: number },
): Promise<void> {
  await pool.unsafe(await Deno.readTextFile(new URL("../variants/schema.sql", import.meta.url)));
  await pool`INSERT INTO old_events VALUES (${eventId}, ${seats}, 150000, 1)`;
}
