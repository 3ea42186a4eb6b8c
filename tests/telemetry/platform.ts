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
import { requesterOver } from "../../shared/redis/requester.ts";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";
import { callAt, type TestPlatform } from "../journeys/platform.ts";
import type { Collector } from "./collector.ts";

const SERVICES = ["user", "event", "search", "booking"] as const;
const PROGRAMS = [...SERVICES, "gateway"] as const;
type ProgramName = typeof PROGRAMS[number];

/** The platform as containers run it: a program for each service, metrics on ports of their own. */
export interface MeasuredPlatform extends AsyncDisposable {
  origin: string;
  call: TestPlatform["call"];
  /** Where Prometheus reads: `127.0.0.1:9464`, one address for each program. */
  metricsAddresses: readonly string[];
  /** What Prometheus reads of a program. */
  metricsOf(program: ProgramName): Promise<string>;
  /** Ends all programs; returns what they printed. */
  end(): Promise<string>;
}

/** Starts five programs that export to a collector, and log everything. */
export async function startMeasuredPlatform(
  collector: Pick<Collector, "variables">,
  variables: Record<string, string>,
): Promise<MeasuredPlatform> {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const databaseUrls = Object.fromEntries(
    DATABASES.map((name, i) => [DATABASE_VARIABLES[name], databases[i]!.url]),
  );
  await seedDatabases(databaseUrls, SYSTEM_CLOCK);
  const redis = startRestFront({ requester: requesterOver(new MemoryRedis(() => new Date())) });
  const ports = new Map<ProgramName, { own: number; metrics: number }>();
  for (const name of PROGRAMS) {
    ports.set(name, { own: await freePort(), metrics: await freePort() });
  }
  const common = {
    ENVIRONMENT: "production",
    LOG_LEVEL: "debug",
    SEARCH_FALLBACK: "embedded",
    JWT_SECRET: "a-secret-of-this-test-0123456789abcdef",
    INTERNAL_API_KEY: "an-internal-key-of-this-test",
    ...databaseUrls,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
    ...Object.fromEntries(
      SERVICES.map((name) => [
        `${name.toUpperCase()}_SERVICE_URL`,
        `http://127.0.0.1:${ports.get(name)!.own}`,
      ]),
    ),
    ...variables,
  };
  const programs: Program[] = PROGRAMS.map((name) =>
    startProgram(new URL(`../../services/${name}/main.ts`, import.meta.url), {
      ...common,
      ...collector.variables(`evently-${name}`),
      PORT: String(ports.get(name)!.own),
      METRICS_PORT: String(ports.get(name)!.metrics),
    })
  );
  await Promise.all(programs.map((program) => program.listening()));
  const origin = `http://127.0.0.1:${ports.get("gateway")!.own}`;

  async function end(): Promise<string> {
    // Deno can hang when it writes its last metrics on exit (denoland/deno#33157), so the programs are not asked.
    for (const program of programs) program.signal("SIGKILL");
    const ends = await Promise.all(programs.map(({ ended }) => ended));
    return ends.map(({ output }) => output).join("\n");
  }

  return {
    origin,
    call: callAt(origin),
    end,
    metricsAddresses: [...ports.values()].map(({ metrics }) => `127.0.0.1:${metrics}`),
    async metricsOf(program) {
      const response = await fetch(`http://127.0.0.1:${ports.get(program)!.metrics}/metrics`);
      return await response.text();
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(programs.map((program) => program[Symbol.asyncDispose]()));
      await redis.close();
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}
