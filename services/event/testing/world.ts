import type { AdminRole } from "@evently/shared/auth";
import type { ManualClock } from "@evently/shared/clock";
import type { Servable } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import type { Pool } from "@evently/shared/postgres";
import { type OpenService, SeatNews } from "@evently/shared/services";
import { createTestContext, createTestDatabase, type TestContext } from "@evently/shared/testing";
import type { EventConfig } from "../config.ts";
import { openEventService } from "../open.ts";
import type { EventResponse } from "../events/wire.ts";
import type { VenueResponse } from "../venues/wire.ts";

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** What a request answered. */
export interface Answer<Body> {
  status: number;
  body: Body;
  headers: Headers;
}

/** What came over the wire: the test says what it expects of it. */
export type Json = Awaited<ReturnType<Response["json"]>>;

/** What a test sends. */
export interface Sent {
  /** As JSON; a text goes as it is. */
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** An admin with a token. */
export interface Actor {
  admin_id: string;
  token: string;
}

/** The real event service on a database of its own, in a time that stands still. */
export interface EventWorld extends AsyncDisposable {
  context: TestContext;
  clock: ManualClock;
  service: OpenService;
  sql: Pool;
  /** The same service once more, as another process has it: with connections of its own. */
  anotherProcess(): Promise<OpenService>;
  /** A public route, below `/api/v1`. */
  send(method: string, path: string, sent?: Sent): Promise<Answer<Json>>;
  /** An internal route, below `/internal`, with the key. */
  internal(method: string, path: string, body?: unknown): Promise<Answer<Json>>;
  /** A new admin. */
  actor(role?: AdminRole): Promise<Actor>;
  /** A new venue of a new organiser, unless one is named. */
  venue(fields?: Record<string, unknown>, owner?: Actor): Promise<VenueResponse>;
  /** A new event of a new organiser, unless one is named, who owns its new venue, unless one is named; published, unless a draft is wished. */
  event(options?: EventOptions): Promise<EventResponse>;
}

export interface EventOptions {
  organiser?: Actor;
  draft?: boolean;
  fields?: Record<string, unknown>;
}

/** Puts up the service; search and booking do not answer, unless the context is given them. */
export async function createEventWorld(config: Partial<EventConfig> = {}): Promise<EventWorld> {
  const database = await createTestDatabase("events_db");
  const context = await createTestContext();
  const { clock } = context;
  const { sql } = database;
  const services: OpenService[] = [];
  async function openService(): Promise<OpenService> {
    const opened = await openEventService({
      databaseUrl: database.url,
      adminRegistration: "open",
      limits: { guessesPerEmail: 0, requestsPerAddress: 0 },
      ...config,
      // Only what this process does is heard of in it.
    }, services.length === 0 ? context : { ...context, seatNews: new SeatNews() });
    services.push(opened);
    return opened;
  }
  const service = await openService();

  function send(method: string, path: string, sent: Sent = {}): Promise<Answer<Json>> {
    return exchange(service.app, method, `/api/v1${path}`, sent);
  }

  const world: EventWorld = {
    context,
    clock,
    service,
    sql,
    anotherProcess: openService,
    send,
    internal: (method, path, body) =>
      exchange(service.app, method, `/internal${path}`, {
        body,
        headers: { "X-API-Key": context.internalApiKey },
      }),
    async actor(role = "event_manager") {
      const adminId = newId();
      await sql`
        INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
        VALUES (${adminId}, ${`${adminId}@example.com`}, '-', 'Admin', ${role}, ${clock.now()},
                ${clock.now()})`;
      const token = await context.tokens.issueForAdmin({
        admin_id: adminId,
        role,
        permissions: "{}",
      });
      return { admin_id: adminId, token };
    },
    async venue(fields = {}, owner) {
      const { token } = owner ?? await world.actor();
      return created(await send("POST", "/admin/venues", { token, body: venueFields(fields) }));
    },
    async event({ organiser, draft = false, fields = {} } = {}) {
      const owner = organiser ?? await world.actor();
      const { token } = owner;
      const venueId = fields.venue_id ?? (await world.venue({}, owner)).venue_id;
      const body = eventFields(clock.now(), { ...fields, venue_id: venueId });
      const event = created(await send("POST", "/admin/events", { token, body }));
      if (draft) return event;
      const status = "published";
      return (await send("PUT", `/admin/events/${event.event_id}`, { token, body: { status } }))
        .body;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(services.map((opened) => opened.close()));
      await context[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
  return world;
}

/** A valid `POST /admin/venues`. */
export function venueFields(fields: Record<string, unknown> = {}): Record<string, unknown> {
  const address = "1 Fort Road";
  return { name: "Shaniwar Wada", address, city: "Pune", capacity: 5_000, ...fields };
}

/** A valid `POST /admin/events`, but for its venue. */
export function eventFields(
  now: Date,
  fields: Record<string, unknown> = {},
): Record<string, unknown> {
  const start = now.getTime() + 30 * DAY_MS;
  return {
    name: "Diwali Night",
    event_type: "festival",
    start_datetime: new Date(start).toISOString(),
    end_datetime: new Date(start + 4 * HOUR_MS).toISOString(),
    total_capacity: 100,
    base_price: 1_499.5,
    ...fields,
  };
}

function created(answer: Answer<Json>): Json {
  if (answer.status !== 201) throw new Error(`not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Sends one request to an app. */
export async function exchange(
  app: Servable,
  method: string,
  path: string,
  { body, token, headers }: Sent,
): Promise<Answer<Json>> {
  const response = await app.fetch(
    new Request(`http://event.test${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
    }),
    {},
  );
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}
