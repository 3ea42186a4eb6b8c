import { newId } from "@evently/shared/ids";
import type { Random } from "@evently/shared/testing";
import type { HoldItem } from "../../../services/event/inventory/types.ts";
import { exchange, HOLD_TTL_MS } from "../../../services/event/testing/world.ts";
import type { modelShop } from "../../conformance/seats/shop.ts";
import type { ModelTicketType } from "../../models/seats/tables.ts";
import {
  type Arena,
  type Process,
  type SeatVerbs,
  type Stage,
  type TypeName,
  TYPES,
  verbsOf,
} from "./arena.ts";

type ModelShop = ReturnType<typeof modelShop>;

/** An operation with all its input, to run in a process and on a model; both give the same answer. */
export interface Move {
  real(stage: Stage, process: Process): Promise<unknown>;
  model(shop: ModelShop): Promise<unknown>;
}

/** What can run at the same time on one event; each draws its input. */
export const CONTENDERS: Readonly<Record<string, (random: Random, arena: Arena) => Move>> = {
  "reserve plain": (random, arena) => hold(arena, [line(random, arena)]),
  "reserve of a shared pool": (random, arena) => hold(arena, [line(random, arena, "stand")]),
  "reserve two lines": (random, arena) =>
    hold(arena, [line(random, arena, "stand"), line(random, arena, "lounge")]),
  "reserve family": (random, arena) => hold(arena, [line(random, arena, "family")]),
  "reserve limited": (random, arena) =>
    hold(arena, [{ ...line(random, arena, "limited"), buyerId: arena.buyerId }]),
  "reserve again": (random, arena) => {
    const [first, second] = random.pick([arena.live, arena.expired]);
    return hold(arena, [
      { ...line(random, arena, "stand"), allocationId: first! },
      { ...line(random, arena, "lounge"), allocationId: second! },
    ], { revive: true });
  },
  "confirm": (random, arena) => {
    const { live, expired, limitedHold } = arena;
    const ids = random.pick([live, live, expired, [...live, limitedHold]]);
    const orders = ids.map((id) => id === limitedHold ? 1 : 0);
    return onSeats(arena, (seats) => seats.commit(ids, orders));
  },
  "cancel": (random, arena) => {
    const { sold, live, limitedHold } = arena;
    const ids = random.pick([sold, sold, [...sold, ...live], [limitedHold]]);
    return onSeats(arena, (seats) => seats.release(ids));
  },
  "expire": (random, arena) => {
    const ids = random.pick([arena.live, arena.expired]);
    return onSeats(arena, (seats) => seats.release(ids));
  },
  "sweep": (_random, arena) => onSeats(arena, (seats) => seats.sweep()),
  "pool up": (random, arena) => resize(arena, 1 + random.below(4)),
  "pool down": (random, arena) => resize(arena, -1 - random.below(3)),
  "type paused": (random, arena) => {
    const name = random.pick(["stand", "lounge", "limited"] as const);
    return changeType(arena, name, { sent: { status: "paused" }, stored: { status: "paused" } });
  },
  "price changed": (random, arena) => {
    const price = 50 + random.below(20);
    return changeType(arena, "stand", { sent: { price }, stored: { price_minor: 100 * price } });
  },
  "limit changed": (random, arena) => {
    const limit = { max_per_buyer: random.pick([null, 1, 3]) };
    if (random.below(2) === 0) return changeType(arena, "limited", { sent: limit, stored: limit });
    return limitHolds(arena, random.pick([null, 1, 4]));
  },
  "event cancelled": (_random, { eventId }) => ({
    real: (stage, process) => isDone(stage, process, { method: "DELETE", path: eventId }),
    async model(shop) {
      const isFirst = !isCancelled(shop, eventId);
      if (isFirst) await shop.cancelEvent();
      return isFirst;
    },
  }),
};

/** A line of one or two tickets of a type, or of the default one. */
function line(random: Random, { typeIds, now }: Arena, name?: TypeName): HoldItem {
  return {
    allocationId: newId(),
    quantity: 1 + random.below(2),
    expiresAt: new Date(now.getTime() + HOLD_TTL_MS),
    buyerId: newId(),
    order: 0,
    ...(name ? { ticketTypeId: typeIds[name] } : {}),
  };
}

function hold(arena: Arena, items: readonly HoldItem[], options = {}): Move {
  return onSeats(arena, (seats) => seats.hold(items, options));
}

function onSeats(arena: Arena, run: (seats: SeatVerbs) => Promise<unknown>): Move {
  return {
    real: ({ world }, { sql }) => run(verbsOf({ world, sql, arena })),
    model: run,
  };
}

/** Changes the capacity of the stand by some seats. */
function resize({ eventId, poolIds, capacities }: Arena, by: number): Move {
  const capacity = capacities[1] + by;
  const change = { method: "PUT", path: `${eventId}/pools/${poolIds[0]}`, body: { capacity } };
  return {
    real: (stage, process) => isDone(stage, process, change),
    async model(shop) {
      if (shop.model.tables.inventory(eventId, 1)!.capacity === capacity) return true;
      return !isCancelled(shop, eventId) && await shop.resizePool(1, capacity);
    },
  };
}

/** Changes a ticket type: what an organiser sends, and what is stored of it. */
function changeType(
  { eventId, typeIds }: Arena,
  name: TypeName,
  { sent, stored }: { sent: object; stored: Partial<ModelTicketType> },
): Move {
  const path = `${eventId}/ticket-types/${typeIds[name]}`;
  return {
    real: (stage, process) => isDone(stage, process, { method: "PUT", path, body: sent }),
    async model(shop) {
      const before = shop.model.tables.type(eventId, TYPES[name])!;
      const after = { ...before, ...stored };
      if (JSON.stringify(after) === JSON.stringify(before)) return true;
      if (isCancelled(shop, eventId)) return false;
      await shop.setType(after);
      return true;
    },
  };
}

function limitHolds({ eventId }: Arena, maxHeld: number | null): Move {
  const change = { method: "PUT", path: eventId, body: { max_held_per_user: maxHeld } };
  return {
    real: (stage, process) => isDone(stage, process, change),
    async model(shop) {
      const { max_held_per_user: before = null } = shop.model.tables.events.get(eventId)!;
      if (before === maxHeld) return true;
      if (isCancelled(shop, eventId)) return false;
      await shop.setMaxHeld(maxHeld);
      return true;
    },
  };
}

function isCancelled({ model }: ModelShop, eventId: string): boolean {
  return model.tables.events.get(eventId)!.status === "cancelled";
}

/** Sends an organiser's request about an event; returns whether it was done, and fails unless that is the choice. */
async function isDone(
  { organiser: { token } }: Stage,
  { service }: Process,
  { method, path, body }: { method: string; path: string; body?: object },
): Promise<boolean> {
  const url = `/api/v1/admin/events/${path}`;
  const sent = { token, ...(body ? { body } : {}) };
  const { status, body: answer } = await exchange(service.app, method, url, sent);
  if (status === 200) return true;
  if (status === 409) return false;
  throw new Error(`${method} ${url}: ${status} ${JSON.stringify(answer)}`);
}
