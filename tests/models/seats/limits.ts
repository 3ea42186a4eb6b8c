import {
  DEFAULT_TYPE,
  HELD_OF_EVENT,
  HOUSE,
  type ModelAllocation,
  type ModelTicketType,
  type SeatTables,
} from "./tables.ts";
import { houseOf, ticketsOf } from "./transfer.ts";

/** `refresh_plain`: whether only the default type is sold, a seat a ticket, without limits. */
export function refreshPlain(tables: SeatTables, eventId: string): void {
  const house = houseOf(tables, eventId);
  const isLimited = (tables.events.get(eventId)?.max_held_per_user ?? null) !== null;
  const plain = !isLimited && !tables.typesOf(eventId).some(isSpecial);
  if (house.plain !== plain) tables.putInventory({ ...house, plain });
}

function isSpecial(row: ModelTicketType): boolean {
  if (row.max_per_buyer !== null) return true;
  if (row.type !== DEFAULT_TYPE) return row.status !== "archived";
  return row.status !== "active" || row.pools.join() !== `${HOUSE}` || row.units.join() !== "1" ||
    row.min_per_order > 1 || row.max_per_order !== null || row.sales_start !== null ||
    row.sales_end !== null;
}

/** `recount_buyers`: counts anew what each buyer has of a type; without a limit nothing is counted. */
export function recountBuyers(tables: SeatTables, eventId: string, type: number): void {
  for (const row of tables.buyers.where((b) => b.event_id === eventId && b.type === type)) {
    tables.buyers.delete(buyerKey(eventId, row.buyer_id, type));
  }
  if (limitOf(tables, eventId, type) === null) return;
  for (const row of tables.allocations.where(({ event_id }) => event_id === eventId)) {
    addTaken(tables, row, { type, taken: countedFor(row, type) });
  }
}

/** Moves what buyers have from the rows before a change to those after it. */
export function countBuyers(
  tables: SeatTables,
  { before = [], after = [] }: {
    before?: readonly ModelAllocation[];
    after?: readonly ModelAllocation[];
  },
): void {
  for (const [rows, sign] of [[before, -1], [after, 1]] as const) {
    for (const row of rows) {
      for (const type of [row.type, HELD_OF_EVENT]) {
        if (limitOf(tables, row.event_id, type) === null) continue;
        addTaken(tables, row, { type, taken: sign * countedFor(row, type) });
      }
    }
  }
}

/** The limit a buyer of a type, or of what is held of the event; `null` if there is none. */
export function limitOf(tables: SeatTables, eventId: string, type: number): number | null {
  if (type === HELD_OF_EVENT) return tables.events.get(eventId)?.max_held_per_user ?? null;
  return tables.type(eventId, type)?.max_per_buyer ?? null;
}

/** What a buyer has so far, as far as it is counted. */
export function takenBy(
  tables: SeatTables,
  { eventId, buyerId, type }: { eventId: string; buyerId: string; type: number },
): number {
  return tables.buyers.get(buyerKey(eventId, buyerId, type))?.taken ?? 0;
}

/** Held and sold count against a type's limit; tickets held and not paid against the event's. */
function countedFor(row: ModelAllocation, type: number): number {
  if (type === HELD_OF_EVENT) return row.state === "held" ? ticketsOf(row) : 0;
  return row.type === type && row.state !== "released" ? row.quantity : 0;
}

function addTaken(
  tables: SeatTables,
  { event_id, buyer_id }: ModelAllocation,
  { type, taken }: { type: number; taken: number },
): void {
  if (buyer_id === null || taken === 0) return;
  const key = buyerKey(event_id, buyer_id, type);
  const before = tables.buyers.get(key)?.taken ?? 0;
  tables.buyers.put(key, { event_id, buyer_id, type, taken: before + taken });
}

function buyerKey(eventId: string, buyerId: string, type: number): string {
  return `${eventId} ${buyerId} ${type}`;
}
