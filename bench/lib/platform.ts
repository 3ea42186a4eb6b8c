import { SERVICE_NAMES } from "@evently/shared/config";
import { freePort } from "@evently/shared/testing";
import { type BenchServer, type StartOptions, startServer } from "./server.ts";
import { type BenchDatabases, required } from "./stores.ts";
import { BENCH_JWT_SECRET } from "./tokens.ts";

/** Starts the whole platform in one process on these databases, without rate limits unless `env` sets them. */
export function startPlatform(
  databases: BenchDatabases,
  env: Record<string, string> = {},
  options?: StartOptions,
): Promise<BenchServer> {
  return startServer(
    "services/gateway/main.ts",
    { ...variablesOf(databases), ...env },
    options,
  );
}

/** Starts each service and the gateway in a process of its own; returns the gateway. */
export async function startFiveProcesses(
  databases: BenchDatabases,
  env: Record<string, string> = {},
): Promise<BenchServer> {
  const ports = await Promise.all(SERVICE_NAMES.map(() => freePort()));
  const urls = Object.fromEntries(
    SERVICE_NAMES.map((name, i) => [
      `${name.toUpperCase()}_SERVICE_URL`,
      `http://127.0.0.1:${ports[i]}`,
    ]),
  );
  const all = { ...variablesOf(databases), ...urls, ...env };
  await using started = new AsyncDisposableStack();
  for (const [i, name] of SERVICE_NAMES.entries()) {
    const options = { port: ports[i]!, ready: "/healthz" };
    started.use(await startServer(`services/${name}/main.ts`, all, options));
  }
  const gateway = started.use(await startServer("services/gateway/main.ts", all));
  const processes = started.move();
  const { port, pid } = gateway;
  return { port, pid, [Symbol.asyncDispose]: () => processes.disposeAsync() };
}

function variablesOf(databases: BenchDatabases): Record<string, string> {
  return {
    ENVIRONMENT: "development",
    USER_SERVICE_DB_URL: databases.url("users_db"),
    EVENT_SERVICE_DB_URL: databases.url("events_db"),
    BOOKING_SERVICE_DB_URL: databases.url("bookings_db"),
    REDIS_URL: required("REDIS_URL"),
    JWT_SECRET: BENCH_JWT_SECRET,
    INTERNAL_API_KEY: "bench-only-internal-api-key",
    BOOKING_RATE_LIMIT_PER_MINUTE: "0",
    GATEWAY_RATE_LIMIT_PER_MINUTE: "0",
  };
}
