import { Table } from "@evently/shared/testing";
import type { Account, Accounts } from "../../../services/event/inventory/ledger/chain.ts";
import type { RefundPolicy } from "../../../services/event/events/refund_policy.ts";

/** The pool that every ticket of an event draws on. */
export const HOUSE = 0;
/** The default type of an event; its id is the event's. */
export const DEFAULT_TYPE = 0;
/** In `seat_buyers`: the tickets of any type that a buyer holds and has not paid. */
export const HELD_OF_EVENT = -1;

/** The columns of an event that its seats depend on. */
export interface ModelEvent {
  event_id: string;
  status: "draft" | "published" | "cancelled";
  start_at: Date;
  end_at: Date;
  /** Price of the default type. */
  unit_price_minor: number;
  /** Name of the default type; `null`: "General admission". */
  base_ticket_name?: string | null;
  currency: string;
  max_tickets_per_booking: number;
  max_held_per_user?: number | null;
  refund_policy?: RefundPolicy;
}

/** A row of `seat_inventory`: a pool, or the house. */
export interface ModelInventory {
  event_id: string;
  pool: number;
  capacity: number;
  held: number;
  sold: number;
  set_aside: number;
  /** Of the house: the list of some type is open. */
  waitlist_open: boolean;
  /** Of the house: only the default type is sold, a seat a ticket, without limits. */
  plain: boolean;
  seq: number;
}

/** A row of `event_pools`: a further pool, which the house is not. */
export interface ModelPool {
  event_id: string;
  pool: number;
  pool_id: string;
  name: string;
}

/** A row of `ticket_types`, without what a sale does not read. */
export interface ModelTicketType {
  event_id: string;
  type: number;
  ticket_type_id: string;
  /** `null` for the default type. */
  name: string | null;
  price_minor: number | null;
  pools: readonly number[];
  units: readonly number[];
  min_per_order: number;
  max_per_order: number | null;
  max_per_buyer: number | null;
  sales_start: Date | null;
  sales_end: Date | null;
  status: "active" | "paused" | "archived";
  /** Seats that it could use are set aside. */
  waitlist_open: boolean;
  waitlist_generation: number;
}

/** A row of `seat_allocations`: a line of an order. */
export interface ModelAllocation {
  event_id: string;
  allocation_id: string;
  quantity: number;
  state: "held" | "sold" | "released";
  source: "public" | "waitlist";
  type: number;
  buyer_id: string | null;
  unit_price_minor: number;
  /** What one of it took, with `units`; `null`: one seat of the house. */
  pools: readonly number[] | null;
  units: readonly number[] | null;
  /** Milliseconds since 1970, so that values compare as in PostgreSQL. */
  expires_at_ms: number;
}

/** A row of `seat_buyers`. */
export interface ModelBuyer {
  event_id: string;
  buyer_id: string;
  /** A type, or {@link HELD_OF_EVENT}. */
  type: number;
  taken: number;
}

/** An entry of `seat_ledger` without its hash and time, which only real entries have. */
export interface ModelEntry extends Accounts {
  event_id: string;
  seq: number;
  pool: number;
  operation:
    | "make"
    | "hold"
    | "commit"
    | "release"
    | "waitlist"
    | "resize"
    | "retire"
    | "close";
  debit: Account;
  credit: Account;
  seats: number;
  allocation_ids: readonly string[];
  quantities: readonly number[];
}

/** The tables of events_db that the model keeps. */
export class SeatTables {
  readonly events = new Table<ModelEvent>();
  readonly inventories = new Table<ModelInventory>();
  readonly pools = new Table<ModelPool>();
  readonly types = new Table<ModelTicketType>();
  readonly allocations = new Table<ModelAllocation>();
  readonly buyers = new Table<ModelBuyer>();
  readonly ledger = new Table<ModelEntry>();

  /** Returns the house of an event. */
  house(eventId: string): Readonly<ModelInventory> | undefined {
    return this.inventory(eventId, HOUSE);
  }

  inventory(eventId: string, pool: number): Readonly<ModelInventory> | undefined {
    return this.inventories.get(keyOf(eventId, pool));
  }

  /**
   * Stores a row of `seat_inventory`.
   *
   * @throws {ConstraintViolated}
   */
  putInventory(row: ModelInventory): void {
    assertNeverOversold(row);
    this.inventories.put(keyOf(row.event_id, row.pool), row);
  }

  deleteInventory({ event_id, pool }: ModelInventory): void {
    this.inventories.delete(keyOf(event_id, pool));
  }

  /** Returns house and pools of an event, by number. */
  inventoriesOf(eventId: string): Readonly<ModelInventory>[] {
    return this.inventories.where(({ event_id }) => event_id === eventId)
      .sort((a, b) => a.pool - b.pool);
  }

  type(eventId: string, type: number): Readonly<ModelTicketType> | undefined {
    return this.types.get(keyOf(eventId, type));
  }

  typeById(eventId: string, ticketTypeId: string): Readonly<ModelTicketType> | undefined {
    if (ticketTypeId === eventId) return this.type(eventId, DEFAULT_TYPE);
    return this.typesOf(eventId).find((type) => type.ticket_type_id === ticketTypeId);
  }

  typesOf(eventId: string): Readonly<ModelTicketType>[] {
    return this.types.where(({ event_id }) => event_id === eventId);
  }

  putType(row: ModelTicketType): void {
    this.types.put(keyOf(row.event_id, row.type), row);
  }

  allocation(eventId: string, allocationId: string): Readonly<ModelAllocation> | undefined {
    return this.allocations.get(keyOf(eventId, allocationId));
  }

  putAllocation(row: ModelAllocation): void {
    this.allocations.put(keyOf(row.event_id, row.allocation_id), row);
  }

  deleteAllocation({ event_id, allocation_id }: ModelAllocation): void {
    this.allocations.delete(keyOf(event_id, allocation_id));
  }
}

function keyOf(...parts: readonly (string | number)[]): string {
  return parts.join(" ");
}

/** Returns `capacity - held - sold - set_aside`. */
export function freeSeats({ capacity, held, sold, set_aside }: ModelInventory): number {
  return capacity - held - sold - set_aside;
}

/** The CHECK constraints of `seat_inventory`. */
function assertNeverOversold(row: ModelInventory): void {
  const { held, sold, set_aside } = row;
  if (held >= 0 && sold >= 0 && set_aside >= 0 && freeSeats(row) >= 0) return;
  throw new ConstraintViolated(`seat_inventory must not be oversold: ${JSON.stringify(row)}`);
}

/** Thrown where a database constraint would refuse the statement; the caller has a defect. */
export class ConstraintViolated extends Error {
  override readonly name = "ConstraintViolated";
}
