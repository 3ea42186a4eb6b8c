import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { createTestDatabase } from "@evently/shared/testing";
import { auditAndReport } from "../services/event/audit.ts";
import { createEvent } from "../bench/lib/stores.ts";
import { migratorOf } from "./mod.ts";

const LEDGER = /^\d+_seat_ledger$/;

Deno.test("an inventory that is older than the ledger opens it with what it has", async () => {
  await using database = await createTestDatabase("events_db");
  const { sql } = database;
  const migrator = migratorOf("events_db", sql, { info: () => {} });
  const names = (await migrator.status()).map(({ name }) => name);
  await migrator.down(names.length - names.findIndex((name) => LEDGER.test(name)));
  const eventId = await createEvent(sql, 20);
  const ids = [newId(), newId(), newId()];
  await sql`
    SELECT hold_seats(${eventId}, ${ids}::uuid[], ${[2, 3, 4]}::integer[],
                      array_fill(now() + interval '1 hour', ARRAY[3]), 'public', false, now())`;
  await sql`SELECT commit_seats(${eventId}, ${[ids[1]!]}::uuid[], now())`;
  await sql`SELECT release_seats(${eventId}, ${[ids[2]!]}::uuid[])`;
  await sql`SELECT set_waitlist_open(${eventId}, true)`;

  await migrator.up();

  const lines: string[] = [];
  assert.equal(await auditAndReport(sql, (line) => void lines.push(line)), 0, lines.join("\n"));
  const [counters] = await sql`
    SELECT capacity, held, sold, set_aside FROM seat_inventory WHERE event_id = ${eventId}`;
  assert.deepEqual({ ...counters }, { capacity: 20, held: 2, sold: 3, set_aside: 15 });
});
