/** What organisers' reads of one event read of the bookings of all events. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { exactlyOne, type Sql, transaction } from "@evently/shared/postgres";
import { createTestDatabase, times } from "@evently/shared/testing";
import { salesReads } from "./sales_reads.ts";
import type { SalesReads } from "./store.ts";

const EVENTS = 300;
const BOOKINGS_OF_EVENT = 120;
const START = new Date("2030-01-01T00:00:00Z");
const MINUTE_MS = 60_000;

/** Reads of one event. */
const READS: Readonly<Record<string, (reads: SalesReads, eventId: string) => Promise<unknown>>> = {
  "a page": (reads, eventId) =>
    reads.listEventBookings({ ...filter(eventId), search: undefined, page: 1, limit: 20 }),
  "a search": (reads, eventId) =>
    reads.listEventBookings({
      ...filter(eventId),
      search: { reference: "EVT-0001", userIds: [newId()] },
      page: 1,
      limit: 20,
    }),
  "the first page of a file": (reads, eventId) =>
    reads.exportBookings({ ...filter(eventId), after: undefined, limit: 20 }),
  "the buyers": (reads, eventId) => reads.listBuyers({ eventId, limit: 100 }),
  "sales over time": (reads, eventId) =>
    reads.salesOverTime({ eventIds: [eventId], bounds: HOURS }),
  "sales by type": (reads, eventId) => reads.salesByType({ eventId, bounds: HOURS }),
  "a preview of the cancellation": (reads, eventId) =>
    reads.countCancellation({ eventId, now: START }),
};

const HOURS = times(5, (i) => new Date(START.getTime() + i * 60 * MINUTE_MS));

function filter(eventId: string) {
  return { eventId, status: undefined, now: START };
}

async function fill(sql: Sql): Promise<string[]> {
  const eventIds = times(EVENTS, () => newId());
  await sql`
    INSERT INTO bookings (booking_id, event_id, user_id, reference, quantity, unit_price_minor, total_minor,
                          currency, refund_policy, sold_with_start, status, payment_status, booked_at,
                          expires_at, confirmed_at)
    SELECT gen_random_uuid(), e.event_id, gen_random_uuid(), 'EVT-' || lpad(n::text, 6, '0'), 1, 100, 100,
           'INR', '[]', ${START}, 'confirmed', 'completed', t.at, t.at, t.at
      FROM unnest(${eventIds}::uuid[]) AS e (event_id)
     CROSS JOIN generate_series(1, ${BOOKINGS_OF_EVENT}::integer) AS n
     CROSS JOIN LATERAL (SELECT ${START}::timestamptz + n * interval '1 minute' AS at) AS t
     ORDER BY n, e.event_id`;
  return eventIds;
}

/** How often this transaction has read all bookings, and the bookings that it has read by key. */
function readsOf(tx: Sql): Promise<{ scans: number; byKey: number }> {
  return exactlyOne(
    tx<{ scans: number; byKey: number }[]>`
    SELECT seq_scan::integer AS scans, coalesce(idx_tup_fetch, 0)::integer AS "byKey"
      FROM pg_stat_xact_user_tables WHERE relname = 'bookings'`,
    (row) => row,
  );
}

for (const [name, read] of Object.entries(READS)) {
  Deno.test(`${name} of an event finds its bookings by key, among those of ${EVENTS} events`, async () => {
    await using database = await createTestDatabase("bookings_db");
    const [eventId] = await fill(database.sql);
    await database.sql.unsafe("ANALYZE bookings");
    await transaction(database.sql, async (tx) => {
      const before = await readsOf(tx);
      await read(salesReads(tx), eventId!);
      const after = await readsOf(tx);
      assert.equal(after.scans - before.scans, 0, "all bookings were read");
      const most = 2 * BOOKINGS_OF_EVENT + 20;
      assert.ok(after.byKey - before.byKey <= most, `${after.byKey} bookings were read`);
    });
  });
}

Deno.test("a page of a file reads this page alone, however far it is", async () => {
  await using database = await createTestDatabase("bookings_db");
  const [eventId] = await fill(database.sql);
  await database.sql.unsafe("ANALYZE bookings");
  const reads = salesReads(database.sql);
  const all = await reads.exportBookings({ ...filter(eventId!), after: undefined, limit: 1_000 });
  assert.equal(all.length, BOOKINGS_OF_EVENT);
  await transaction(database.sql, async (tx) => {
    const before = await readsOf(tx);
    const after = all[79]!.bookingId;
    const page = await salesReads(tx).exportBookings({ ...filter(eventId!), after, limit: 10 });
    assert.deepEqual(page, all.slice(80, 90));
    const { scans, byKey } = await readsOf(tx);
    assert.equal(scans - before.scans, 0, "all bookings were read");
    assert.ok(byKey - before.byKey <= 30, `${byKey - before.byKey} bookings were read`);
  });
});

Deno.test("sales of an hour read the bookings of this hour alone", async () => {
  await using database = await createTestDatabase("bookings_db");
  const [eventId] = await fill(database.sql);
  await database.sql.unsafe("ANALYZE bookings");
  await transaction(database.sql, async (tx) => {
    const before = await readsOf(tx);
    const bounds = [START, HOURS[1]!];
    const [sold] = await salesReads(tx).salesOverTime({ eventIds: [eventId!], bounds });
    assert.equal(sold?.bookings, 59);
    const { byKey } = await readsOf(tx);
    assert.ok(byKey - before.byKey <= 60, `${byKey - before.byKey} bookings were read`);
  });
});
