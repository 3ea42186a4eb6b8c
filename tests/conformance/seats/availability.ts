import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { transaction, type Tx } from "@evently/shared/postgres";
import { findEvent } from "../../../services/event/events/events_sql.ts";
import { callHoldSeats } from "../../../services/event/inventory/seats_sql.ts";
import { listPools } from "../../../services/event/pools/pools_sql.ts";
import { availabilityOf } from "../../../services/event/ticket_types/availability.ts";
import { listTicketTypes } from "../../../services/event/ticket_types/ticket_types_sql.ts";
import type { EventWorld } from "../../../services/event/testing/world.ts";

const HOLD_MS = 60_000;

/**
 * Asserts that each ticket type of an event is available exactly if an order can hold the least that it may have of
 * it, by trying: a buyer who has nothing yet holds it, and the hold is rolled back.
 *
 * @returns how many types were available, and how many not
 */
export async function assertAvailableIsHoldable(
  { sql, clock }: EventWorld,
  eventId: string,
): Promise<{ available: number; unavailable: number }> {
  const now = clock.now();
  const [event, pools] = [(await findEvent(sql, eventId))!, await listPools(sql, eventId)];
  const seen = { available: 0, unavailable: 0 };
  for (const type of await listTicketTypes(sql, eventId)) {
    const { available, state } = availabilityOf(type, { event, pools, now });
    const { ticketTypeId, minPerOrder } = type;
    const outcome = await tried(sql, async (tx) => {
      const expiresAt = new Date(now.getTime() + HOLD_MS);
      const line = { allocationId: newId(), ticketTypeId, buyerId: newId(), expiresAt };
      const batches = [{ eventId, items: [{ ...line, quantity: minPerOrder }] }];
      const [held] = await callHoldSeats(tx, { batches, source: "public", revive: false, now });
      return held!.granted.length > 0 ? "held" : held!.refused?.[0]?.reason;
    });
    assert.equal(available > 0, outcome === "held", `${type.name} is ${state}, but ${outcome}`);
    seen[available > 0 ? "available" : "unavailable"]++;
  }
  return seen;
}

/** Thrown to roll a transaction back. */
class RolledBack extends Error {}

async function tried<Result>(
  sql: EventWorld["sql"],
  run: (tx: Tx) => Promise<Result>,
): Promise<Result> {
  const done = Promise.withResolvers<Result>();
  try {
    await transaction(sql, async (tx) => {
      done.resolve(await run(tx));
      throw new RolledBack();
    });
  } catch (error) {
    if (!(error instanceof RolledBack)) assert.fail(`${error}`);
  }
  return await done.promise;
}
