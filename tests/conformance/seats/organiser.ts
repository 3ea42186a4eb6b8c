import {
  arrayLiteral,
  exactlyOne,
  many,
  type Pool,
  transaction,
  type Tx,
} from "@evently/shared/postgres";
import { setWaitlistOpen } from "../../../services/event/testing/world.ts";
import type { TypeSettings } from "../../models/seats/seat_model.ts";
import { HELD_OF_EVENT } from "../../models/seats/tables.ts";

/** What an organiser changes of an event's pools, types and limits, in the way of the event service. */
export interface Organiser {
  /** Returns the number of the new pool. */
  makePool(pool: { poolId: string; name: string; capacity: number }): Promise<number>;
  /** Returns whether the taken seats allow it. */
  resizePool(pool: number, capacity: number): Promise<boolean>;
  /** Returns whether no seat of the pool is taken. */
  retirePool(pool: number): Promise<boolean>;
  /** Creates a ticket type or changes it. */
  setType(settings: TypeSettings): Promise<void>;
  setMaxHeld(maxHeld: number | null): Promise<void>;
  /** Opens or closes the list of a type, by default the default one, whatever is free. */
  setWaitlistOpen(open: boolean, type?: number): Promise<void>;
}

/** Changes pools, types and limits of an event in events_db, each under the lock of its seats. */
export function organiserOf(sql: Pool, eventId: string, now: () => Date): Organiser {
  function locked<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return transaction(sql, async (tx) => {
      await tx`SELECT FROM lock_inventory(${eventId})`;
      return await work(tx);
    });
  }
  return {
    makePool: ({ poolId, name, capacity }) =>
      exactlyOne(
        sql<
          { pool: number }[]
        >`SELECT pool FROM make_pool(${eventId}, ${poolId}, ${name}, ${capacity})`,
        ({ pool }) => pool,
      ),
    resizePool: (pool, capacity) =>
      exactlyOne(
        sql<
          { resized: boolean }[]
        >`SELECT resized FROM resize_pool(${eventId}, ${pool}, ${capacity})`,
        ({ resized }) => resized,
      ),
    retirePool: (pool) =>
      exactlyOne(
        sql<{ retired: boolean }[]>`SELECT retired FROM retire_pool(${eventId}, ${pool})`,
        ({ retired }) => retired,
      ),
    setType: (settings) =>
      locked(async (tx) => {
        await putType(tx, settings, now());
        if (settings.max_per_buyer !== undefined) {
          await tx`SELECT recount_buyers(${eventId}, ${settings.type}::smallint)`;
        }
        await tx`SELECT refresh_plain(${eventId})`;
        const [house] = await tx<{ isWaitlistOpen: boolean }[]>`
          SELECT waitlist_open AS "isWaitlistOpen" FROM seat_inventory WHERE event_id = ${eventId} AND pool = 0`;
        if (house?.isWaitlistOpen) await tx`SELECT FROM settle_set_aside(${eventId})`;
      }),
    setMaxHeld: (maxHeld) =>
      locked(async (tx) => {
        await tx`UPDATE events SET max_held_per_user = ${maxHeld} WHERE event_id = ${eventId}`;
        await tx`SELECT recount_buyers(${eventId}, ${HELD_OF_EVENT}::smallint)`;
        await tx`SELECT refresh_plain(${eventId})`;
      }),
    async setWaitlistOpen(open, type) {
      await setWaitlistOpen(sql, eventId, open, type);
    },
  };
}

async function putType(tx: Tx, settings: TypeSettings, now: Date): Promise<void> {
  const { event_id, type, pools, units, ...columns } = settings;
  const row = {
    ...columns,
    ...(pools ? { pools: arrayLiteral(pools) } : {}),
    ...(units ? { units: arrayLiteral(units) } : {}),
    updated_at: now,
  };
  const changed = await many(
    tx<{ type: number }[]>`
    UPDATE ticket_types SET ${
      tx(row)
    } WHERE event_id = ${event_id} AND type = ${type} RETURNING type`,
    (found) => found,
  );
  if (changed.length > 0) return;
  const added = { event_id, type, position: type, kind: "paid", created_at: now, ...row };
  await tx`INSERT INTO ticket_types ${tx(added)}`;
}
