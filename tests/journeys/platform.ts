import assert from "node:assert/strict";
import createClient, { type Client } from "openapi-fetch";
import type { paths } from "@evently/shared/client/gateway";
import type { Hop } from "@evently/shared/http";
import { SYSTEM_CLOCK } from "@evently/shared/clock";
import { type Logger, SILENT_LOGGER } from "@evently/shared/log";
import { DATABASE_VARIABLES, DATABASES, type Pool } from "@evently/shared/postgres";
import type { ServiceBindings } from "@evently/shared/services";
import { createTestDatabase, jsonRequest, readAnswer } from "@evently/shared/testing";
import { openPlatform, readPlatformConfig } from "../../services/gateway/platform.ts";
import { testIndices } from "./elasticsearch.ts";
import { seedDatabases } from "../../services/gateway/prepare_databases.ts";

/** The whole platform with seed data behind an HTTP server; no part is replaced. */
export interface TestPlatform extends AsyncDisposable {
  port: number;
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

/** Starts a platform with new databases and the given variables. */
export async function startTestPlatform(
  variables: Record<string, string> = {},
  { log = SILENT_LOGGER, mapDatabaseUrl = (url) => url }: {
    log?: Logger;
    /** Maps a database URL to the one that the platform uses, e.g. a proxy's. */
    mapDatabaseUrl?: (url: string) => string;
  } = {},
): Promise<TestPlatform> {
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

  const call = callAt(`http://127.0.0.1:${port}`);
  return {
    port,
    bindings: platform.bindings,
    api: createClient<paths>({
      baseUrl: `http://127.0.0.1:${port}`,
      headers: { Connection: "close" },
    }),
    usersUrl: databases[0]!.url,
    eventsDb: databases[1]!.sql,
    bookingsDb: databases[2]!.sql,
    call,
    async logIn(email, { admin = false } = {}) {
      const path = admin ? "/api/event/auth/admin/login" : "/api/user/auth/login";
      const { body } = await call("POST", path, { body: { email, password: SEED_PASSWORD } });
      return body.access_token;
    },
    async [Symbol.asyncDispose]() {
      await server.shutdown();
      await platform.close();
      await indices[Symbol.asyncDispose]();
      await Promise.all(databases.map((database) => database[Symbol.asyncDispose]()));
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
