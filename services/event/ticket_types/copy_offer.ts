import { newId } from "@evently/shared/ids";
import type { Tx } from "@evently/shared/postgres";
import { callRefreshPlain, copyDefaultName } from "../events/event_changes_sql.ts";
import { HOUSE } from "../inventory/ledger/chain.ts";
import { makePool, ownPoolId } from "../pools/pool_rules.ts";
import { listPools } from "../pools/pools_sql.ts";
import { addTicketType } from "./create_ticket_type.ts";
import { settingsOf, type TicketTypeSettings } from "./settings.ts";
import { settlePools } from "./settle_pools.ts";
import {
  DEFAULT_TYPE,
  listTicketTypes,
  updateTicketTypeRow,
  writePositions,
} from "./ticket_types_sql.ts";

/**
 * Gives a new event the pools and ticket types of another one; archived types are left out, but for the default one,
 * which every event has. Nobody else may know the new event yet.
 *
 * @param copy.move moves the times of sale
 */
export async function copyOffer(
  tx: Tx,
  { from, to, move, now }: { from: string; to: string; move: (time: Date) => Date; now: Date },
): Promise<void> {
  const all = await listTicketTypes(tx, from);
  const types = all.filter(({ type, status }) => type === DEFAULT_TYPE || status !== "archived");
  const pools = await listPools(tx, from);
  const settings = types.map((type) => settingsOf(type, pools));

  const typeIds = types.map(({ type }) => type === DEFAULT_TYPE ? to : newId());
  const ownPools = new Map(
    types.map(({ ticketTypeId }, i) => [ownPoolId(ticketTypeId), ownPoolId(typeIds[i]!)]),
  );
  const isDrawn = (pool: number) => types.some((type) => type.pools.includes(pool));
  const wasOwn = new Set(all.map(({ ticketTypeId }) => ownPoolId(ticketTypeId)));
  const poolIds = new Map<string, string>();
  for (const { pool, poolId, name, capacity } of pools) {
    if (pool === HOUSE || (wasOwn.has(poolId) && !isDrawn(pool))) continue;
    const copyId = ownPools.get(poolId) ?? newId();
    poolIds.set(poolId, copyId);
    const made = await listPools(tx, to);
    await makePool(tx, { pools: made, eventId: to, poolId: copyId, name, capacity });
  }

  for (const [i, { salesStart, salesEnd, pools, ...others }] of settings.entries()) {
    const ticketTypeId = typeIds[i]!;
    const copy: TicketTypeSettings = {
      ...others,
      salesStart: salesStart && move(salesStart),
      salesEnd: salesEnd && move(salesEnd),
      pools: pools.map(({ poolId, units }) => ({ poolId: poolIds.get(poolId)!, units })),
      position: i,
    };
    if (ticketTypeId === to) await copyDefaultType(tx, { from, to, copy, now });
    else await addTicketType(tx, { eventId: to, ticketTypeId, wished: copy, now });
  }
  await callRefreshPlain(tx, to);
}

/** Name and price of the default type are the event's. */
async function copyDefaultType(
  tx: Tx,
  { from, to, copy, now }: { from: string; to: string; copy: TicketTypeSettings; now: Date },
): Promise<void> {
  await copyDefaultName(tx, { from, to });
  const { pools: _pools, capacity: _capacity, gives: _gives, position, ...columns } = copy;
  const pools = await listPools(tx, to);
  const draws = await settlePools(tx, { eventId: to, ticketTypeId: to, pools, settings: copy });
  const changes = { ...columns, ...draws };
  await updateTicketTypeRow(tx, { eventId: to, type: DEFAULT_TYPE, changes, now });
  const others = (await listTicketTypes(tx, to)).map(({ type }) => type)
    .filter((type) => type !== DEFAULT_TYPE);
  await writePositions(tx, { eventId: to, order: others.toSpliced(position, 0, DEFAULT_TYPE) });
}
