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

/** The whole platform, seeded, behind a real server; everything in it is the real part. */
export interface TestPlatform extends AsyncDisposable {
  port: number;
  bindings: ServiceBindings;
  usersUrl: string;
  eventsDb: Pool;
  bookingsDb: Pool;
  /** Calls the API by its operations; see {@link dataOf}. */
  api: Client<paths>;
  /** A call over HTTP; the answer's body is parsed. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** Logs in; answers the access token. */
  logIn(email: string, options?: { admin?: boolean }): Promise<string>;
}

/** A call's credentials and body. */
export interface CallOptions {
  token?: string;
  body?: unknown;
  signal?: AbortSignal;
}

/** What came back. */
export interface Answer {
  status: number;
  headers: Headers;
  // deno-lint-ignore no-explicit-any -- whatever it is, the assertions say
  body: any;
}

/** Calls a platform over HTTP, a connection a call. */
export function callAt(origin: string): TestPlatform["call"] {
  return async function call(method, path, { token, body, signal } = {}) {
    const headers = { Connection: "close" };
    return await readAnswer(
      fetch(jsonRequest(method, origin + path, { token, body, headers, signal })),
    );
  };
}

const SEED_PASSWORD = "11111111";

/** Starts a platform with the given variables over its own databases. */
export async function startTestPlatform(
  variables: Record<string, string> = {},
  { log = SILENT_LOGGER, reach = (url) => url }: {
    log?: Logger;
    /** How a database is reached, where a test stands in between. */
    reach?: (url: string) => string;
  } = {},
): Promise<TestPlatform> {
  const databases = await Promise.all(DATABASES.map(createTestDatabase));
  const redisUrl = Deno.env.get("TEST_REDIS_URL");
  const indices = testIndices();
  const env = {
    ENVIRONMENT: "development",
    LOG_LEVEL: "silent",
    ...Object.fromEntries(
      DATABASES.map((name, i) => [DATABASE_VARIABLES[name], reach(databases[i]!.url)]),
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

/** The body of a success. */
export async function dataOf<Data>(
  call: Promise<{ data?: Data; error?: unknown; response: Response }>,
): Promise<Data> {
  const { data, error, response } = await call;
  assert.ok(response.ok, `${response.status} ${JSON.stringify(error)}`);
  return data as Data;
}

/** The header of an access token. */
export function bearer(token: string): { Authorization: string } {
  return { Authorization: `Bearer ${token}` };
}

const WAIT_LIMIT_MS = 15_000;
const POLL_MS = 25;

/** Waits, within a limit, until something that happens in the background has happened. */
export async function eventually<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
): Promise<T> {
  const untilMs = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const found = await probe();
    if (found) return found;
    if (performance.now() > untilMs) throw new Error(`it did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
