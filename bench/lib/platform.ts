import { type BenchServer, type StartOptions, startServer } from "./server.ts";
import { type BenchDatabases, required } from "./stores.ts";
import { BENCH_JWT_SECRET } from "./tokens.ts";

/** Starts the whole platform in one process on these databases, without rate limits unless `env` sets them. */
export function startPlatform(
  databases: BenchDatabases,
  env: Record<string, string> = {},
  options?: StartOptions,
): Promise<BenchServer> {
  return startServer("services/gateway/main.ts", {
    ENVIRONMENT: "development",
    USER_SERVICE_DB_URL: databases.url("users_db"),
    EVENT_SERVICE_DB_URL: databases.url("events_db"),
    BOOKING_SERVICE_DB_URL: databases.url("bookings_db"),
    REDIS_URL: required("REDIS_URL"),
    JWT_SECRET: BENCH_JWT_SECRET,
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
    GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
    ...env,
  }, options);
}
