/** The last barrier of the seat engine: whatever a function does, the database refuses rows that cannot be. */
import { newId } from "@evently/shared/ids";
import { many, type Sql } from "@evently/shared/postgres";
import { createEventWorld, createOffer } from "../../services/event/testing/world.ts";
import { assertRefused } from "./refused_changes.ts";

/** By table, changes that its constraints refuse; `SET …` applies to the rows of an event with a pool and types. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  seat_inventory: [
    "SET held = capacity + 1 WHERE pool = 0",
    "SET held = capacity, sold = 1 WHERE pool = 1",
    "SET set_aside = capacity, sold = 1 WHERE pool = 1",
    "SET held = -1 WHERE pool = 1",
    "SET sold = -1 WHERE pool = 1",
    "SET set_aside = -1 WHERE pool = 1",
    "SET pool = -1 WHERE pool = 1",
    "SET pool = 0 WHERE pool = 1",
  ],
  event_pools: [
    "SET pool = 0 WHERE pool = 1",
    "SET name = '' WHERE pool = 1",
    "SET pool = 1 WHERE pool = 2",
    "SET pool_id = (SELECT p.pool_id FROM event_pools p WHERE p.pool = 1) WHERE pool = 2",
  ],
  ticket_types: [
    "SET type = -1 WHERE type = 1",
    "SET type = 2 WHERE type = 1",
    "SET ticket_type_id = (SELECT y.ticket_type_id FROM ticket_types y WHERE y.type = 2) WHERE type = 1",
    "SET ticket_type_id = gen_random_uuid() WHERE type = 0",
    "SET name = '' WHERE type = 1",
    "SET name = NULL WHERE type = 1",
    "SET position = -1 WHERE type = 1",
    "SET kind = 'gift' WHERE type = 1",
    "SET kind = 'free' WHERE type = 1",
    "SET price_minor = -1 WHERE type = 1",
    "SET price_minor = NULL WHERE type = 1",
    "SET price_minor = 1 WHERE type = 0",
    "SET pools = '{1}', units = '{1}' WHERE type = 1",
    "SET pools = '{0}' WHERE type = 1",
    "SET pools = '{0,1,2,3,4,5,6,7,8}', units = '{1,1,1,1,1,1,1,1,1}' WHERE type = 1",
    "SET units = '{1}' WHERE type = 1",
    "SET units = '{1,0}' WHERE type = 1",
    "SET units = '{1,101}' WHERE type = 1",
    "SET min_per_order = 0 WHERE type = 1",
    "SET min_per_order = 3, max_per_order = 2 WHERE type = 1",
    "SET max_per_buyer = 0 WHERE type = 1",
    "SET sales_start = created_at, sales_end = created_at WHERE type = 1",
    "SET status = 'gone' WHERE type = 1",
    "SET waitlist_generation = -1 WHERE type = 1",
    "SET version = 0 WHERE type = 1",
  ],
  seat_allocations: [
    "SET quantity = 0 WHERE type = 1",
    "SET unit_price_minor = -1 WHERE type = 1",
    "SET expires_at = NULL WHERE type = 1",
    "SET units = NULL WHERE type = 1",
    "SET pools = NULL WHERE type = 1",
    "SET state = 'lost' WHERE type = 1",
    "SET source = 'thief' WHERE type = 1",
    "SET allocation_id = (SELECT a.allocation_id FROM seat_allocations a WHERE a.type = 2) WHERE type = 1",
  ],
  seat_buyers: [
    "SET taken = -1 WHERE type = 1",
    "SET type = -2 WHERE type = 1",
    "SET type = -1 WHERE type = 1",
  ],
  seat_ledger: [
    "SET seats = -1 WHERE seq = 0",
    "SET credit = debit WHERE seq = 0",
    "SET quantities = '{1}' WHERE seq = 0",
    "SET operation = 'steal' WHERE seq = 0",
    "SET credit = 'pocket' WHERE seq = 0",
    "SET seq = 1 WHERE seq = 0",
  ],
};

Deno.test("the database refuses rows of the seat engine that cannot be", async (t) => {
  await using world = await createEventWorld();
  const { sql } = world;
  const fields = { total_capacity: 20, max_held_per_user: 9 };
  const offer = await createOffer(world, { fields });
  const pools = [{ pool_id: (await offer.pool({ capacity: 10 })).pool_id }];
  await offer.pool({ name: "Second", capacity: 10 });
  const options = { buyerId: newId() };
  for (const name of ["One", "Two"]) {
    const type = await offer.type({ name, gives: 2, pools, max_per_buyer: 3 });
    await offer.held(type.ticket_type_id, options);
  }
  await assertRefused(t, sql, { changes: REFUSED, constraints: await constraintsOf(sql) });
});

/** CHECKs and keys of the tables, and CHECKs of the domains of their columns. */
function constraintsOf(sql: Sql): Promise<string[]> {
  return many(
    sql<{ name: string }[]>`
    SELECT DISTINCT c.conname AS name
      FROM pg_constraint c
      LEFT JOIN pg_attribute a ON a.atttypid = c.contypid AND c.contypid > 0
     WHERE coalesce(a.attrelid, c.conrelid)::regclass::text = ANY (${Object.keys(REFUSED)}::text[])
       AND c.contype IN ('c', 'p', 'u')
     ORDER BY 1`,
    ({ name }) => name,
  );
}
