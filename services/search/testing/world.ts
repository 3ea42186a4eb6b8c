import assert from "node:assert/strict";
import type { z } from "@hono/zod-openapi";
import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import type { ErrorResponse } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import { SILENT_LOGGER } from "@evently/shared/log";
import { GuardedRedis, openRedis } from "@evently/shared/redis";
import { localBinding } from "@evently/shared/services";
import { createSearchApp } from "../app.ts";
import { bookingActivityOver, type EventActivity } from "../peers/booking_activity.ts";
import { changeFeedOver } from "../peers/change_feed.ts";
import { createEventInterest } from "../trending/event_interest.ts";
import { createEventViews } from "../trending/event_views.ts";
import { createIndexKeeper, type IndexKeeper } from "../feed/index_keeper.ts";
import { readerOver } from "../discovery/reader.ts";
import { rememberingReader } from "../discovery/remembering_reader.ts";
import type { SearchDocument } from "../index/document.ts";
import type { SearchResponse } from "../discovery/result.ts";
import { NOW } from "./documents.ts";
import { openTestIndex } from "./indices.ts";

const INTERNAL_KEY = "internal-key-of-the-search-tests";

/** The services that search asks, as far as it can see them; tests change what they say. */
export interface Neighbours {
  /** What `GET /internal/events/changes` has, in pages: the change of an item is its place, from 1. */
  pages: unknown[][];
  /** Called before a page, counted from 0, is answered; what it throws is thrown. */
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
  keeper: IndexKeeper;
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
  const opened = await openTestIndex();
  const neighbours: Neighbours = {
    pages: [[]],
    beforePage: () => {},
    activity: () => [],
    activityCalls: 0,
  };
  const shared = { clock, log: SILENT_LOGGER, internalKey: INTERNAL_KEY };
  const keeper = createIndexKeeper({
    index: opened.index,
    feed: changeFeedOver(eventService(neighbours), shared),
    log: SILENT_LOGGER,
    changed: () => reader.forgetAll(),
  });
  const keepers = [keeper] as const;
  const reader = rememberingReader(readerOver(keepers, shared), shared);
  const app = createSearchApp({
    log: SILENT_LOGGER,
    clock,
    corsOrigins: "any",
    internalApiKey: INTERNAL_KEY,
    pingRedis: () => redis.ping(),
    reader,
    keepers,
    interest: createEventInterest({
      bookings: bookingActivityOver(bookingService(neighbours), shared),
      views: createEventViews({ redis: new GuardedRedis(redis.client, SILENT_LOGGER), clock }),
      clock,
    }),
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
    keeper,
    redis,
    send,
    tell: (event) => send("POST", "/internal/search/events", { body: { event } }),
    async [Symbol.asyncDispose]() {
      await redis.close();
      await opened[Symbol.asyncDispose]();
    },
  };
}

function eventService(neighbours: Neighbours) {
  return localBinding("event", () => ({
    async fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      const authorized = request.headers.get("X-API-Key") === INTERNAL_KEY;
      if (pathname !== "/internal/events/changes" || !authorized) {
        return new Response(null, { status: 404 });
      }
      const after = Number(searchParams.get("after"));
      const pages = structuredClone(neighbours.pages);
      const last = pages.flat().length;
      let first = 1;
      for (const [number, page] of pages.entries()) {
        const items = page.map((event, i) => ({
          change: first + i,
          event_id: (event as { event_id?: string }).event_id ?? newId(),
          event,
        }));
        first += page.length;
        if (first <= after + 1 && first <= last) continue;
        await neighbours.beforePage(number);
        const changes = items.filter(({ change }) => change > after);
        return Response.json({ changes, position: first - 1, more: first <= last, last });
      }
      return Response.json({ changes: [], position: last, more: false, last });
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
