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

/** Seats to hold for one allocation: one line of an order. */
export interface OrderItem {
  allocationId: string;
  quantity: number;
  expiresAt: Date;
  /** Items of one order follow each other and share it; absent: an order of its own. */
  order?: number;
  /** Absent: the default type. */
  ticketTypeId?: string;
  buyerId?: string;
}

/** Why an order was refused. */
export type Reason =
  | "not_on_sale"
  | "type_required"
  | "min"
  | "max"
  | "waitlist"
  | "buyer_limit"
  | "seats"
  | "key_reused";

/** Why an order was refused, and the type of the line that it was refused for. */
export interface Refusal {
  reason: Reason;
  ticketTypeId: string | undefined;
}

interface Line {
  item: OrderItem;
  type: ModelTicketType | "unknown" | "required";
}

/** A line whose type is known. */
interface SoundLine extends Line {
  type: ModelTicketType;
}

/** Result of {@link holdOrders}: the new allocations, and the refusals by the first item of their order. */
export interface OrdersHeld {
  granted: ModelAllocation[];
  refusals: ReadonlyMap<OrderItem, Refusal>;
}

/** The orders of a batch, each with its lines. */
export function ordersOf(items: readonly OrderItem[]): OrderItem[][] {
  const orders: OrderItem[][] = [];
  for (const item of items) {
    const last = orders.at(-1);
    if (item.order !== undefined && last?.[0]?.order === item.order) last.push(item);
    else orders.push([item]);
  }
  return orders;
}

/** `hold_orders`: holds orders of any shape one after the other, each whole or not at all. */
export function holdOrders(
  tables: SeatTables,
  batch: HoldBatchOfEvent,
  items: readonly OrderItem[],
): OrdersHeld {
  const { event_id } = batch.event;
  const known = new Set(
    items.map(({ allocationId }) => allocationId).filter((id) => tables.allocation(event_id, id)),
  );
  const room = new Room(tables, batch);
  const granted: ModelAllocation[] = [];
  const refusals = new Map<OrderItem, Refusal>();
  for (const order of ordersOf(items)) {
    const old = order.filter(({ allocationId }) => known.has(allocationId));
    if (old.length === order.length) continue;
    const lines = order.map((item) => ({ item, type: typeOf(tables, event_id, item) }));
    const refusal: Refusal | undefined = old.length > 0
      ? { reason: "key_reused", ticketTypeId: undefined }
      : formalRefusal(batch, lines) ?? room.take(lines as SoundLine[]);
    if (refusal) refusals.set(order[0]!, refusal);
    else granted.push(...lines.map((line) => rowOf(batch, line as SoundLine)));
  }
  return { granted, refusals };
}

/** Why the order cannot be held, whatever is left; its first line that breaks a rule decides. */
function formalRefusal(
  batch: HoldBatchOfEvent,
  lines: readonly Line[],
): Refusal | undefined {
  const { event, isOnSale, isClosed, now } = batch;
  let tickets = 0;
  for (const { item, type } of lines) {
    const refuse = (reason: Reason): Refusal => {
      const named = item.ticketTypeId ?? event.event_id;
      return { reason, ticketTypeId: typeof type === "string" ? named : type.ticket_type_id };
    };
    if (type === "required") return refuse("type_required");
    if (type === "unknown" || !isOnSale || !sellsAt(type, now)) return refuse("not_on_sale");
    if (item.quantity < type.min_per_order) return refuse("min");
    const max = type.max_per_order ?? event.max_tickets_per_booking;
    if (item.quantity > max) return refuse("max");
    if (isClosed) return refuse("waitlist");
    tickets += item.quantity * type.units[0]!;
    if (tickets > event.max_tickets_per_booking) return refuse("max");
  }
}

/** What is left: seats of each pool, and what each buyer may have. */
class Room {
  readonly #tables: SeatTables;
  readonly #eventId: string;
  readonly #seats: Map<number, number>;
  readonly #left = new Map<string, number>();

  constructor(tables: SeatTables, { event, source }: HoldBatchOfEvent) {
    this.#tables = tables;
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

  #reasonAgainst(line: SoundLine): Reason | undefined {
    for (const { key, limit } of this.#limitsOf(line)) {
      if (line.item.buyerId === undefined || this.#leftOf(key, limit) < 0) return "buyer_limit";
    }
    for (const [pool] of drawsOf(line.type)) {
      if ((this.#seats.get(pool) ?? 0) < 0) return "seats";
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
  { ticketTypeId = eventId }: OrderItem,
): Line["type"] {
  if (ticketTypeId !== eventId) return tables.typeById(eventId, ticketTypeId) ?? "unknown";
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
