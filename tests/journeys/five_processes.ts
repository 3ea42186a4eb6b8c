import { MemoryRedis } from "@evently/embedded/redis";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { DATABASE_VARIABLES, DATABASES } from "@evently/shared/postgres";
import {
  createTestDatabase,
  freePort,
  type Program,
  startProgram,
  startRestFront,
} from "@evently/shared/testing";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { requesterOver } from "../../shared/redis/requester.ts";
import { callAt, type TestPlatform } from "./platform.ts";

const SERVICES = ["user", "event", "search", "booking"] as const;
type Service = typeof SERVICES[number];

/** Variables of all processes unless a test gives others. */
const VARIABLES = {
  ENVIRONMENT: "production",
  SEARCH_FALLBACK: "embedded",
  JWT_SECRET: "a-secret-of-this-test-0123456789abcdef",
  INTERNAL_API_KEY: "an-internal-key-of-this-test",
  // Longer than a test waits: nothing may stop at its end alone.
  STOP_GRACE: "10m",
};

/** The platform in five processes, each a program of its own, as in containers. */
export interface FiveProcesses extends AsyncDisposable {
  origin: string;
  call: TestPlatform["call"];
  /** Base URL of each service. */
  urls: Readonly<Record<Service, string>>;
  services: ReadonlyMap<Service, Program>;
  /** The services in order, and the gateway. */
  all(): Program[];
  /** Starts a service anew, with its old variables and these, after the old process has ended. */
  restart(service: Service, variables?: Record<string, string>): Promise<void>;
}

/** Stores with seed data that {@link startProcesses} can use. */
export async function createStores() {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const urls = Object.fromEntries(
    DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
  );
  await seedDatabases(urls, SYSTEM_CLOCK);
  const redis = startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())) });
  return {
    variables: {
      ...urls,
      UPSTASH_REDIS_REST_URL: redis.url,
      UPSTASH_REDIS_REST_TOKEN: redis.token,
    },
    redis,
    usersDb: databases[DATABASES.indexOf("users_db")]!.sql,
    bookingsDb: databases[DATABASES.indexOf("bookings_db")]!.sql,
    [Symbol.asyncDispose]: async () => {
      await redis.close();
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}

/** Starts the five programs; `variables` are those of all of them. */
export async function startProcesses(variables: Record<string, string>): Promise<FiveProcesses> {
  const urls = {} as Record<Service, string>;
  for (const name of SERVICES) urls[name] = `http://127.0.0.1:${await freePort()}`;
  const common = {
    ...VARIABLES,
    ...variables,
    ...Object.fromEntries(
      SERVICES.map((name) => [`${name.toUpperCase()}_SERVICE_URL`, urls[name]]),
    ),
  };
  const start = (name: Service, changed: Record<string, string> = {}) =>
    startProgram(new URL(`../../services/${name}/main.ts`, import.meta.url), {
      ...common,
      ...changed,
      PORT: new URL(urls[name]).port,
    });
  const services = new Map(SERVICES.map((name) => [name, start(name)]));
  const gateway = startProgram(
    new URL("../../services/gateway/main.ts", import.meta.url),
    common,
  );
  const all = (): Program[] => [...services.values(), gateway];
  await Promise.all(all().map((program) => program.listening()));
  const origin = await gateway.listening();
  return {
    origin,
    call: callAt(origin),
    urls,
    services,
    all,
    async restart(name, changed) {
      await services.get(name)!.ended;
      services.set(name, start(name, changed));
      await services.get(name)!.listening();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(all().map((program) => program[Symbol.asyncDispose]()));
    },
  };
}
