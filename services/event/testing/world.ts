import assert from "node:assert/strict";
import type { AdminRole } from "@evently/shared/auth";
import type { ManualClock } from "@evently/shared/clock";
import { isPast, parseFeedPosition } from "@evently/shared/feed_position";
import { LANES } from "@evently/shared/lanes";
import type { Servable } from "@evently/shared/http";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Pool, type Sql, transaction } from "@evently/shared/postgres";
import { type OpenService, SeatNews, type SeatsSeen } from "@evently/shared/services";
import {
  createTestContext,
  createTestDatabase,
  jsonRequest,
  readAnswer,
  type TestContext,
} from "@evently/shared/testing";
import type { EventConfig } from "../config.ts";
import type { EventResponse } from "../events/wire.ts";
import { auditAll } from "../inventory/ledger/audit_all.ts";
import { auditEvent } from "../inventory/ledger/audit_event.ts";
import type { CommitResponse, HoldResponse, ReleaseResponse } from "../inventory/wire.ts";
import { openEventService, type WebhookNetwork } from "../open.ts";
import { numberChanges } from "../search_feed/number_changes.ts";
import type { PoolResponse } from "../pools/wire.ts";
import type { ManagedTicketTypeResponse } from "../ticket_types/wire.ts";
import type { VenueResponse } from "../venues/wire.ts";

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;

/** The response to a request. */
export interface Answer<Body> {
  status: number;
  body: Body;
  headers: Headers;
}

/** A JSON body, whose shape the test asserts. */
export type Json = Awaited<ReturnType<Response["json"]>>;

/** The content of a request. */
export interface Sent {
  /** Sent as JSON; a text is sent as it is. */
  body?: unknown;
  token?: string;
  headers?: Record<string, string>;
}

/** An admin with a token. */
export interface Actor {
  admin_id: string;
  token: string;
}

/** The real event service on a database of its own, with a manual clock. */
export interface EventWorld extends AsyncDisposable {
  context: TestContext;
  clock: ManualClock;
  service: OpenService;
  sql: Pool;
  /** Opens the service once more, as another process would. */
  anotherProcess(): Promise<OpenService>;
  /** Opens further connections to events_db, as another process would. */
  anotherPool(): Pool;
  /** Sends a request to a route below `/api/v1`. */
  send(method: string, path: string, sent?: Sent): Promise<Answer<Json>>;
  /** Sends a request to a route below `/internal`, with the internal key. */
  internal(method: string, path: string, body?: unknown): Promise<Answer<Json>>;
  /** Creates an admin. */
  actor(role?: AdminRole): Promise<Actor>;
  /** Creates a venue; without `owner`, of a new organiser. */
  venue(fields?: Record<string, unknown>, owner?: Actor): Promise<VenueResponse>;
  /** Creates a published event, or a draft; organiser and venue are new unless given. */
  event(options?: EventOptions): Promise<EventResponse>;
}

export interface EventOptions {
  organiser?: Actor;
  draft?: boolean;
  fields?: Record<string, unknown>;
}

/** Opens the service; search and booking do not answer unless a test binds them. */
export async function createEventWorld(
  config: Partial<EventConfig> = {},
  network?: WebhookNetwork,
): Promise<EventWorld> {
  const database = await createTestDatabase("events_db");
  const context = await createTestContext();
  const { clock } = context;
  const { sql } = database;
  const services: OpenService[] = [];
  async function openService(): Promise<OpenService> {
    const opened = await openEventService(
      {
        databaseUrl: database.url,
        adminRegistration: "open",
        limits: { guessesPerEmail: 0, requestsPerAddress: 0, mailsPerHour: 0 },
        ...config,
        // Each process hears only its own seat news.
      },
      services.length === 0 ? context : { ...context, seatNews: new SeatNews() },
      network,
    );
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
    anotherPool: () => database.openPool(),
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
        adminId,
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
      for (const { endStreams } of services) endStreams?.();
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

/** A valid `POST /admin/events`, except for its venue. */
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
  sent: Sent,
): Promise<Answer<Json>> {
  return await readAnswer(app.fetch(jsonRequest(method, `http://event.test${path}`, sent), {}));
}

/** Duration of the holds of tests. */
export const HOLD_TTL_MS = 5 * 60_000;

/** An allocation to hold; without `id`, a new one. */
export interface Wish {
  id?: string;
  quantity?: number;
  expires_at?: string;
  unit_price_minor?: number;
}

/** The only batch of a response. */
export type BatchOf<Response extends { batches: unknown[] }> = Response["batches"][number];

/** Client of the seat routes for one event. */
export interface Seats {
  hold(wishes: Wish[], options?: Record<string, unknown>): Promise<BatchOf<HoldResponse>>;
  commit(...ids: string[]): Promise<BatchOf<CommitResponse>>;
  release(...ids: string[]): Promise<BatchOf<ReleaseResponse>>;
  /** Holds seats; returns the allocation's id. */
  held(quantity?: number): Promise<string>;
  /** Opens or closes the list of the default type, whatever is free: as if somebody had begun to wait earlier. */
  waitlist(open: boolean): Promise<void>;
}

export function seatsOf(world: EventWorld, eventId: string): Seats {
  /** Sends one batch for this event. */
  async function batch(
    path: string,
    { items, allocation_ids, ...options }: Record<string, unknown>,
  ) {
    const body = { batches: [{ event_id: eventId, items, allocation_ids }], ...options };
    const answer = await world.internal("POST", `/seats/${path}`, body);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    return answer.body.batches[0];
  }
  const expiry = () => new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();
  const seats: Seats = {
    hold: (wishes, options = {}) =>
      batch("hold", {
        items: wishes.map(({ id = newId(), quantity = 1, expires_at = expiry(), ...price }) => ({
          allocation_id: id,
          quantity,
          expires_at,
          ...price,
        })),
        ...options,
      }),
    commit: (...allocationIds) => batch("commit", { allocation_ids: allocationIds }),
    release: (...allocationIds) => batch("release", { allocation_ids: allocationIds }),
    async held(quantity = 1) {
      const id = newId();
      const { results } = await seats.hold([{ id, quantity }]);
      if (results[0]?.outcome !== "held") throw new Error(JSON.stringify(results));
      return id;
    },
    async waitlist(open) {
      world.context.seatNews.tell(eventId, await setWaitlistOpen(world.sql, eventId, open));
    },
  };
  return seats;
}

/**
 * Opens or closes the list of a ticket type, by default the default one, whatever is free; returns the seats of the house
 * after it.
 */
export function setWaitlistOpen(
  sql: Pool,
  eventId: string,
  open: boolean,
  type = 0,
): Promise<SeatsSeen> {
  return transaction(sql, async (tx) => {
    await tx`SELECT FROM lock_inventory(${eventId})`;
    const changed = await tx`
      UPDATE ticket_types SET waitlist_open = ${open}
       WHERE event_id = ${eventId} AND type = ${type} AND waitlist_open <> ${open}
      RETURNING type`;
    if (changed.length > 0) await tx`SELECT FROM settle_set_aside(${eventId})`;
    return await exactlyOne(
      tx<SeatsSeen[]>`
      SELECT capacity - held - sold - set_aside AS "availableSeats", set_aside AS "setAside", seq
        FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`,
      (row) => ({ ...row }),
    );
  });
}

/** The outcomes of a batch's results, in order. */
export function outcomes({ results }: { results: { outcome: string }[] }): string[] {
  return results.map(({ outcome }) => outcome);
}

/** Most pages of the change feed that a test reads. */
const MAX_FEED_PAGES = 200;

/** The position at which the change feed ends. */
export async function feedEnd(world: EventWorld): Promise<string> {
  return (await world.internal("GET", "/events/changes")).body.last;
}

/** Reads the change feed after a position, in the smallest pages. Asserts that no lane goes back. */
export async function readFeed(
  world: EventWorld,
  after = "0",
): Promise<{ items: Json[]; position: string }> {
  await numberChanges({ seatSql: world.sql });
  const items: Json[] = [];
  for (let pages = 0; pages < MAX_FEED_PAGES; pages++) {
    const query = `limit=${LANES}&after=${after}`;
    const { status, body } = await world.internal("GET", `/events/changes?${query}`);
    assert.equal(status, 200, JSON.stringify(body));
    assert.ok(body.changes.length <= LANES, `${body.changes.length} changes in a page`);
    const [before, position] = [after, body.position].map((text) => parseFeedPosition(text)!);
    assert.ok(!isPast(before!, position!), `from ${after} to ${body.position}`);
    items.push(...body.changes);
    after = body.position;
    if (!body.more) return { items, position: after };
  }
  throw new Error("the feed does not end");
}

/** The numbers of all changes so far, by lane and event. */
export async function numberedChanges({ sql }: EventWorld) {
  await numberChanges({ seatSql: sql });
  return [...await sql`SELECT * FROM event_changes ORDER BY lane, event_id`];
}

/** Client of the organiser's routes for what one event sells. */
export interface Offer {
  eventId: string;
  /** Sends a request to a route below the event's, such as `/pools`. */
  send(method: string, path: string, body?: unknown): Promise<Answer<Json>>;
  /** Creates a ticket type. */
  type(fields?: Record<string, unknown>): Promise<ManagedTicketTypeResponse>;
  /** Changes a ticket type; a refusal fails the test. */
  change(ticketTypeId: string, fields: Record<string, unknown>): Promise<ManagedTicketTypeResponse>;
  types(): Promise<ManagedTicketTypeResponse[]>;
  /** Creates a pool. */
  pool(fields?: Record<string, unknown>): Promise<PoolResponse>;
  pools(): Promise<PoolResponse[]>;
  /** Holds tickets of a type; returns "held" or the reason of the refusal. */
  tryHold(ticketTypeId: string, options?: TicketsWished): Promise<string>;
  /** Holds tickets of a type; returns the allocation's id. */
  held(ticketTypeId: string, options?: TicketsWished): Promise<string>;
}

export interface TicketsWished {
  id?: string;
  quantity?: number;
  buyerId?: string;
}

/** A new published event, unless one is given, with its organiser's client. */
export async function createOffer(
  world: EventWorld,
  { organiser, eventId, ...options }: EventOptions & { eventId?: string } = {},
): Promise<Offer> {
  const owner = organiser ?? await world.actor();
  const { token } = owner;
  const event = eventId ?? (await world.event({ ...options, organiser: owner })).event_id;
  const expiry = () => new Date(world.clock.now().getTime() + HOLD_TTL_MS).toISOString();

  function send(method: string, path: string, body?: unknown): Promise<Answer<Json>> {
    return world.send(method, `/admin/events/${event}${path}`, { token, body });
  }

  async function listed(path: string): Promise<Json> {
    const { status, body } = await send("GET", path);
    assert.equal(status, 200, JSON.stringify(body));
    return body;
  }

  const offer: Offer = {
    eventId: event,
    send,
    type: async (fields = {}) =>
      created(await send("POST", "/ticket-types", { name: "Balcony", price: 500, ...fields })),
    async change(ticketTypeId, fields) {
      const { status, body } = await send("PUT", `/ticket-types/${ticketTypeId}`, fields);
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    },
    types: async () => (await listed("/ticket-types")).ticket_types,
    pool: async (fields = {}) =>
      created(await send("POST", "/pools", { name: "Stalls", capacity: 10, ...fields })),
    pools: async () => (await listed("/pools")).pools,
    async tryHold(ticketTypeId, { id = newId(), quantity = 1, buyerId } = {}) {
      const item = {
        allocation_id: id,
        quantity,
        expires_at: expiry(),
        ticket_type_id: ticketTypeId,
        buyer_id: buyerId,
      };
      const { status, body } = await world.internal("POST", "/seats/hold", {
        batches: [{ event_id: event, items: [item] }],
      });
      assert.equal(status, 200, JSON.stringify(body));
      const [{ outcome, reason }] = body.batches[0].results;
      return outcome === "refused" ? reason ?? "refused" : outcome;
    },
    async held(ticketTypeId, options = {}) {
      const id = options.id ?? newId();
      const outcome = await offer.tryHold(ticketTypeId, { ...options, id });
      if (outcome !== "held") throw new Error(`not held: ${outcome}`);
      return id;
    },
  };
  return offer;
}

/** Asserts that the counters of each pool of an event are the sums over its allocations, and none is oversold. */
export async function assertPoolsAddUp(sql: Sql, eventId: string): Promise<void> {
  const wrong = await sql`
    SELECT i.pool, i.capacity, i.held, i.sold, taken.held AS should_hold, taken.sold AS should_sell
      FROM seat_inventory i
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(a.quantity * d.units) FILTER (WHERE a.state = 'held'), 0) AS held,
              coalesce(sum(a.quantity * d.units) FILTER (WHERE a.state = 'sold'), 0) AS sold
         FROM seat_allocations a
        CROSS JOIN LATERAL unnest(coalesce(a.pools, '{0}'), coalesce(a.units, '{1}')) AS d (pool, units)
        WHERE a.event_id = i.event_id AND d.pool = i.pool
     ) AS taken
     WHERE i.event_id = ${eventId}
       AND (i.held <> taken.held OR i.sold <> taken.sold OR i.held + i.sold + i.set_aside > i.capacity)`;
  assert.deepEqual([...wrong], [], "the pools do not add up");
}

/** The balances of an event's inventory. */
export function countSeats(
  sql: Sql,
  eventId: string,
): Promise<{ available: number; held: number; sold: number; set_aside: number }> {
  return exactlyOne(
    sql<{ available: number; held: number; sold: number; set_aside: number }[]>`
    SELECT capacity - held - sold - set_aside AS available, held, sold, set_aside
      FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`,
    (row) => ({ ...row }),
  );
}

/**
 * Asserts the invariants of the seat inventory, of one event or of all: ledger, inventory and allocations agree, and
 * the ledger's chain is intact; no more seats are taken than exist; as many are set aside as those who wait could use,
 * and none without a waitlist.
 *
 * @param sql events_db
 * @throws {assert.AssertionError} shows the inconsistent events
 */
export async function assertInventoryAddsUp(sql: Pool, eventId?: string): Promise<void> {
  const wrong = await sql`
    SELECT i.*
      FROM seat_inventory i
      JOIN seat_inventory house ON house.event_id = i.event_id AND house.pool = 0
     WHERE i.event_id = coalesce(${eventId ?? null}, i.event_id)
       AND (i.held + i.sold + i.set_aside > i.capacity
        OR (NOT house.waitlist_open AND i.set_aside > 0))`;
  assert.deepEqual([...wrong], [], "the seat inventory does not add up");
  for await (const { eventId: audited, report } of audits(sql, eventId)) {
    assert.deepEqual(report.discrepancies, [], `the ledger of event ${audited} does not add up`);
  }
}

async function* audits(sql: Pool, eventId: string | undefined): ReturnType<typeof auditAll> {
  if (eventId === undefined) yield* auditAll(sql);
  else yield { eventId, report: await auditEvent({ sql }, { eventId, organisations: undefined }) };
}
