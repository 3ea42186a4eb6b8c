import { openPostgres, transaction } from "@evently/shared/postgres";
import type { BenchDatabases } from "./stores.ts";

/** Size of the data. */
export interface Grown {
  events: number;
  bookings: number;
}

/** One booking in this many was paid; the others expired. */
const BOOKINGS_A_SALE = 10;
const SOLD = `n % ${BOOKINGS_A_SALE} = 0`;
const PAST = "now() - interval '30 days'";

/**
 * SQL for an id that looks random but rises with `n`, so that rows enter their indexes in order: the first 32 bits are
 * proportional to `n`, the rest is a hash.
 */
function spreadId(kind: string, n: string, total: number): string {
  return `(lpad(to_hex((${n})::bigint * 4294967295 / ${total}), 8, '0')
           || substr(md5('${kind}' || ${n}), 9))::uuid`;
}

/**
 * Fills empty databases with events, their seats and ledgers, and bookings, a tenth of them paid. Runs in SQL without
 * triggers; all indexes but the unique ones are built afterwards.
 */
export async function growData(databases: BenchDatabases, grown: Grown): Promise<void> {
  await Promise.all([
    growEvents(databases.url("events_db"), grown),
    growBookings(databases.url("bookings_db"), grown),
  ]);
}

async function growEvents(url: string, { events, bookings }: Grown): Promise<void> {
  const eventId = (n: string) => spreadId("event", n, events);
  const bookingId = spreadId("booking", "n", bookings);
  const tables = ["events", "seat_inventory", "seat_allocations", "seat_ledger", "event_changes"];
  await load(url, tables, [
    `INSERT INTO admins (admin_id, email, password_hash, name, role, created_at, updated_at)
     VALUES (gen_random_uuid(), 'grown@example.com', '-', 'Grown', 'super_admin', now(), now())`,
    `INSERT INTO venues
       (venue_id, name, name_key, address, address_key, city, city_key, country, capacity, created_by,
        created_at, updated_at)
     SELECT gen_random_uuid(), 'Grown', 'grown', '1 Street', '1 street', 'Pune', 'pune', 'India', 100000,
            admin_id, now(), now()
       FROM admins`,
    `INSERT INTO events
       (event_id, name, venue_id, event_type, event_type_key, start_at, end_at, first_day, last_day,
        base_price_minor, currency, max_tickets_per_booking, status, created_by, created_at, updated_at)
     SELECT ${
      eventId("n")
    }, 'Event ' || n, venue_id, 'concert', 'concert', now() + interval '30 days',
            now() + interval '31 days', current_date + 30, current_date + 31, 150000, 'INR', 10, 'published', created_by, now(), now()
       FROM generate_series(0, ${events - 1}) AS n, venues`,
    `INSERT INTO event_changes (event_id, lane, change)
     SELECT event_id, lane_of(event_id), row_number() OVER (PARTITION BY lane_of(event_id)) FROM events`,
    `UPDATE change_lanes l
        SET last_change = (SELECT coalesce(max(c.change), 0) FROM event_changes c WHERE c.lane = l.lane)`,
    `INSERT INTO seat_allocations
       (event_id, allocation_id, quantity, state, source, unit_price_minor, expires_at, created_at)
     SELECT ${eventId(`n * ${events} / ${bookings}`)}, ${bookingId}, 1,
            CASE WHEN ${SOLD} THEN 'sold' ELSE 'released' END, 'public', 150000, now(), now()
       FROM generate_series(0::bigint, ${bookings - 1}) AS n`,
    // Two entries per event: its creation, and the sale of all its sold seats.
    `INSERT INTO seat_inventory (event_id, capacity, sold, seq)
     SELECT a.event_id, 1000000, count(*) FILTER (WHERE a.state = 'sold'), 1
       FROM seat_allocations a GROUP BY a.event_id`,
    `INSERT INTO ticket_types (event_id, type, ticket_type_id, position, kind, created_at, updated_at)
     SELECT event_id, 0, event_id, 0, 'paid', now(), now() FROM seat_inventory`,
    `INSERT INTO seat_ledger
       (event_id, seq, pool, operation, debit, credit, seats, allocation_ids, quantities, available, held,
        sold, set_aside, recorded_at, hash)
     SELECT event_id, 0, 0, 'make', 'outside', 'available', capacity, '{}', '{}', capacity, 0, 0, 0, now(),
            sha256('')
       FROM seat_inventory ORDER BY event_id`,
    `INSERT INTO seat_ledger
       (event_id, seq, pool, operation, debit, credit, seats, allocation_ids, quantities, available, held,
        sold, set_aside, recorded_at, hash)
     SELECT i.event_id, 1, 0, 'direct', 'available', 'sold', i.sold, coalesce(array_agg(a.allocation_id) FILTER (WHERE a.state = 'sold'), '{}'),
            coalesce(array_agg(a.quantity) FILTER (WHERE a.state = 'sold'), '{}'), i.capacity - i.sold, 0, i.sold, 0, now(), sha256('')
       FROM seat_inventory i JOIN seat_allocations a USING (event_id)
      GROUP BY i.event_id ORDER BY i.event_id`,
  ]);
}

async function growBookings(url: string, { events, bookings }: Grown): Promise<void> {
  const bookingId = spreadId("booking", "n", bookings);
  const eventId = spreadId("event", `(n * ${events} / ${bookings})`, events);
  const paid = `generate_series(0::bigint, ${bookings - 1}, ${BOOKINGS_A_SALE}) AS n`;
  await load(url, ["bookings", "payments", "tickets"], [
    `INSERT INTO bookings
       (booking_id, user_id, event_id, reference, quantity, unit_price_minor, total_minor, currency,
        sold_with_start, refund_policy, status, payment_status, booked_at, expires_at, confirmed_at,
        expired_at)
     SELECT ${bookingId}, md5('user' || n / 5)::uuid, ${eventId}, 'EVT-' || upper(lpad(to_hex(n), 6, '0')),
            1, 150000, 150000, 'INR', ${PAST}, '[{"hours_before":24,"percent":100}]', CASE WHEN ${SOLD} THEN 'confirmed' ELSE 'expired' END,
            CASE WHEN ${SOLD} THEN 'completed' ELSE 'pending' END, ${PAST}, ${PAST},
            CASE WHEN ${SOLD} THEN ${PAST} END, CASE WHEN NOT (${SOLD}) THEN ${PAST} END
       FROM generate_series(0::bigint, ${bookings - 1}) AS n`,
    `INSERT INTO payments
       (payment_id, event_id, booking_id, provider, method, token, transaction_id, status, amount_minor, currency,
        started_at, finished_at)
     SELECT ${
      spreadId("payment", "n", bookings)
    }, ${eventId}, ${bookingId}, 'mock', 'card', 'tok_visa', 'txn_' || n,
            'captured', 150000, 'INR', now(), now()
       FROM ${paid}`,
    `INSERT INTO tickets (ticket_code, event_id, booking_id, issued_at)
     SELECT lpad(to_hex(n), 8, '0') || substr(md5('ticket' || n), 1, 14), ${eventId}, ${bookingId}, now() FROM ${paid}`,
  ]);
}

/** Runs `insert` without triggers, and drops rebuildable indexes until the rows are inserted. */
async function load(url: string, tables: string[], statements: string[]): Promise<void> {
  const pool = openPostgres(url, { max: 1, name: "bench-load", statementTimeoutMs: 0 });
  await transaction(pool, async (tx) => {
    await tx.unsafe("SET LOCAL session_replication_role = replica");
    await tx.unsafe("SET LOCAL maintenance_work_mem = '1GB'");
    await tx.unsafe("SET LOCAL work_mem = '512MB'");
    const indexes = await tx<{ name: string; definition: string }[]>`
      SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
        FROM pg_index i
       WHERE i.indrelid::regclass::text IN ${tx(tables)}
         AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)`;
    for (const { name } of indexes) await tx.unsafe(`DROP INDEX ${name}`);
    for (const statement of statements) await tx.unsafe(statement);
    for (const { definition } of indexes) await tx.unsafe(definition);
  });
  for (const table of tables) await pool.unsafe(`VACUUM (ANALYZE) ${table}`);
  await pool.end();
}
