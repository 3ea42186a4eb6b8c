import { deriveId } from "@evently/shared/ids";
import { DEFAULT_CURRENCY } from "@evently/shared/money";
import { type Pool, transaction, type Tx } from "@evently/shared/postgres";
import { SeatNews } from "@evently/shared/services";
import { findAdminCredentials, insertAdmin } from "./accounts/admins_sql.ts";
import type { EventDeps } from "./deps.ts";
import { callRefreshPlain, toEventRow } from "./events/event_changes_sql.ts";
import { seatOperations } from "./inventory/seat_operations.ts";
import type { SeatOperations } from "./inventory/types.ts";
import { callMakePool } from "./pools/pools_sql.ts";
import { markChanged } from "./search_feed/changed_events_sql.ts";
import { numberChanges } from "./search_feed/number_changes.ts";
import { SEED_EVENTS, SEED_VENUES, type SeedEvent } from "./seed_data.ts";
import { addTicketType } from "./ticket_types/create_ticket_type.ts";
import { toVenueRow } from "./venues/venues_sql.ts";

/** WARNING: this password is public, so seed development databases only. */
const SEED_PASSWORD = "11111111";

/** The super admin of the demo, who owns its events. */
const ORGANISER = { email: "admin@example.com", name: "Evently Admin" };
/** The super admin that scripts of the old system log in as. */
const OLD_SCRIPTS_ADMIN = { email: "atlanadmin@mail.com", name: "Atlan Admin" };

const SEED_NAMESPACE = "3f1d6a34-61f0-4f5e-8f3b-2b8f4c0d7a55";
const COUNTRY = "India";
const TIMEZONE = "Asia/Kolkata";
const INDIA_UTC_OFFSET_MS = 5.5 * 3_600_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 24 * HOUR_MS;

type SeedDeps = Pick<EventDeps, "sql" | "clock" | "passwords">;

/** Sells all of a demo event with the inventory that it is given. */
export type SellOut = (event: { eventId: string; seats: SeatOperations }) => Promise<void>;

/**
 * Adds the demo's admins, venues and events. Existing rows stay as they are, except for demo events that have begun:
 * these move into the future, so that there is always something to book.
 *
 * @param sellOut is called for demo events that are meant to be sold out, new or not
 * @returns number of events added or moved
 */
export async function seedEvents(deps: SeedDeps, sellOut?: SellOut): Promise<number> {
  const now = deps.clock.now();
  const organiser = await seedAdmin(deps, ORGANISER);
  await seedAdmin(deps, OLD_SCRIPTS_ADMIN);
  await seedVenues(deps.sql, { organiser, now });
  let changed = 0;
  for (const event of SEED_EVENTS) {
    if (await seedEvent(deps.sql, { event, organiser, now })) changed++;
    if (event.isSoldOut) await sellOut?.({ eventId: eventIdOf(event), seats: seedSeats(deps) });
  }
  // Numbered before the first service starts, so that search knows them as soon as it is ready.
  await numberChanges({ seatSql: deps.sql });
  return changed;
}

/** Returns the id of the admin with this e-mail, new or not. */
async function seedAdmin(
  { sql, clock, passwords }: SeedDeps,
  { email, name }: { email: string; name: string },
): Promise<string> {
  const found = await findAdminCredentials(sql, email);
  if (found) return found.admin.adminId;
  const adminId = deriveId(SEED_NAMESPACE, "admin", email);
  const passwordHash = await passwords.hash(SEED_PASSWORD);
  const role = "super_admin" as const;
  await insertAdmin(sql, { adminId, email, name, role, passwordHash, now: clock.now() });
  return adminId;
}

async function seedVenues(
  sql: Pool,
  { organiser, now }: { organiser: string; now: Date },
): Promise<void> {
  const rows = SEED_VENUES.map(({ key, ...venue }) => ({
    ...toVenueRow(sql, { ...venue, country: COUNTRY, timezone: TIMEZONE }),
    venue_id: venueId(key),
    created_by: organiser,
    created_at: now,
    updated_at: now,
  }));
  await sql`INSERT INTO venues ${sql(rows)} ON CONFLICT (venue_id) DO NOTHING`;
}

/** Returns whether the event was added or moved. */
async function seedEvent(
  sql: Pool,
  { event, organiser, now }: { event: SeedEvent; organiser: string; now: Date },
): Promise<boolean> {
  const eventId = eventIdOf(event);
  const schedule = { ...scheduleOf(event, now), timezone: TIMEZONE };
  const columns = {
    ...schedule,
    name: event.name,
    description: event.description,
    accessNotes: event.accessNotes,
    venueId: venueId(event.venue),
    eventType: event.eventType,
    basePriceMinor: event.priceMinor,
    currency: DEFAULT_CURRENCY,
    maxTicketsPerBooking: event.maxTickets,
  };
  const row = {
    ...toEventRow(sql, columns, schedule),
    base_ticket_name: event.ticketName ?? null,
    event_id: eventId,
    status: "published",
    created_by: organiser,
    created_at: now,
    updated_at: now,
  };
  return await transaction(sql, async (tx) => {
    const added = await tx`INSERT INTO events ${tx(row)} ON CONFLICT (event_id) DO NOTHING`;
    if (added.count > 0) {
      await tx`SELECT make_inventory(${eventId}, ${event.capacity}, ${now})`;
      await seedOffer(tx, { event, eventId, now });
      return true;
    }
    const moved = await tx`
      UPDATE events
         SET ${tx(toEventRow(tx, schedule, schedule))}, version = version + 1, updated_at = ${now}
       WHERE event_id = ${eventId} AND start_at <= ${now} AND status = 'published'`;
    if (moved.count > 0) await markChanged(tx, eventId);
    return moved.count > 0;
  });
}

/** Adds what the event sells besides its default ticket type. */
async function seedOffer(
  tx: Tx,
  { event, eventId, now }: { event: SeedEvent; eventId: string; now: Date },
): Promise<void> {
  const { pools = [], ticketTypes = [] } = event;
  const idOf = (kind: "pool" | "ticket-type", key: string) =>
    deriveId(SEED_NAMESPACE, kind, event.key, key);
  for (const { key, name, capacity } of pools) {
    await callMakePool(tx, { eventId, poolId: idOf("pool", key), name, capacity });
  }
  for (const { key, pools: drawn = [], ...type } of ticketTypes) {
    await addTicketType(tx, {
      eventId,
      ticketTypeId: idOf("ticket-type", key),
      wished: {
        name: type.name,
        description: type.description,
        kind: type.priceMinor === 0 ? "free" : "paid",
        priceMinor: type.priceMinor,
        gives: type.gives ?? 1,
        capacity: type.capacity ?? null,
        pools: drawn.map((pool) => ({ poolId: idOf("pool", pool) })),
        minPerOrder: 1,
        maxPerOrder: type.maxPerOrder ?? null,
        maxPerBuyer: type.maxPerBuyer ?? null,
        salesStart: null,
        salesEnd: null,
        status: "active",
      },
      now,
    });
  }
  await callRefreshPlain(tx, eventId);
}

/** The inventory, for a process in which no service runs yet. */
function seedSeats({ sql, clock }: SeedDeps): SeatOperations {
  const search = { eventChanged: () => Promise.resolve() };
  return seatOperations({ seatSql: sql, clock, search, seatNews: new SeatNews() });
}

function eventIdOf({ key }: SeedEvent): string {
  return deriveId(SEED_NAMESPACE, "event", key);
}

function venueId(key: string): string {
  return deriveId(SEED_NAMESPACE, "venue", key);
}

/** The times of a seeded event. `at` is a time in India, which has no daylight saving time. */
function scheduleOf(
  { inDays, at, hours }: SeedEvent,
  now: Date,
): { startsAt: Date; endsAt: Date } {
  const todayMs = Math.floor((now.getTime() + INDIA_UTC_OFFSET_MS) / DAY_MS) * DAY_MS;
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  const startMs = todayMs - INDIA_UTC_OFFSET_MS + inDays * DAY_MS + hour * HOUR_MS +
    minute * MINUTE_MS;
  return { startsAt: new Date(startMs), endsAt: new Date(startMs + hours * HOUR_MS) };
}
