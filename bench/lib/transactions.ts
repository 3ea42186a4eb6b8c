import { exactlyOne, onServer, openPostgres } from "@evently/shared/postgres";
import { type BenchDatabases, required } from "./stores.ts";

/** Counts finished transactions in these databases. */
export interface TransactionCounter extends AsyncDisposable {
  /** Runs `work`; returns its result and the number of transactions finished meanwhile. */
  during<T>(work: () => Promise<T>): Promise<{ result: T; transactions: number }>;
}

/** Backends report their statistics at most once a second, and when they become idle. */
const REPORT_MS = 1_500;

/** Counts from a connection to another database, so that it does not count itself. */
export function countTransactions(databases: BenchDatabases): TransactionCounter {
  const pool = openPostgres(onServer(required("DATABASE_URL"), "postgres"), {
    max: 1,
    name: "bench-counter",
  });
  async function count(): Promise<number> {
    await new Promise((resolve) => setTimeout(resolve, REPORT_MS));
    return await exactlyOne(
      pool<{ total: number }[]>`
        SELECT coalesce(sum(xact_commit + xact_rollback), 0)::bigint AS total
          FROM pg_stat_database WHERE datname IN ${pool(databases.names)}`,
      ({ total }) => total,
    );
  }

  return {
    async during(work) {
      const before = await count();
      const result = await work();
      return { result, transactions: await count() - before };
    },
    [Symbol.asyncDispose]: () => pool.end({ timeout: 1 }),
  };
}
