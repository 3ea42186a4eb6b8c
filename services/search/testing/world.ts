import assert from "node:assert/strict";
import type { z } from "@hono/zod-openapi";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { ErrorResponse } from "@evently/shared/http";
import { SILENT_LOGGER } from "@evently/shared/log";
import { openRedis } from "@evently/shared/redis";
import { localBinding } from "@evently/shared/services";
import { createSearchApp } from "../app.ts";
import { bookingActivityOver, type EventActivity } from "../booking_activity.ts";
import { eventSourceOver } from "../event_source.ts";
import { createIndexFiller, type IndexFiller } from "../index_filler.ts";
import { openSearchIndex } from "../index/open.ts";
import type { SearchDocument } from "../schemas/document.ts";
import type { SearchResponse } from "../schemas/result.ts";
import { NOW } from "./documents.ts";

const INTERNAL_KEY = "internal-key-of-the-search-tests";

/** The services that search asks, as far as it can see them; tests change what they say. */
export interface Neighbours {
  /** What `GET /internal/events` has, in pages. */
  pages: unknown[][];
  /** Called before a page is answered; what it throws is thrown. */
  beforePage: (page: number) => void | Promise<void>;
  /** What `GET /internal/bookings/activity` answers. */
  activity: () => EventActivity[];
  /** How often that was asked. */
  activityCalls: number;
}

/** The search service as clients see it, at {@link NOW}. */
export interface SearchWorld extends AsyncDisposable {
  clock: ManualClock;
  neighbours: Neighbours;
  filler: IndexFiller;
  redis: { close(): Promise<void> };
  /** Sends a request; `internal` ones carry the key. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Tells the service of an event. */
  tell(document: SearchDocument): Promise<Answer>;
}

export interface SendOptions {
  body?: unknown;
  key?: string | undefined;
}

/** An answer; of its body each route has some fields. */
export interface Answer {
  status: number;
  body: z.infer<typeof SearchResponse> & z.infer<typeof ErrorResponse> & {
    suggestions: string[];
    message: string;
    events_indexed: number;
    time_taken: string;
    redis: string;
    openapi: string;
    paths: Record<string, unknown>;
  };
}

export async function createSearchWorld(): Promise<SearchWorld> {
  const clock = new ManualClock(NOW);
  const redis = await openRedis({ kind: "memory" });
  const index = await openSearchIndex({ engine: "embedded" });
  const neighbours: Neighbours = {
    pages: [[]],
    beforePage: () => {},
    activity: () => [],
    activityCalls: 0,
  };
  const shared = { clock, log: SILENT_LOGGER, internalKey: INTERNAL_KEY };
  const source = eventSourceOver(eventService(neighbours), shared);
  const filler = createIndexFiller({ index, source, ...shared });
  const app = createSearchApp({
    log: SILENT_LOGGER,
    clock,
    cors_origins: "any",
    internal_api_key: INTERNAL_KEY,
    pingRedis: () => redis.ping(),
    index,
    filler,
    activity: bookingActivityOver(bookingService(neighbours), shared),
  });

  async function send(
    method: string,
    path: string,
    { body, key = path.startsWith("/internal") ? INTERNAL_KEY : undefined }: SendOptions = {},
  ): Promise<Answer> {
    const response = await app.request(path, {
      method,
      headers: {
        ...(key ? { "X-API-Key": key } : {}),
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  return {
    clock,
    neighbours,
    filler,
    redis,
    send,
    tell: (event) => send("POST", "/internal/search/events", { body: { event } }),
    [Symbol.asyncDispose]: () => redis.close(),
  };
}

function eventService(neighbours: Neighbours) {
  return localBinding("event", () => ({
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname !== "/internal/events" || request.headers.get("X-API-Key") !== INTERNAL_KEY) {
        return new Response(null, { status: 404 });
      }
      const page = Number(searchParams.get("after") ?? 0);
      const events = structuredClone(neighbours.pages[page]);
      await neighbours.beforePage(page);
      const next = page + 1 < neighbours.pages.length ? String(page + 1) : undefined;
      return Response.json({ events, next });
    },
  }));
}

/** The booking service refuses to tell more. */
const MAX_ACTIVITY = 100;

function bookingService(neighbours: Neighbours) {
  return localBinding("booking", () => ({
    fetch(request) {
      neighbours.activityCalls++;
      const { pathname, searchParams } = new URL(request.url);
      assert.equal(pathname, "/internal/bookings/activity");
      assert.equal(request.headers.get("X-API-Key"), INTERNAL_KEY);
      assert.ok(Number(searchParams.get("limit")) <= MAX_ACTIVITY);
      return Response.json({ events: neighbours.activity() });
    },
  }));
}

/** What a neighbour that is down throws. */
export function down(): never {
  throw new Unavailable("The service does not answer");
}
