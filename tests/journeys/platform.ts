import assert from "node:assert/strict";
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "@evently/shared/client/gateway";
import type { Hop } from "@evently/shared/http";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { type Logger, SILENT_LOGGER } from "@evently/shared/log";
import {
  DATABASE_VARIABLES,
  type DatabaseName,
  DATABASES,
  onServer,
  openPostgres,
  type Pool,
} from "@evently/shared/postgres";
import type { ServiceBindings } from "@evently/shared/services";
import { createTestDatabase, jsonRequest, readAnswer } from "@evently/shared/testing";
import { openPlatform, readPlatformConfig } from "../../services/gateway/platform.ts";
import { testIndices } from "./elasticsearch.ts";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";

/**
 * A running, seeded platform that journeys use instead of one of their own, e.g. in containers. Journeys that change its
 * settings or look into its process cannot run there; `OUTSIDE_JOURNEYS` lists those that can.
 */
const OUTSIDE_ORIGIN = Deno.env.get("TEST_ORIGIN");
/** Server of that platform's databases, where journeys check what is stored. */
const OUTSIDE_DATABASE_URL = Deno.env.get("TEST_ORIGIN_DATABASE_URL");

/** Files whose journeys also pass on a seeded platform at `TEST_ORIGIN`, once, one after the other. */
export const OUTSIDE_JOURNEYS = [
  "buyer_test.ts",
  "currencies_test.ts",
  "demo_test.ts",
  "document_test.ts",
  "organiser_test.ts",
  "streams_test.ts",
  "waitlist_test.ts",
];

/** The whole platform with seed data behind an HTTP server; no part is replaced. */
export interface TestPlatform extends AsyncDisposable {
  /** Where it answers: `http://127.0.0.1:8000`. */
  origin: string;
  port: number;
  /** Not on a platform at `TEST_ORIGIN`. */
  bindings: ServiceBindings;
  usersUrl: string;
  eventsDb: Pool;
  bookingsDb: Pool;
  /** Calls the API by its operations; see {@link dataOf}. */
  api: Client<paths>;
  /** Sends an HTTP request; a JSON body of the response is parsed. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Logs in; returns the access token. */
  logIn(email: string, options?: { admin?: boolean }): Promise<string>;
}

/** Credentials, body and abort signal of a call. */
export interface CallOptions {
  token?: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** A response with its parsed body. */
export interface Answer {
  status: number;
  headers: Headers;
  // deno-lint-ignore no-explicit-any -- tests assert the shape
  body: any;
}

/** Returns a function that calls a platform, with a new connection for each call. */
export function callAt(origin: string): TestPlatform["call"] {
  return async function call(method, path, { token, body, signal } = {}) {
    const headers = { Connection: "close" };
    return await readAnswer(
      fetch(jsonRequest(method, origin + path, { token, body, headers, signal })),
    );
  };
}

const SEED_PASSWORD = "11111111";

/**
 * Starts a platform with new databases and the given variables. With `TEST_ORIGIN` returns the one that runs there.
 *
 * @throws {Error} the platform at `TEST_ORIGIN` cannot have these variables
 */
export async function startTestPlatform(
  variables: Record<string, string> = {},
  { log = SILENT_LOGGER, mapDatabaseUrl = (url) => url }: {
    log?: Logger;
    /** Maps a database URL to the one that the platform uses, e.g. a proxy's. */
    mapDatabaseUrl?: (url: string) => string;
  } = {},
): Promise<TestPlatform> {
  if (OUTSIDE_ORIGIN !== undefined) {
    if (Object.keys(variables).length === 0) return openOutside(OUTSIDE_ORIGIN);
    throw new Error("This test sets variables of its platform, so it cannot run at TEST_ORIGIN");
  }
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const redisUrl = Deno.env.get("TEST_REDIS_URL");
  const indices = testIndices();
  const env = {
    ENVIRONMENT: "development",
    LOG_LEVEL: "silent",
    ...Object.fromEntries(
      DATABASES.map((name, i) => [DATABASE_VARIABLES[name], mapDatabaseUrl(databases[i]!.url)]),
    ),
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    ...indices.variables,
    ...variables,
  };
  await seedDatabases(env, SYSTEM_CLOCK);
  const platform = await openPlatform(readPlatformConfig(env), {
    log,
    clock: SYSTEM_CLOCK,
  });
  platform.workers.forEach((worker) => worker.start());
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request, info) => platform.app.fetch(request, { remoteAddr: info.remoteAddr } satisfies Hop),
  );
  const { port } = server.addr;
  return {
    ...clientOf(`http://127.0.0.1:${port}`),
    port,
    bindings: platform.bindings,
    usersUrl: databases[0]!.url,
    eventsDb: databases[1]!.sql,
    bookingsDb: databases[2]!.sql,
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await platform.close();
      await indices[Symbol.asyncDispose]();
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
    },
  };
}

/** The requests that a test sends to a platform. */
function clientOf(origin: string): Pick<TestPlatform, "origin" | "api" | "call" | "logIn"> {
  const call = callAt(origin);
  return {
    origin,
    api: createClient<paths>({ baseUrl: origin, headers: { Connection: "close" } }),
    call,
    async logIn(email, { admin = false } = {}) {
      const path = admin ? "/api/event/auth/admin/login" : "/api/user/auth/login";
      const { body } = await call("POST", path, { body: { email, password: SEED_PASSWORD } });
      return body.access_token;
    },
  };
}

/** The platform at `origin`, which goes on running after the test. */
function openOutside(origin: string): TestPlatform {
  const url = (name: DatabaseName) => onServer(OUTSIDE_DATABASE_URL ?? "postgres://unset", name);
  const pools: Pool[] = [];
  function open(name: DatabaseName): Pool {
    const pool = openPostgres(url(name), { max: 2, name: "evently-journeys" });
    pools.push(pool);
    return pool;
  }
  return {
    ...clientOf(origin),
    port: Number(new URL(origin).port || 80),
    get bindings(): ServiceBindings {
      throw new Error("A platform at TEST_ORIGIN is another process");
    },
    usersUrl: url("users_db"),
    eventsDb: open("events_db"),
    bookingsDb: open("bookings_db"),
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((pool) => pool.end({ timeout: 1 })));
    },
  };
}

/** Returns the body of a successful call; fails the test otherwise. */
export async function dataOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  assert.ok(response.ok, `${response.status} ${JSON.stringify(error)}`);
  return data as Data;
}

const WAIT_LIMIT_MS = 15_000;
const POLL_MS = 25;

/** Polls until `probe` returns a truthy value; throws after a time limit. `what` names the expected state. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  limitMs = WAIT_LIMIT_MS,
): Promise<T> {
  const untilMs = performance.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > untilMs) throw new Error(`timed out waiting until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
