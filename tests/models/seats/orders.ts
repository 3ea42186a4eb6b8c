import type {
  HoldItem,
  Refusal,
  RefusalReason,
  TypeTerms,
} from "../../../services/event/inventory/types.ts";
import { DEFAULT_TICKET_NAME } from "../../../services/event/inventory/types.ts";
import { limitOf, takenBy } from "./limits.ts";
import type { HoldBatchOfEvent } from "./hold.ts";
import {
  DEFAULT_TYPE,
  freeSeats,
  HELD_OF_EVENT,
  type ModelAllocation,
  type ModelTicketType,
  type SeatTables,
} from "./tables.ts";
import { drawsOf } from "./transfer.ts";

interface Line {
  item: HoldItem;
  type: ModelTicketType | "unknown" | "required";
}

/** A line whose type is known. */
interface SoundLine extends Line {
  type: ModelTicketType;
}

const KEY_REUSED: Refusal = { reason: "key_reused", ticketTypeId: undefined };

/** Result of {@link holdOrders}. */
export interface OrdersHeld {
  granted: ModelAllocation[];
  /** By allocation of each line that was refused. */
  refusals: ReadonlyMap<string, Refusal>;
  /** The types that the batch named or meant, by id. */
  types: Readonly<Record<string, TypeTerms>>;
}

/** The orders of a batch, each with its lines. */
export function ordersOf(items: readonly HoldItem[]): HoldItem[][] {
  const orders: HoldItem[][] = [];
  for (const item of items) {
    const last = orders.at(-1);
    if (item.order !== undefined && last?.[0]?.order === item.order) last.push(item);
    else orders.push([item]);
  }
  return orders;
}

/**
 * `hold_orders`: holds orders of any shape one after the other, each whole or not at all. An order that was held
 * before takes nothing, nor does one that occurs again in the batch; one of which only some lines did is refused.
 */
export function holdOrders(
  tables: SeatTables,
  batch: HoldBatchOfEvent,
  items: readonly HoldItem[],
): OrdersHeld {
  const { event_id } = batch.event;
  const room = new Room(tables, batch);
  const granted: ModelAllocation[] = [];
  const refusals = new Map<string, Refusal>();
  const met = new Set<string>();
  const types = new Map<string, ModelTicketType>();
  let isDefaultMeant = false;
  let isEnded = false;
  for (const order of ordersOf(items)) {
    const again = order.filter(({ allocationId }) => met.has(allocationId));
    for (const { allocationId } of order) met.add(allocationId);
    const refuse = (refusal: Refusal, lines: readonly HoldItem[]) => {
      for (const { allocationId } of lines) refusals.set(allocationId, refusal);
    };
    if (again.length > 0) {
      refuse(KEY_REUSED, order.filter((line) => !again.includes(line)));
      continue;
    }
    isDefaultMeant ||= order.some(({ ticketTypeId }) => ticketTypeId === undefined);
    const lines = order.map((item) => ({ item, type: typeOf(tables, event_id, item) }));
    for (const { type } of lines) {
      if (typeof type === "object") types.set(type.ticket_type_id, type);
    }
    const old = order.filter(({ allocationId }) => tables.allocation(event_id, allocationId));
    if (old.length === order.length) continue;
    const refusal: Refusal | undefined = old.length > 0
      ? KEY_REUSED
      : isEnded
      ? refusalOf(lines[0]!, "seats")
      : formalRefusal(batch, lines) ?? room.take(lines as SoundLine[]);
    // The waitlist is served in order: nobody gets what an order before was too large for.
    isEnded ||= batch.source === "waitlist" && refusal?.reason === "seats";
    if (refusal) refuse(refusal, order);
    else granted.push(...lines.map((line) => rowOf(batch, line as SoundLine)));
  }
  const meant = isDefaultMeant ? typeOf(tables, event_id, {}) : tables.type(event_id, DEFAULT_TYPE);
  return {
    granted,
    refusals,
    types: Object.fromEntries([...types].map(([id, type]) => [id, {
      name: type.name ?? batch.event.base_ticket_name ?? DEFAULT_TICKET_NAME,
      unitPriceMinor: type.price_minor ?? batch.event.unit_price_minor,
      gives: type.units[0]!,
      isDefault: type === meant,
      minPerOrder: type.min_per_order,
      maxPerOrder: type.max_per_order ?? batch.event.max_tickets_per_booking,
      available: room.available(type),
    }])),
  };
}

/** Why the order cannot be held, whatever is left; its first line that breaks a rule decides. */
function formalRefusal(
  batch: HoldBatchOfEvent,
  lines: readonly Line[],
): Refusal | undefined {
  const { event, isOnSale, now } = batch;
  let tickets = 0;
  for (const line of lines) {
    const { item, type } = line;
    const refuse = (reason: RefusalReason) => refusalOf(line, reason);
    if (type === "required") return refuse("type_required");
    if (type === "unknown" || !isOnSale || !sellsAt(type, now)) return refuse("not_on_sale");
    if (item.quantity < type.min_per_order) return refuse("min");
    const max = type.max_per_order ?? event.max_tickets_per_booking;
    if (item.quantity > max) return refuse("max");
    tickets += item.quantity * type.units[0]!;
    if (tickets > event.max_tickets_per_booking) return refuse("max");
  }
}

function refusalOf({ item, type }: Line, reason: RefusalReason): Refusal {
  return {
    reason,
    ticketTypeId: typeof type === "object" ? type.ticket_type_id : item.ticketTypeId,
  };
}

/** What is left: seats of each pool, and what each buyer may have. */
class Room {
  readonly #tables: SeatTables;
  readonly #eventId: string;
  readonly #source: HoldBatchOfEvent["source"];
  readonly #seats: Map<number, number>;
  readonly #left = new Map<string, number>();

  constructor(tables: SeatTables, { event, source }: HoldBatchOfEvent) {
    this.#tables = tables;
    this.#source = source;
    this.#eventId = event.event_id;
    this.#seats = new Map(
      tables.inventoriesOf(event.event_id).map((row) => {
        return [row.pool, source === "waitlist" ? row.set_aside : freeSeats(row)];
      }),
    );
  }

  /** Takes what an order needs, or nothing and says why. */
  take(lines: readonly SoundLine[]): Refusal | undefined {
    for (const [i, line] of lines.entries()) {
      this.#move(line, -1);
      const reason = this.#reasonAgainst(line);
      if (!reason) continue;
      for (const taken of lines.slice(0, i + 1)) this.#move(taken, 1);
      return { reason, ticketTypeId: line.type.ticket_type_id };
    }
  }

  /** How many of a type are left. */
  available(type: ModelTicketType): number {
    const left = drawsOf(type).map(([pool, units]) => {
      return Math.floor((this.#seats.get(pool) ?? 0) / units);
    });
    return Math.max(0, Math.min(...left));
  }

  #reasonAgainst(line: SoundLine): RefusalReason | undefined {
    for (const { key, limit } of this.#limitsOf(line)) {
      if (line.item.buyerId === undefined || this.#leftOf(key, limit) < 0) return "buyer_limit";
    }
    for (const [pool] of drawsOf(line.type)) {
      if ((this.#seats.get(pool) ?? 0) >= 0) continue;
      return this.#source === "public" && line.type.waitlist_open ? "waitlist" : "seats";
    }
  }

  #move(line: SoundLine, sign: 1 | -1): void {
    for (const { key, limit, counted } of this.#limitsOf(line)) {
      this.#left.set(key, this.#leftOf(key, limit) + sign * counted);
    }
    for (const [pool, units] of drawsOf(line.type)) {
      this.#seats.set(pool, (this.#seats.get(pool) ?? 0) + sign * line.item.quantity * units);
    }
  }

  /** The limits that a line counts against, and how much. */
  #limitsOf({ item: { quantity, buyerId }, type }: SoundLine) {
    const counted = [[type.type, quantity], [HELD_OF_EVENT, quantity * type.units[0]!]] as const;
    return counted.flatMap(([of, counted]) => {
      const limit = limitOf(this.#tables, this.#eventId, of);
      return limit === null ? [] : [{ key: `${of} ${buyerId}`, limit, counted }];
    });
  }

  #leftOf(key: string, limit: number): number {
    const [type, buyerId] = key.split(" ") as [string, string];
    const counter = { eventId: this.#eventId, buyerId, type: Number(type) };
    return this.#left.get(key) ?? limit - takenBy(this.#tables, counter);
  }
}

/** The type of a line. One that names none means the default type, or the only one left once that is archived. */
function typeOf(
  tables: SeatTables,
  eventId: string,
  { ticketTypeId }: Pick<HoldItem, "ticketTypeId">,
): Line["type"] {
  if (ticketTypeId !== undefined) return tables.typeById(eventId, ticketTypeId) ?? "unknown";
  const type = tables.type(eventId, DEFAULT_TYPE)!;
  if (type.status !== "archived") return type;
  const left = tables.typesOf(eventId).filter(({ status }) => status !== "archived");
  return left.length === 1 ? left[0]! : "required";
}

/** Whether a type is active and in its window. */
export function sellsAt(
  { status, sales_start, sales_end }: ModelTicketType,
  now: Date,
): boolean {
  return status === "active" && (sales_start === null || sales_start <= now) &&
    (sales_end === null || sales_end > now);
}

function rowOf({ event, source }: HoldBatchOfEvent, { item, type }: SoundLine): ModelAllocation {
  const { type: number, price_minor, pools, units } = type;
  const isOneSeat = pools.length === 1 && units[0] === 1;
  return {
    event_id: event.event_id,
    allocation_id: item.allocationId,
    quantity: item.quantity,
    state: "held",
    source,
    type: number,
    buyer_id: item.buyerId ?? null,
    unit_price_minor: price_minor ?? event.unit_price_minor,
    pools: isOneSeat ? null : pools,
    units: isOneSeat ? null : units,
    expires_at_ms: item.expiresAt.getTime(),
  };
}
