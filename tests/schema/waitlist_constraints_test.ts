/** The last barrier of the waitlist: whatever a statement does, the database refuses rows that cannot be. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { many, type Sql } from "@evently/shared/postgres";
import { createTestDatabase } from "@evently/shared/testing";
import { offerIdOf } from "../../services/booking/waitlist/entry.ts";
import { postgresWaitlistStore } from "../../services/booking/waitlist/postgres_store.ts";
import { assertRefused } from "./refused_changes.ts";

/** Changes that constraints refuse, by table: of a line of four: places 1 and 2 wait, 3 and 4 have offers. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  waitlist_queues: [
    "SET last_place = -1",
    "SET version = -1",
  ],
  waitlist_entries: [
    "SET place = 0 WHERE place = 1",
    "SET place = 2 WHERE place = 1",
    "SET user_id = (SELECT w.user_id FROM waitlist_entries w WHERE w.place = 2) WHERE place = 1",
    "SET user_id = (SELECT w.user_id FROM waitlist_entries w WHERE w.place = 3) WHERE place = 1",
    "SET entry_id = (SELECT w.entry_id FROM waitlist_entries w WHERE w.place = 2) WHERE place = 1",
    "SET ticket_type_ids = '{}' WHERE place = 1",
    "SET ticket_type_ids = array_fill(event_id, '{11}') WHERE place = 1",
    "SET min_quantity = 0 WHERE place = 1",
    "SET min_quantity = quantity + 1 WHERE place = 1",
    "SET passed = -1 WHERE place = 1",
    "SET passed = min_quantity WHERE place = 1",
    "SET round = -1 WHERE place = 1",
    "SET status = 'served' WHERE place = 1",
    "SET status = 'offering' WHERE place = 1",
    "SET status = 'offered' WHERE place = 1",
    "SET status = 'closed' WHERE place = 1",
    "SET closed_reason = 'types_ended' WHERE place = 1",
    "SET status = 'closed', closed_reason = 'no reason' WHERE place = 1",
    "SET closed_reason = 'starts_soon' WHERE place = 1",
    "SET offer_id = NULL WHERE place = 3",
    "SET offer_type_id = NULL WHERE place = 3",
    "SET offer_quantity = NULL WHERE place = 3",
    "SET offer_quantity = 0 WHERE place = 3",
    "SET offer_quantity = quantity + 1 WHERE place = 3",
    "SET offer_expires_at = NULL WHERE place = 3",
    "SET offer_is_last = NULL WHERE place = 3",
  ],
  waitlist_passes: [
    "SET seats = 0",
    "SET kept = -1",
    "SET offer_id = (SELECT p.offer_id FROM waitlist_passes p WHERE p.by_place = 4) WHERE by_place = 3",
  ],
  waitlist_claims: [
    "SET claim_id = (SELECT max(c.claim_id::text)::uuid FROM waitlist_claims c)",
  ],
  outbox: [
    "SET topic = 'waitlist.gone' WHERE topic = 'waitlist.joined'",
  ],
};

Deno.test("the database refuses rows of the waitlist that cannot be", async (t) => {
  await using database = await createTestDatabase("bookings_db");
  const { sql } = database;
  await fillTables(sql);
  await assertRefused(t, sql, { changes: REFUSED, constraints: await constraintsOf(sql) });
});

/** CHECKs and unique keys of the waitlist's tables. */
function constraintsOf(sql: Sql): Promise<string[]> {
  return many(
    sql<{ name: string }[]>`
      SELECT conname AS name FROM pg_constraint
       WHERE conrelid::regclass::text LIKE 'waitlist\\_%' AND contype IN ('c', 'u')
       ORDER BY 1`,
    ({ name }) => name,
  );
}

async function fillTables(sql: Sql): Promise<void> {
  const store = postgresWaitlistStore(sql);
  const now = new Date("2030-01-01T00:00:00Z");
  const eventId = newId();
  const wanted = { eventId, ticketTypeIds: [eventId], quantity: 4, minQuantity: 3 };
  const wish = () => ({ ...wanted, entryId: newId(), userId: newId() });
  const entries = await store.join({ entries: [wish(), wish(), wish(), wish()], now });
  const [first, , third, fourth] = entries;
  await store.admit({ eventId, entryIds: entries.map(({ entryId }) => entryId), now });
  const offers = [third!, fourth!].map(({ entryId }) => ({
    entryId,
    offerId: offerIdOf(entryId, 1),
    ticketTypeId: eventId,
    quantity: 4,
    expiresAt: now,
    isLast: false,
  }));
  const passes = [third!, fourth!].map(({ entryId, place }) => ({
    entryId: first!.entryId,
    byEntryId: entryId,
    byPlace: place,
    seats: 1,
    kept: 1,
  }));
  const decision = { eventId, version: 0, now, offers, passes, gathering: [], notGathering: [] };
  assert.equal(await store.decide(decision), true);
  for (const { offerId } of offers) {
    await sql`
      INSERT INTO waitlist_claims (claim_id, event_id, offer_id, claimed_at)
      VALUES (${newId()}, ${eventId}, ${offerId}, ${now})`;
  }
  const filled = await many(
    sql<{ table: string }[]>`
      SELECT 'waitlist_queues' AS table FROM waitlist_queues UNION SELECT 'waitlist_entries' FROM waitlist_entries
      UNION SELECT 'waitlist_passes' FROM waitlist_passes UNION SELECT 'waitlist_claims' FROM waitlist_claims
      UNION SELECT 'outbox' FROM outbox`,
    ({ table }) => table,
  );
  assert.deepEqual(filled.toSorted(), Object.keys(REFUSED).toSorted());
}
