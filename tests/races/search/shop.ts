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

/** What a pass takes in the time of the tests, which else stands still. */
const PASS_MS = 100;
const MS_PER_DAY = 86_400_000;
const RESYNC = "/internal/search/resync";

/** The real event service and the real search service, over a database and an index of their own. */
export interface Shop extends AsyncDisposable {
  /** For a search service in a process of its own. */
  event: Servable;
  internalKey: string;
  /** Puts a search service elsewhere in the place of the shop's own. */
  provideSearch(service: Servable): void;
  sql: Pool;
  venueId: string;
  /** Which calls from the event service to search get lost. */
  loses: () => boolean;
  /** An admin's call of the event service. */
  admin(method: string, path: string, body?: unknown): Promise<Json>;
  /** An internal call of the event service. */
  internal(method: string, path: string, body?: unknown): Promise<Json>;
  /** A call of the search service. */
  search(path: string): Promise<{ status: number; headers: Headers; body: Json }>;
  /** A pass of the event service's and the search service's work in the background. */
  pass(): Promise<void>;
  /** Lets the work in the background go on by itself, as in production. */
  startWorkers(): void;
  /** Has the index built anew. */
  rebuild(): Promise<void>;
  /** What `GET /internal/search/resync` tells. */
  resyncState(): Promise<Json>;
  /** Puts a new search service in the place of the old one, which ends as a killed one does: unasked. */
  replaceSearch(config?: SearchConfig): Promise<void>;
  draft(): Record<string, unknown>;
}

// deno-lint-ignore no-explicit-any -- what came over the wire: the tests say what they expect of it
export type Json = any;

/** @param server the PostgreSQL server; by default the one of `deno task test` */
export async function createShop(config: SearchConfig, server?: string): Promise<Shop> {
  const database =
    await (server === undefined
      ? createTestDatabase("events_db")
      : createTestDatabaseOn(server, "events_db"));
  const context = await createTestContext();
  const event = await openEventService({
    databaseUrl: database.url,
    adminRegistration: "open",
    limits: { guessesPerEmail: 0, requestsPerAddress: 0 },
  }, context);
  context.provide("event", event.app);
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
  const admin = { admin_id: adminId, role: "super_admin", permissions: "{}" } as const;

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
      // A new token each time, as passes may take longer than one is valid.
      const headers = { Authorization: `Bearer ${await context.tokens.issueForAdmin(admin)}` };
      return expectOk(await call(event, `/api/v1/admin${path}`, { method, headers, body }));
    },
    async internal(method, path, body) {
      return expectOk(await call(event, `/internal${path}`, { method, headers: internal, body }));
    },
    search: (path) => call(search, path, { method: "GET", headers: {} }),
    async pass() {
      context.clock.advance(PASS_MS);
      await event.workers.find(({ name }) => name === "number seat changes")?.runNow();
      await Promise.all(search.workers.map((worker) => worker.runNow()));
    },
    startWorkers() {
      [...event.workers, ...search.workers].forEach((worker) => worker.start());
    },
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
