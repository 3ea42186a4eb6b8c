import assert from "node:assert/strict";
import type { OpenService } from "@evently/shared/services";
import { type Random, times } from "@evently/shared/testing";
import {
  fromExtendItem,
  toBatch,
  toExtendResponse,
  toHoldBatch,
  toReleaseBatch,
} from "../../services/event/inventory/wire.ts";
import { exchange, type Json } from "../../services/event/testing/world.ts";
import { type Organiser } from "../conformance/seats/organiser.ts";
import { modelOrganiser } from "../conformance/seats/shop.ts";
import { SeatModel } from "../models/seats/seat_model.ts";
import type { Operation } from "./linearizability.ts";

const MAX_ITEMS = 3;
const MAX_HOLD_MS = 60_000;

/** A request of one client, with the time at which the service evaluates it. */
export type Call =
  & { now: Date }
  & (
    | { kind: "hold"; source: "public" | "waitlist"; items: Item[] }
    | { kind: "commit"; ids: string[]; orders: number[] }
    | { kind: "release"; ids: string[] }
    | { kind: "extend"; items: Pick<Item, "allocation_id" | "expires_at">[] }
    | { kind: "resize"; capacity: number }
  );

/** A line of an order. */
interface Item {
  allocation_id: string;
  quantity: number;
  expires_at: string;
  ticket_type_id?: string;
  buyer_id: string;
  order?: number;
}

/** Outcome of each item in order, and how many seats are free and set aside; expiries of replays are omitted. */
export type Answer = { outcomes: string[]; available?: number; setAside?: number };
/** A call with its answer, times and sequence number. */
export type Observed = Operation<Call, Answer>;

/** What calls refer to. */
export interface Cast {
  /** For each order the ids of its lines. */
  orders: readonly (readonly string[])[];
  typeIds: readonly string[];
  buyers: readonly string[];
  now: Date;
  /** Each is requested only once, so that the ledger identifies the resize. */
  capacities: number[];
}

/** Draws a call; half of the holds name the types of their lines. */
export function drawCall(random: Random, cast: Cast): Call {
  const { now, capacities } = cast;
  const chosen = times(1 + random.below(MAX_ITEMS), () => random.pick(cast.orders));
  const orders = [...new Set(chosen)];
  const expiry = () => new Date(now.getTime() + 1 + random.below(MAX_HOLD_MS)).toISOString();
  const linesOf = (ids: readonly string[]) => ids.slice(0, 1 + random.below(ids.length));
  switch (random.pick(["hold", "hold", "hold", "commit", "release", "extend", "rare"] as const)) {
    case "hold": {
      const source = random.pick(["public", "public", "waitlist"] as const);
      return { kind: "hold", now, source, items: drawItems(random, { ...cast, orders, expiry }) };
    }
    case "commit": {
      const lines = orders.flatMap((ids, order) => linesOf(ids).map((id) => ({ id, order })));
      return {
        kind: "commit",
        now,
        ids: lines.map(({ id }) => id),
        orders: lines.map(({ order }) => order),
      };
    }
    case "release":
      return { kind: "release", now, ids: orders.flatMap(linesOf) };
    case "extend":
      return {
        kind: "extend",
        now,
        items: orders.flatMap(linesOf).map((id) => ({ allocation_id: id, expires_at: expiry() })),
      };
    case "rare": {
      const capacity = capacities.pop();
      if (capacity !== undefined) return { kind: "resize", now, capacity };
      return { kind: "release", now, ids: orders.flatMap(linesOf) };
    }
  }
}

function drawItems(
  random: Random,
  { orders, typeIds, buyers, expiry }: Pick<Cast, "orders" | "typeIds" | "buyers"> & {
    expiry: () => string;
  },
): Item[] {
  const namesTypes = random.below(2) === 0;
  return orders.flatMap((ids, order) => {
    const shared = { expires_at: expiry(), buyer_id: random.pick(buyers) };
    const lines = namesTypes ? ids.slice(0, 1 + random.below(ids.length)) : ids.slice(0, 1);
    return lines.map((id) => ({
      ...shared,
      allocation_id: id,
      quantity: 1 + random.below(4),
      ...(namesTypes ? { ticket_type_id: random.pick(typeIds), order } : {}),
    }));
  });
}

/** Sends a call to the real service. A resize reports no `seq`. */
export async function call(
  { app }: OpenService,
  call: Call,
  { eventId, token, key }: { eventId: string; token: string; key: string },
): Promise<{ answer: Answer; seq?: number }> {
  const internal = async (path: string, body: unknown): Promise<Json> => {
    const headers = { "X-API-Key": key };
    const url = `/internal${path}`;
    const { status, body: answer } = await exchange(app, "POST", url, { headers, body });
    assert.equal(status, 200, JSON.stringify(answer));
    return answer;
  };
  const batch = async (path: string, fields: Json, options: Json = {}): Promise<Json> => {
    const body = { batches: [{ event_id: eventId, ...fields }], ...options };
    return (await internal(`/seats/${path}`, body)).batches[0];
  };
  const path = `/events/${eventId}`;
  switch (call.kind) {
    case "hold": {
      const { source, items } = call;
      return toResult(await batch("hold", { items }, { source }));
    }
    case "commit":
      return toResult(await batch("commit", { allocation_ids: call.ids, orders: call.orders }));
    case "release":
      return toResult(await batch("release", { allocation_ids: call.ids }));
    case "extend":
      return toResult(await internal(`${path}/seats/extend`, { items: call.items }));
    case "resize": {
      const body = { total_capacity: call.capacity };
      const url = `/api/v1/admin/events/${eventId}`;
      const { status, body: answer } = await exchange(app, "PUT", url, { token, body });
      if (status === 200) return { answer: { outcomes: ["resized"] } };
      const taken = /current value is (\d+)$/.exec(answer.error)?.[1];
      assert.ok(status === 409 && taken, `a resize got ${status} ${answer.error}`);
      return { answer: tooSmall(Number(taken)) };
    }
  }
}

function toResult({ results = [], available_seats, set_aside, seq }: Json) {
  const outcomes = results.map((result: Json) => {
    const { outcome, state, quantity, reason } = result;
    if (outcome === "existing") return `${outcome} ${quantity} ${state}`;
    return reason === undefined ? outcome : `${outcome} ${reason}`;
  });
  return {
    seq,
    answer: {
      outcomes,
      ...(available_seats === undefined ? {} : { available: available_seats }),
      ...(set_aside === undefined ? {} : { setAside: set_aside }),
    },
  };
}

function fromItem(item: Item) {
  return {
    ...fromExtendItem(item),
    quantity: item.quantity,
    ticketTypeId: item.ticket_type_id,
    buyerId: item.buyer_id,
    order: item.order,
  };
}

/** Returns the answer to a resize below the number of held and sold seats. */
export function tooSmall(taken: number): Answer {
  return { outcomes: ["too small", `${taken} taken`] };
}

/** Sequential model of the seat inventory; it answers in the form of {@link call}. */
export class Replay {
  readonly #model = new SeatModel();
  readonly #eventId: string;

  constructor(
    eventId: string,
    { start_at, end_at, capacity }: { start_at: Date; end_at: Date; capacity: number },
  ) {
    this.#eventId = eventId;
    this.#model.addEvent({
      event_id: eventId,
      status: "published",
      start_at,
      end_at,
      unit_price_minor: 0,
      currency: "INR",
      max_tickets_per_booking: capacity,
    }, capacity);
  }

  /** Changes pools, types and limits while no operation runs. */
  get organiser(): Organiser {
    return modelOrganiser(this.#model, this.#eventId);
  }

  get seq(): number {
    return this.#model.tables.house(this.#eventId)!.seq;
  }

  apply(call: Call): Answer {
    const at = { eventId: this.#eventId, now: call.now };
    switch (call.kind) {
      case "hold": {
        const { source, items } = call;
        return toResult(
          toHoldBatch(
            this.#model.hold({ ...at, source, items: items.map(fromItem), revive: false }),
          ),
        ).answer;
      }
      case "commit": {
        const { ids: allocationIds, orders } = call;
        return toResult(toBatch(this.#model.commit({ ...at, allocationIds, orders }))).answer;
      }
      case "release":
        return toResult(toReleaseBatch(this.#model.release({ ...at, allocationIds: call.ids })))
          .answer;
      case "extend":
        return toResult(
          toExtendResponse(this.#model.extend({ ...at, items: call.items.map(fromExtendItem) })),
        ).answer;
      case "resize": {
        const answer = this.peek(call);
        this.#model.resize(this.#eventId, call.capacity);
        return answer;
      }
    }
  }

  /** Only refused resizes have no sequence number, so only they are peeked at. */
  peek(call: Call): Answer {
    assert.ok(call.kind === "resize");
    const { held, sold } = this.#model.tables.house(this.#eventId)!;
    return call.capacity < held + sold ? tooSmall(held + sold) : { outcomes: ["resized"] };
  }
}
