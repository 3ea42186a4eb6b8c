import type { BenchUser } from "./tokens.ts";
import {
  createMigrator,
  type DatabaseName,
  DATABASES,
  ensureDatabase,
  onServer,
  openPostgres,
  type Pool,
} from "@evently/shared/postgres";

/** Databases of one benchmark, dropped at its end. */
export interface BenchDatabases extends AsyncDisposable {
  /** Name of a database on the server. */
  names: string[];
  name(name: DatabaseName): string;
  url(name: DatabaseName): string;
  pool(name: DatabaseName): Pool;
}

/** Creates the three databases with unique names on a server. Default: the server of `DATABASE_URL`. */
export async function createBenchDatabases(
  server: string = required("DATABASE_URL"),
): Promise<BenchDatabases> {
  const run = crypto.randomUUID().slice(0, 8);
  const nameOf = (name: DatabaseName) => `evently_bench_${run}_${name}`;
  const url = (name: DatabaseName) => onServer(server, nameOf(name));
  const pools = new Map<DatabaseName, Pool>();
  for (const name of DATABASES) {
    await ensureDatabase(server, nameOf(name));
    const pool = openPostgres(url(name), { max: 2, name: "bench" });
    const directory = new URL(`../../migrations/${name}/`, import.meta.url);
    await createMigrator({ pool, directory, log: { info: () => {} } }).up();
    pools.set(name, pool);
  }
  return {
    names: DATABASES.map(nameOf),
    name: nameOf,
    url,
    pool: (name) => pools.get(name)!,
    async [Symbol.asyncDispose]() {
      await Promise.all([...pools.values()].map((pool) => pool.end({ timeout: 1 })));
      const admin = openPostgres(server, { max: 1, name: "bench" });
      for (const name of DATABASES) {
        await admin`DROP DATABASE IF EXISTS ${admin(nameOf(name))} WITH (FORCE)`;
      }
      await admin.end();
    },
  };
}

/** Publishes an event with this many seats; returns its id. */
export async function createEvent(events: Pool, capacity: number): Promise<string> {
  const [adminId, venueId, eventId] = [1, 2, 3].map(() => crypto.randomUUID()) as [
    string,
    string,
    string,
  ];
  await events`
    INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
    VALUES (${adminId}, ${adminId + "@example.com"}, '-', 'Bench', 'super_admin', now(), now())`;
  await events`
    INSERT INTO venues (venue_id, name, name_key, address, address_key, city, city_key, country, capacity,
                        created_by, created_at, updated_at)
    VALUES (${venueId}, 'Bench Hall', 'bench hall', '1 Bench Street', '1 bench street', 'Pune', 'pune', 'India',
            ${capacity}, ${adminId}, now(), now())`;
  await events`
    INSERT INTO events
      (event_id, name, venue_id, event_type, event_type_key, start_at, end_at, first_day, last_day,
       base_price_minor, currency, max_tickets_per_booking, status, created_by, created_at, updated_at)
    VALUES
      (${eventId}, 'Hot event', ${venueId}, 'concert', 'concert', now() + interval '30 days',
       now() + interval '31 days', current_date + 30, current_date + 31, 150000, 'INR', 10, 'published', ${adminId}, now(), now())`;
  await events`SELECT make_inventory(${eventId}, ${capacity}, now())`;
  return eventId;
}

/** What a benchmark's event is found by. */
export interface NamedEvent {
  name: string;
  eventType: string;
  city: string;
}

/** Publishes events with these names, types and cities, each with this many seats; returns their ids. */
export async function createNamedEvents(
  events: Pool,
  named: readonly NamedEvent[],
  capacity: number,
): Promise<string[]> {
  const adminId = crypto.randomUUID();
  await events`
    INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
    VALUES (${adminId}, ${adminId + "@example.com"}, '-', 'Bench', 'super_admin', now(), now())`;
  const rows = JSON.stringify(named.map((event) => ({ ...event, id: crypto.randomUUID() })));
  await events`
    INSERT INTO venues (venue_id, name, name_key, address, address_key, city, city_key, country, capacity,
                        created_by, created_at, updated_at)
    SELECT gen_random_uuid(), 'Hall of ' || city, 'hall of ' || lower(city), '1 Street', '1 street', city,
           lower(city), 'India', ${capacity}, ${adminId}, now(), now()
      FROM (SELECT DISTINCT city FROM jsonb_to_recordset(${rows}::text::jsonb) AS e (city text)) cities`;
  const created = await events<{ id: string }[]>`
    INSERT INTO events
      (event_id, name, venue_id, event_type, event_type_key, start_at, end_at, first_day, last_day,
       base_price_minor, currency, max_tickets_per_booking, status, created_by, created_at, updated_at)
    SELECT e.id, e.name, v.venue_id, e."eventType", lower(e."eventType"), now() + interval '30 days',
           now() + interval '31 days', current_date + 30, current_date + 31, 150000, 'INR', 10, 'published',
           ${adminId}, now(), now()
      FROM jsonb_to_recordset(${rows}::text::jsonb) AS e (id uuid, name text, city text, "eventType" text)
      JOIN venues v ON v.city = e.city AND v.created_by = ${adminId}
    RETURNING event_id AS id`;
  await events`SELECT make_inventory(event_id, ${capacity}, now()) FROM events WHERE created_by = ${adminId}`;
  return created.map(({ id }) => id);
}

/** Reads a required environment variable. */
export function required(name: string): string {
  const value = Deno.env.get(name);
  if (value) return value;
  throw new Error(`${name} must be set: a benchmark runs on real stores`);
}

/** Inserts users, so that mails can be written to them. */
export async function createUsers(pool: Pool, users: readonly BenchUser[]): Promise<void> {
  const ids = users.map(({ userId }) => userId);
  await pool`
    INSERT INTO users (user_id, email, email_key, password_hash, name, created_at, updated_at)
    SELECT id, id || '@example.com', id || '@example.com', '-', 'Asha Rao', now(), now()
      FROM unnest(${ids}::uuid[]) AS given (id)`;
}
