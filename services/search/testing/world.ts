import { ManualClock } from "@evently/shared/clock";
import { Unavailable } from "@evently/shared/errors";
import {
  changesUpTo,
  FEED_START,
  type FeedPosition,
  formatFeedPosition,
  parseFeedPosition,
} from "@evently/shared/feed_position";
import type { ErrorResponse } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import { SILENT_LOGGER } from "@evently/shared/log";
import { GuardedRedis, openRedis } from "@evently/shared/redis";
import { localBinding } from "@evently/shared/services";
import { jsonRequest, readAnswer } from "@evently/shared/testing";
import type { z } from "@hono/zod-openapi";
import assert from "node:assert/strict";
import { createSearchApp } from "../app.ts";
import type { SearchConfig } from "../config.ts";
import { sourcesOf } from "../discovery/sources.ts";
import { createFailoverReader } from "../discovery/failover_reader.ts";
import type { SearchResponse } from "../discovery/wire.ts";
import { createIndexKeeper, type IndexKeeper } from "../feed/index_keeper.ts";
import { type SearchDocument, toDocumentBody } from "../index/document.ts";
import { connect } from "../index/elasticsearch/connect.ts";
import { openEmbedded, openSearchIndex } from "../index/open.ts";
import { type EventQuery, FACETED, type SearchIndex } from "../index/search_index.ts";
import { createBookingActivity, type EventActivity } from "../peers/booking_activity.ts";
import { createChangeFeed } from "../peers/change_feed.ts";
import { createEventInterest } from "../trending/event_interest.ts";
import { createEventViews } from "../trending/event_views.ts";

/** Current time in the tests of search. */
export const NOW = new Date("2026-11-01T12:00:00Z");

const MS_PER_DAY = 86_400_000;
/** A busy machine's engine may take longer than a request may. */
const MAX_ATTEMPTS = 5;

/** The time `days` after {@link NOW}. */
export function daysAhead(days: number): Date {
  return new Date(NOW.getTime() + days * MS_PER_DAY);
}

/** The UTC day `days` after {@link NOW}. */
export function dayAhead(days: number): string {
  return daysAhead(days).toISOString().slice(0, "2026-11-01".length);
}

/** An event on sale that begins in ten days, with words that no test searches for; `given` overrides it. */
export function eventDocument(given: Partial<SearchDocument> = {}): SearchDocument {
  const start = given.startsAt ?? daysAhead(10);
  return {
    eventId: newId(),
    name: "Gathering",
    description: undefined,
    venueName: "Town Square",
    venueAddress: undefined,
    venueCity: "Springfield",
    eventType: "meetup",
    startsAt: start,
    endsAt: new Date(start.getTime() + MS_PER_DAY / 8),
    basePrice: 500,
    currency: "INR",
    timeZone: "UTC",
    availableSeats: 40,
    totalCapacity: undefined,
    status: "published",
    latitude: undefined,
    longitude: undefined,
    imageUrl: undefined,
    organiserName: undefined,
    version: 1,
    updatedAt: daysAhead(-1),
    prices: [given.basePrice ?? 500],
    seatsTaken: undefined,
    laterSeats: [],
    ...given,
  };
}

/** A query without restrictions; `given` overrides it. */
export function eventQuery(given: Partial<EventQuery> = {}): EventQuery {
  return {
    text: "",
    now: NOW,
    city: undefined,
    type: undefined,
    fromDay: undefined,
    toDay: undefined,
    currency: "INR",
    minPrice: undefined,
    maxPrice: undefined,
    status: undefined,
    onlyAvailable: false,
    near: undefined,
    sort: "relevance",
    offset: 0,
    limit: 20,
    after: undefined,
    facets: FACETED,
    ...given,
  };
}

/** An empty index of its own, removed at the end of its scope. */
export interface IndexOfTest extends AsyncDisposable {
  index: SearchIndex;
}

/** Elasticsearch of this run; `undefined` in runs on the embedded stores. */
export const TEST_ELASTICSEARCH_URL = Deno.env.get("TEST_ELASTICSEARCH_URL");

/** Configuration of the run's engine for a whole service; its indices are removed at the end of its scope. */
export function testEngine(): AsyncDisposable & { config: SearchConfig } {
  if (!TEST_ELASTICSEARCH_URL) {
    return { config: { engine: "embedded" }, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  const config = elasticsearchConfig(TEST_ELASTICSEARCH_URL);
  return { config, [Symbol.asyncDispose]: () => dropIndices(config) };
}

/** Opens an index of the run's engine: Elasticsearch if there is one, else the embedded engine. */
export function openTestIndex(): Promise<IndexOfTest> {
  return TEST_ELASTICSEARCH_URL
    ? openElasticsearchIndex(TEST_ELASTICSEARCH_URL)
    : openEmbeddedIndex();
}

/** Opens an embedded index. */
export async function openEmbeddedIndex(): Promise<IndexOfTest> {
  const index = await openEmbedded();
  return { index, [Symbol.asyncDispose]: () => index.close() };
}

/** Opens an Elasticsearch index under a name of its own. */
export async function openElasticsearchIndex(url: string): Promise<IndexOfTest> {
  const config = elasticsearchConfig(url);
  const index = await openSearchIndex(config, { log: SILENT_LOGGER });
  return {
    index,
    async [Symbol.asyncDispose]() {
      await index.close();
      await dropIndices(config);
    },
  };
}

/** Configuration with an index prefix of its own. */
export function elasticsearchConfig(url: string) {
  return {
    engine: "elasticsearch",
    url,
    apiKey: undefined,
    index: `test-${crypto.randomUUID()}`,
    fallback: "none",
    maxEventsInProcess: 0,
  } as const;
}

/** Deletes all indices of a configuration. */
export async function dropIndices(config: { url: string; index: string }): Promise<void> {
  const client = connect({ url: config.url, apiKey: undefined });
  const found = await client.indices.get({ index: `${config.index}-*` });
  for (const index of Object.keys(found)) await client.indices.delete({ index });
  await client.close();
}

const INTERNAL_KEY = "internal-key-of-the-search-tests";

/** Fakes of the services that search calls; tests change what they answer. */
export interface Neighbours {
  /** Pages of `GET /internal/events/changes`; changes are numbered from 1, all in one lane. */
  pages: (SearchDocument | { event_id?: string; name?: string })[][];
  /** Called before a page, counted from 0, is answered; may throw. */
  beforePage: (page: number) => void | Promise<void>;
  /** Response of `GET /internal/bookings/activity`. */
  activity: () => EventActivity[];
  /** Number of requests for the activity. */
  activityCalls: number;
}

/** The search service as clients see it; the clock starts at {@link NOW}. */
export interface SearchWorld extends AsyncDisposable {
  clock: ManualClock;
  neighbours: Neighbours;
  keeper: IndexKeeper;
  redis: { close(): Promise<void> };
  /** Sends a request; those to internal routes carry the key. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  /** Reads a public route, for tests of headers. */
  read(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Indexes an event by the internal route; repeated while the engine does not answer. */
  tell(document: SearchDocument): Promise<Answer>;
}

export interface SendOptions {
  body?: unknown;
  key?: string | undefined;
}

/** A response; each route has some of the fields of the body. */
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
    feed: createChangeFeed(eventService(neighbours), shared),
    clock,
    log: SILENT_LOGGER,
  });
  const keepers = [keeper] as const;
  const sources = sourcesOf({ engine: "embedded" }, { primary: keeper });
  const reader = createFailoverReader(sources, shared);
  const app = createSearchApp({
    log: SILENT_LOGGER,
    clock,
    corsOrigins: "any",
    internalApiKeys: [INTERNAL_KEY],
    pingRedis: () => redis.ping(),
    reader,
    keepers,
    sources,
    interest: createEventInterest({
      bookings: createBookingActivity(bookingService(neighbours), shared),
      views: createEventViews({ redis: new GuardedRedis(redis.client, SILENT_LOGGER), clock }),
      clock,
    }),
  });

  async function send(
    method: string,
    path: string,
    { body, key = path.startsWith("/internal") ? INTERNAL_KEY : undefined }: SendOptions = {},
  ): Promise<Answer> {
    const headers = key ? { "X-API-Key": key } : undefined;
    const request = jsonRequest(method, `http://search.test${path}`, { body, headers });
    const answer = await readAnswer(app.request(request));
    return { status: answer.status, body: answer.body };
  }

  return {
    clock,
    neighbours,
    keeper,
    redis,
    send,
    read: async (path, headers) =>
      await app.request(jsonRequest("GET", `http://search.test${path}`, { headers })),
    async tell(document) {
      const body = { event: toDocumentBody(document) };
      let answer: Answer;
      let attempts = 0;
      do {
        answer = await send("POST", "/internal/search/events", { body });
      } while (answer.status === 503 && ++attempts < MAX_ATTEMPTS);
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
      return answer;
    },
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
      const after = changesUpTo(parseFeedPosition(searchParams.get("after") ?? "0")!);
      const pages = structuredClone(neighbours.pages);
      const last = pages.flat().length;
      let first = 1;
      for (const [number, page] of pages.entries()) {
        const items = page.map((event, i) => ({
          change: first + i,
          event_id: "eventId" in event ? event.eventId : event.event_id ?? newId(),
          event: "eventId" in event ? toDocumentBody(event) : event,
        }));
        first += page.length;
        if (first <= after + 1 && first <= last) continue;
        await neighbours.beforePage(number);
        const changes = items.filter(({ change }) => change > after);
        return pageOf({ changes, position: first - 1, more: first <= last, last });
      }
      return pageOf({ changes: [], position: last, more: false, last });
    },
  }));
}

function pageOf(
  { position, last, ...page }: {
    changes: unknown[];
    position: number;
    more: boolean;
    last: number;
  },
): Response {
  const [taken, end] = [position, last].map((change) => formatFeedPosition(positionAt(change)));
  return Response.json({ ...page, position: taken, last: end });
}

/** The position after so many changes, all in one lane. */
export function positionAt(change: number, lane = 0): FeedPosition {
  return FEED_START.with(lane, change);
}

/** Maximum of the booking service. */
const MAX_ACTIVITY = 100;

function bookingService(neighbours: Neighbours) {
  return localBinding("booking", () => ({
    fetch(request) {
      neighbours.activityCalls++;
      const { pathname, searchParams } = new URL(request.url);
      assert.equal(pathname, "/internal/bookings/activity");
      assert.equal(request.headers.get("X-API-Key"), INTERNAL_KEY);
      assert.ok(Number(searchParams.get("limit")) <= MAX_ACTIVITY);
      return Response.json({
        events: neighbours.activity().map(({ eventId, bookings }) => ({
          event_id: eventId,
          bookings,
        })),
      });
    },
  }));
}

/** Throws as a service that is down. */
export function down(): never {
  throw new Unavailable("The service does not answer");
}
