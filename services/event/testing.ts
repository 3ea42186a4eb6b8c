import assert from "node:assert/strict";
import type { Pool } from "@evently/shared/postgres";
import { auditAll } from "./inventory/ledger/audit_all.ts";
import { auditEvent } from "./inventory/ledger/audit_event.ts";

export { SWEEP_GRACE_MS } from "./inventory/run_seat_sweep.ts";

/**
 * The invariant of the seat inventory, of every event or of one: ledger, inventory and allocations say the same,
 * and the ledger's chain is whole; no more seats are taken than there are; nothing is set aside without a
 * waitlist, and nothing is free to the public while there is one.
 *
 * @param sql events_db
 * @throws {assert.AssertionError} shows the events that do not add up
 */
export async function assertInventoryAddsUp(sql: Pool, eventId?: string): Promise<void> {
  const wrong = await sql`
    SELECT i.*
      FROM seat_inventory i
     WHERE i.event_id = coalesce(${eventId ?? null}, i.event_id)
       AND (i.held + i.sold + i.set_aside > i.capacity
        OR (NOT i.waitlist_open AND i.set_aside > 0)
        OR (i.waitlist_open AND i.held + i.sold + i.set_aside <> i.capacity))`;
  assert.deepEqual([...wrong], [], "the seat inventory does not add up");
  for await (const { eventId: audited, report } of audits(sql, eventId)) {
    assert.deepEqual(report.discrepancies, [], `the ledger of event ${audited} does not add up`);
  }
}

async function* audits(sql: Pool, eventId: string | undefined): ReturnType<typeof auditAll> {
  if (eventId === undefined) yield* auditAll(sql);
  else yield { eventId, report: await auditEvent({ sql }, { eventId, owner: undefined }) };
}
