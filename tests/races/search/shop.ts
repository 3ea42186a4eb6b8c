import assert from "node:assert/strict";
import { openEventService } from "@evently/event";
import { newId } from "@evently/shared/ids";
import type { Servable } from "@evently/shared/http";
import type { Pool } from "@evently/shared/postgres";
import type { OpenService } from "@evently/shared/services";
import {
  createTestContext,
  createTestDatabase,
  createTestDatabaseOn,
} from "@evently/shared/testing";
import type { SearchConfig } from "../../../services/search/config.ts";
import { openSearchService } from "../../../services/search/open.ts";

/** How far a pass of the workers advances the clock, which stands still otherwise. */
const PASS_MS = 100;
const MS_PER_DAY = 86_400_000;
const RESYNC = "/internal/search/resync";
const CHANGES = "/internal/events/changes";

/** The real event and search services with a separate database and index. */
export interface Shop extends AsyncDisposable {
  /** The event service, for a search service in another process. */
  event: Servable;
  internalKey: string;
  /** Replaces the shop's search service, for one in another process. */
  provideSearch(service: Servable): void;
  sql: Pool;
  venueId: string;
  /** Whether the next call from the event service to search is lost; replaced by tests. */
  loses: () => boolean;
  /** Calls the event service as an admin. */
  admin(method: string, path: string, body?: unknown): Promise<Json>;
  /** Calls an internal route of the event service. */
  internal(method: string, path: string, body?: unknown): Promise<Json>;
  /** Calls the search service. */
  search(path: string): Promise<{ status: number; headers: Headers; body: Json }>;
  /** Runs the workers of both services once. */
  pass(): Promise<void>;
  /** Starts the workers of both services, as in production. */
  startWorkers(): void;
  /** Resolves when the search service has read the event service's change feed once more. */
  feedRead(): Promise<void>;
  /** Rebuilds the index. */
  rebuild(): Promise<void>;
  /** Body of `GET /internal/search/resync`. */
  resyncState(): Promise<Json>;
  /** Replaces the search service by a new one without closing the old one, as if it had been killed. */
  replaceSearch(config?: SearchConfig): Promise<void>;
  draft(): Record<string, unknown>;
}

// deno-lint-ignore no-explicit-any -- the tests assert the shape
export type Json = any;

/**
 * Creates a shop over new databases.
 *
 * @param server URL of the PostgreSQL server; by default that of the test run
 */
export async function createShop(config: SearchConfig, server?: string): Promise<Shop> {
  const database =
    await (server === undefined
      ? createTestDatabase("events_db")
      : createTestDatabaseOn(server, "events_db"));
  const context = await createTestContext();
  const event = await openEventService({
    databaseUrl: database.url,
    adminRegistration: "open",
    limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 0 },
  }, context);
  let nextFeedRead = Promise.withResolvers<void>();
  context.provide("event", {
    async fetch(request, hop) {
      const response = await event.app.fetch(request, hop);
      if (new URL(request.url).pathname === CHANGES) {
        nextFeedRead.resolve();
        nextFeedRead = Promise.withResolvers();
      }
      return response;
    },
  });
  let search: OpenService = await openSearchService(config, context);
  const replaced: OpenService[] = [];
  context.provide("search", {
    fetch: (request, hop) =>
      shop.loses() ? new Response("lost", { status: 503 }) : search.app.fetch(request, hop),
  });

  const { sql } = database;
  const [adminId, venueId, now] = [newId(), newId(), context.clock.now()];
  await sql`
    INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
    VALUES (${adminId}, 'admin@example.com', '-', 'Admin', 'super_admin', ${now}, ${now})`;
  await sql`
    INSERT INTO venues (venue_id, name, name_key, address, address_key, city, city_key, country, capacity,
                        created_by, created_at, updated_at)
    VALUES (${venueId}, 'Hall', 'hall', '1 Road', '1 road', 'Pune', 'pune', 'India', 500, ${adminId}, ${now},
            ${now})`;
  const admin = { adminId, role: "super_admin", permissions: "{}" } as const;

  async function call(
    service: OpenService,
    path: string,
    init: { method: string; headers: Record<string, string>; body?: unknown },
  ) {
    const response = await service.app.fetch(
      new Request(`http://shop.test${path}`, {
        method: init.method,
        headers: { ...init.headers, "Content-Type": "application/json" },
        body: init.body === undefined ? null : JSON.stringify(init.body),
      }),
      {},
    );
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  const internal = { "X-API-Key": context.internalApiKey };
  const shop: Shop = {
    event: event.app,
    internalKey: context.internalApiKey,
    provideSearch: (service) => context.provide("search", service),
    sql,
    venueId,
    loses: () => false,
    async admin(method, path, body) {
      // A new token each time, as passes advance the clock beyond its expiry.
      const headers = { Authorization: `Bearer ${await context.tokens.issueForAdmin(admin)}` };
      return expectOk(await call(event, `/api/v1/admin${path}`, { method, headers, body }));
    },
    async internal(method, path, body) {
      return expectOk(await call(event, `/internal${path}`, { method, headers: internal, body }));
    },
    search: (path) => call(search, path, { method: "GET", headers: {} }),
    async pass() {
      context.clock.advance(PASS_MS);
      await event.workers.find(({ name }) => name === "number changes")?.runNow();
      await Promise.all(search.workers.map((worker) => worker.runNow()));
    },
    startWorkers() {
      [...event.workers, ...search.workers].forEach((worker) => worker.start());
    },
    feedRead: () => nextFeedRead.promise,
    async rebuild() {
      await call(search, RESYNC, { method: "POST", headers: internal, body: {} });
    },
    async resyncState() {
      return (await call(search, RESYNC, { method: "GET", headers: internal })).body;
    },
    async replaceSearch(next = config) {
      replaced.push(search);
      search = await openSearchService(next, context);
    },
    draft: () => ({
      name: `Event ${crypto.randomUUID()}`,
      venue_id: venueId,
      event_type: "concert",
      start_datetime: new Date(now.getTime() + 30 * MS_PER_DAY).toISOString(),
      end_datetime: new Date(now.getTime() + 31 * MS_PER_DAY).toISOString(),
      total_capacity: 50,
      base_price: 100,
    }),
    async [Symbol.asyncDispose]() {
      for (const service of [search, ...replaced, event]) {
        await Promise.all(service.workers.map((worker) => worker.stop()));
        await service.close();
      }
      await context[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
  return shop;
}

function expectOk({ status, body }: { status: number; body: Json }): Json {
  assert.ok(status < 400, JSON.stringify(body));
  return body;
}
