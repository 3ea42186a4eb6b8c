import assert from "node:assert/strict";
import { PasswordHasher } from "@evently/shared/auth";
import { newId } from "@evently/shared/ids";
import { exactlyOne } from "@evently/shared/postgres";
import { seedEvents } from "../seed.ts";
import {
  type Actor,
  createEventWorld,
  createOffer,
  eventFields,
  type EventWorld,
  type Json,
  readFeed,
  seatsOf,
  venueFields,
} from "../testing/world.ts";
import { numberChanges } from "./number_changes.ts";

/** A published event with held and sold seats at a venue of its own. */
interface Stage {
  world: EventWorld;
  organiser: Actor;
  venueId: string;
  eventId: string;
  heldId: string;
}

/** One use of a route; `alters`: whether search documents change. */
interface Use {
  run(stage: Stage): Promise<unknown>;
  alters: boolean;
}

const YEAR_MS = 365 * 24 * 3_600_000;

function admin(method: string, path: (stage: Stage) => string, body?: unknown): Use {
  return {
    alters: true,
    async run(stage) {
      const { world, organiser: { token } } = stage;
      const answer = await world.send(method, path(stage), { token, body });
      assert.ok(answer.status < 300, JSON.stringify(answer.body));
    },
  };
}

function internal(path: (stage: Stage) => string, body: (stage: Stage) => unknown): Use {
  return {
    alters: true,
    async run(stage) {
      const answer = await stage.world.internal("POST", path(stage), body(stage));
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    },
  };
}

function direct(route: string, quantity: number): Use {
  return {
    alters: true,
    async run({ world, eventId }) {
      const version = await exactlyOne(
        world.sql<{ version: number }[]>`SELECT version FROM events WHERE event_id = ${eventId}`,
        (row) => row.version,
      );
      const answer = await world.internal("POST", `/events/${eventId}/${route}`, {
        quantity,
        version,
      });
      assert.equal(answer.status, 200, JSON.stringify(answer.body));
    },
  };
}

function batch(stage: Stage, items: Record<string, unknown>) {
  return { batches: [{ event_id: stage.eventId, ...items }] };
}

const theEvent = ({ eventId }: Stage) => `/admin/events/${eventId}`;
const theVenue = ({ venueId }: Stage) => `/admin/venues/${venueId}`;
const inAnHour = ({ world }: Stage) => new Date(world.clock.now().getTime() + 3_600_000);

/** Has somebody wait for two tickets. */
const openList = internal(
  ({ eventId }) => `/events/${eventId}/waitlist/open`,
  ({ eventId }) => ({ wanted: [{ ticket_type_ids: [eventId], min_quantity: 2 }] }),
);

/** Leaves one of the seats of the stage for sale, which others have taken or hold. */
async function leaveOneSeat(stage: Stage): Promise<void> {
  await admin("PUT", theEvent, { total_capacity: 6 }).run(stage);
}

/** Uses of every route that may change an event, a venue or seats. */
const USES: Readonly<Record<string, readonly Use[]>> = {
  "POST /api/v1/admin/events": [{
    // A draft is no search document yet, but the feed has it.
    alters: true,
    async run({ world, organiser: { token }, venueId }) {
      const body = eventFields(world.clock.now(), { venue_id: venueId });
      assert.equal((await world.send("POST", "/admin/events", { token, body })).status, 201);
    },
  }],
  "PUT /api/v1/admin/organisations/{id}": [
    // Its events show the name.
    admin("PUT", ({ organiser }) => `/admin/organisations/${organiser.admin_id}`, { name: "Team" }),
  ],
  "DELETE /api/v1/auth/admin/account": [{
    // Events of nobody lose the name of their organiser.
    alters: true,
    async run({ world, organiser: { admin_id: adminId } }) {
      const password = "correct horse";
      const hash = await new PasswordHasher().hash(password);
      await world.sql`UPDATE admins SET password_hash = ${hash} WHERE admin_id = ${adminId}`;
      world.clock.advance(YEAR_MS);
      const role = "event_manager";
      const token = await world.context.tokens.issueForAdmin({ adminId, role, permissions: "{}" });
      const { status } = await world.send("DELETE", "/auth/admin/account", {
        token,
        body: { password },
      });
      assert.equal(status, 200);
    },
  }],
  "POST /api/v1/admin/events/drafts": [
    admin("POST", () => "/admin/events/drafts", { name: "Fest" }),
  ],
  "POST /api/v1/admin/events/{id}/duplicate": [
    admin("POST", (stage) => `${theEvent(stage)}/duplicate`, {}),
  ],
  "PUT /api/v1/admin/events/{id}": [
    admin("PUT", theEvent, { name: "Renamed" }),
    admin("PUT", theEvent, { description: "Lights", event_type: "fair", base_price: 12 }),
    admin("PUT", theEvent, { total_capacity: 50 }),
    admin("PUT", theEvent, { timezone: "Asia/Kolkata", max_tickets_per_booking: 3 }),
    {
      alters: true,
      async run(stage) {
        const { venue_id } = await stage.world.venue({ city: "Agra" });
        await admin("PUT", theEvent, { venue_id }).run(stage);
      },
    },
    admin("PUT", theEvent, { status: "cancelled" }),
  ],
  "DELETE /api/v1/admin/events/{id}": [admin("DELETE", theEvent)],
  "POST /api/v1/admin/events/{id}/pools": [{
    alters: false,
    async run(stage) {
      const offer = await createOffer(stage.world, stage);
      await offer.pool();
    },
  }],
  "PUT /api/v1/admin/events/{id}/pools/{pool_id}": [
    admin("PUT", (stage) => `${theEvent(stage)}/pools/${stage.eventId}`, { capacity: 50 }),
  ],
  "DELETE /api/v1/admin/events/{id}/pools/{pool_id}": [{
    alters: false,
    async run(stage) {
      const offer = await createOffer(stage.world, stage);
      const { pool_id } = await offer.pool();
      await admin("DELETE", () => `${theEvent(stage)}/pools/${pool_id}`).run(stage);
    },
  }],
  "POST /api/v1/admin/events/{id}/ticket-types": [{
    alters: true,
    async run(stage) {
      const offer = await createOffer(stage.world, stage);
      await offer.type({ status: "paused" });
    },
  }],
  "PUT /api/v1/admin/events/{id}/ticket-types/{ticket_type_id}": [
    admin("PUT", (stage) => `${theEvent(stage)}/ticket-types/${stage.eventId}`, { price: 12 }),
    admin("PUT", (stage) => `${theEvent(stage)}/ticket-types/${stage.eventId}`, { capacity: 9 }),
    admin("PUT", (stage) => `${theEvent(stage)}/ticket-types/${stage.eventId}`, {
      status: "paused",
    }),
  ],
  "DELETE /api/v1/admin/events/{id}/ticket-types/{ticket_type_id}": [{
    alters: false,
    async run(stage) {
      const offer = await createOffer(stage.world, stage);
      const { ticket_type_id } = await offer.type({ status: "paused" });
      await admin("DELETE", () => `${theEvent(stage)}/ticket-types/${ticket_type_id}`).run(stage);
    },
  }],
  "POST /api/v1/admin/venues": [{
    alters: false,
    run: admin("POST", () => "/admin/venues", venueFields()).run,
  }],
  "PUT /api/v1/admin/venues/{id}": [
    admin("PUT", theVenue, { name: "Fort", city: "Agra" }),
    admin("PUT", theVenue, { address: "2 Fort Road", latitude: 27.18, longitude: 78.02 }),
  ],
  "DELETE /api/v1/admin/venues/{id}": [{
    alters: false,
    async run(stage) {
      const { venue_id } = await stage.world.venue({}, stage.organiser);
      await admin("DELETE", () => `/admin/venues/${venue_id}`).run(stage);
    },
  }],
  "POST /internal/events/{id}/update-availability": [direct("update-availability", -2)],
  "POST /internal/events/{id}/return-seats": [{
    alters: true,
    async run(stage) {
      await direct("update-availability", -2).run(stage);
      await direct("return-seats", 1).run(stage);
    },
  }],
  "POST /internal/events/{id}/waitlist/open": [
    { ...openList, alters: false },
    {
      alters: true,
      async run(stage) {
        await leaveOneSeat(stage);
        await openList.run(stage);
      },
    },
  ],
  "POST /internal/events/{id}/waitlist/close": [{
    alters: true,
    async run(stage) {
      await leaveOneSeat(stage);
      await openList.run(stage);
      await internal(
        () => `/events/${stage.eventId}/waitlist/close`,
        () => ({ types: [{ ticket_type_id: stage.eventId, generation: 1 }] }),
      ).run(stage);
    },
  }],
  "POST /internal/events/{id}/seats/extend": [{
    alters: false,
    run: internal(
      ({ eventId }) => `/events/${eventId}/seats/extend`,
      (stage) => ({ items: [{ allocation_id: stage.heldId, expires_at: inAnHour(stage) }] }),
    ).run,
  }],
  "POST /internal/seats/hold": [
    internal(
      () => "/seats/hold",
      (stage) =>
        batch(stage, {
          items: [{ allocation_id: newId(), quantity: 1, expires_at: inAnHour(stage) }],
        }),
    ),
  ],
  "POST /internal/seats/commit": [{
    alters: false,
    run: internal(() => "/seats/commit", (stage) =>
      batch(stage, {
        allocation_ids: [stage.heldId],
      })).run,
  }],
  "POST /internal/seats/release": [
    internal(
      () => "/seats/release",
      (stage) => batch(stage, { allocation_ids: [stage.heldId] }),
    ),
  ],
};

/** Routes that write neither events nor venues nor seats. */
const OTHERS =
  /^(POST \/(api\/v1\/(auth|admin\/events\/.*\/(waitlist|bookings))\/|internal\/waitlist\/supply|internal\/events\/(lookup|.*\/seats\/lookup))|[A-Z]+ \/api\/v1\/admin\/events\/{id}\/holds\/|[A-Z]+ \/(api\/v1\/admin|internal)\/webhooks|POST \/api\/v1\/admin\/(organisations|invitations)|[A-Z]+ \/api\/v1\/admin\/organisations\/{id}\/)/;

async function createStage(world: EventWorld): Promise<Stage> {
  const organiser = await world.actor();
  const { venue_id } = await world.venue({}, organiser);
  const { event_id } = await world.event({ organiser, fields: { venue_id } });
  const seats = seatsOf(world, event_id);
  const heldId = await seats.held(3);
  await seats.commit(await seats.held(2));
  return { world, organiser, venueId: venue_id, eventId: event_id, heldId };
}

/** What a reader of the feed knows: the document of each event, as text; `null` where search must not show it. */
class Reader {
  readonly known = new Map<string, string>();
  #position = "0";

  async read(world: EventWorld): Promise<void> {
    const { items, position } = await readFeed(world, this.#position);
    this.#position = position;
    for (const { event_id, event = null } of items) this.known.set(event_id, JSON.stringify(event));
  }
}

/** The versions that a reader knows, and those of the same events in the database. */
async function versions(world: EventWorld, { known }: Reader): Promise<[Json, Json]> {
  const documents = known.values().map((text) => JSON.parse(text)).filter((event) =>
    event !== null
  );
  const seen = documents.map(({ event_id, version }) => ({ event_id, version })).toArray();
  const stored = await world.sql`
    SELECT event_id, version FROM events WHERE event_id = ANY (${
    seen.map(({ event_id }) => event_id)
  }::uuid[])
     ORDER BY event_id`;
  return [seen.toSorted((a, b) => a.event_id < b.event_id ? -1 : 1), [...stored]];
}

async function freshly(world: EventWorld): Promise<Reader> {
  const reader = new Reader();
  await reader.read(world);
  return reader;
}

/** Asserts that a reader knows every event as a reader that begins anew finds it. */
async function assertUpToDate(world: EventWorld, reader: Reader, message = ""): Promise<void> {
  assert.deepEqual(reader.known, (await freshly(world)).known, message);
  const [{ events }] = await world.sql<
    [{ events: number }]
  >`SELECT count(*)::int AS events FROM events`;
  assert.equal(reader.known.size, events, `${message}: an event has no number`);
}

Deno.test("every route that can change a search document is tried here", async () => {
  await using world = await createEventWorld();
  const response = await world.service.app.fetch(new Request("http://event.test/openapi.json"), {});
  const { paths }: { paths: Record<string, Record<string, Json>> } = await response.json();
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).filter((method) => ["post", "put", "patch", "delete"].includes(method))
      .map((method) => `${method.toUpperCase()} ${path}`)
  );
  assert.deepEqual(
    routes.filter((route) => !OTHERS.test(route)).toSorted(),
    Object.keys(USES).toSorted(),
    "add uses of the route to USES, and mark its changes with markChanged()",
  );
});

for (const [route, uses] of Object.entries(USES)) {
  Deno.test(`${route} keeps readers of the change feed up to date`, async () => {
    await using world = await createEventWorld();
    for (const [number, { run, alters }] of uses.entries()) {
      const stage = await createStage(world);
      await numberChanges({ seatSql: world.sql });
      const reader = await freshly(world);
      const before = new Map(reader.known);
      await run(stage);
      await reader.read(world);
      assert.deepEqual(...await versions(world, reader), `use ${number}: a version has no number`);
      await numberChanges({ seatSql: world.sql });
      await reader.read(world);
      await assertUpToDate(world, reader, `use ${number}`);
      const changed = reader.known.size > before.size ||
        reader.known.entries().some(([eventId, text]) => before.get(eventId) !== text);
      assert.equal(changed, alters, `use ${number}`);
    }
  });
}

Deno.test("seeding keeps readers of the change feed up to date", async () => {
  await using world = await createEventWorld();
  const seed = () =>
    seedEvents({ sql: world.sql, clock: world.clock, passwords: new PasswordHasher() });
  const reader = await freshly(world);
  for (const yearMs of [0, YEAR_MS]) {
    world.clock.advance(yearMs);
    assert.ok(await seed() > 0);
    await reader.read(world);
    await assertUpToDate(world, reader);
  }
});
