import { newId } from "@evently/shared/ids";
import { type Random, times } from "@evently/shared/testing";
import type { HoldItem } from "../../../services/event/inventory/types.ts";
import type { SeatModel, TypeSettings } from "../../models/seats/seat_model.ts";
import type { SeatTables } from "../../models/seats/tables.ts";
import type { Shop } from "./shop.ts";

/** Few, so that operations collide. */
const KNOWN_ORDERS = 14;
const MAX_LINES = 3;
const BUYERS = 4;
const MAX_ORDERS = 4;
const TTLS_MS = [500, 5_000, 60_000];
/** Pools that can exist at once, beside the house. */
const MAX_POOLS = 3;

/** What the operations of a history refer to. */
export interface Cast {
  eventId: string;
  /** For each order the ids of its lines. */
  orders: readonly (readonly string[])[];
  /** The type ids, by number; the first is the default type's. */
  typeIds: readonly string[];
  buyers: readonly string[];
  /** The tables of the model, which name the pools that exist. */
  tables: SeatTables;
  /** Whether only the default type is sold, a seat a ticket, without limits. */
  isPlain: boolean;
}

export function castOf(
  eventId: string,
  { model: { tables }, isPlain }: { model: SeatModel; isPlain: boolean },
): Cast {
  return {
    eventId,
    isPlain,
    orders: times(KNOWN_ORDERS, () => times(MAX_LINES, newId)),
    typeIds: [eventId, newId(), newId(), newId()],
    buyers: times(BUYERS, newId),
    tables,
  };
}

/** The methods of a shop that a history calls. */
type Verb = Exclude<keyof Shop, "advance">;

/** A call; shops in the same state must return equal answers. */
export interface Operation {
  verb: Verb;
  input: readonly unknown[];
  run(shop: Shop): Promise<unknown>;
}

/** A call with the given input, which a failed test shows. */
function call<Name extends Verb>(verb: Name, ...input: Parameters<Shop[Name]>): Operation {
  const run = (shop: Shop) => (shop[verb] as (...args: unknown[]) => Promise<unknown>)(...input);
  return { verb, input, run };
}

/** The calls that open a shop: two pools, and three types beside the default one, two of which share a pool. */
export function openingOf({ eventId, typeIds, isPlain }: Cast): Operation[] {
  if (isPlain) return [];
  const type = (number: number, settings: Partial<TypeSettings>) => {
    const ticketTypeId = typeIds[number]!;
    const created = { event_id: eventId, type: number, ticket_type_id: ticketTypeId, ...settings };
    return call("setType", created);
  };
  return [
    call("makePool", { poolId: newId(), name: "Stand", capacity: 14 }),
    call("makePool", { poolId: newId(), name: "Lounge", capacity: 6 }),
    type(1, { name: "Stand", price_minor: 2_000, pools: [0, 1], units: [1, 1], min_per_order: 2 }),
    type(2, { name: "Family", price_minor: 6_000, pools: [0, 1], units: [4, 4] }),
    type(3, {
      ...{ name: "Lounge", price_minor: 9_000, pools: [0, 1, 2], units: [2, 1, 3] },
      max_per_buyer: 2,
    }),
    // Random orders rarely ask for less than a minimum.
    call("hold", [{
      allocationId: newId(),
      ticketTypeId: typeIds[1]!,
      quantity: 1,
      expiresAt: new Date("2099-01-01T00:00:00Z"),
    }], { source: "public", revive: false }),
  ];
}

/** Returns a random call, mostly of buyers. */
export function randomOperation(random: Random, cast: Cast, now: Date): Operation {
  const deal = random.below(100);
  if (deal < 45) return holding(random, cast, now);
  if (deal < 60) return committing(random, cast);
  if (deal < 70) return releasing(random, cast);
  if (deal < 75) return extending(random, cast, now);
  if (deal < 78) {
    const ids = someIds(random, cast);
    return call("lookUp", ids);
  }
  if (deal < 81) return call("sweep");
  if (deal < 87) return waiting(random, cast);
  return organising(random, cast, now);
}

function holding(random: Random, cast: Cast, now: Date): Operation {
  const { orders, buyers, isPlain } = cast;
  const typeIds = isPlain ? cast.typeIds.slice(0, 1) : cast.typeIds;
  const namesTypes = random.below(4) > 0;
  const hasLines = namesTypes && random.below(3) > (isPlain ? 1 : 0);
  const items = times(1 + random.below(MAX_ORDERS), (order) => {
    const ids = random.pick(orders).slice(0, hasLines ? 1 + random.below(MAX_LINES) : 1);
    const buyerId = random.below(8) === 0 ? undefined : random.pick(buyers);
    const expiresAt = new Date(now.getTime() + random.pick(TTLS_MS));
    return ids.map((allocationId): HoldItem => {
      const unknown = random.below(30) === 0 && !isPlain;
      const named = random.below(5) > 0;
      return {
        allocationId,
        quantity: 1 + random.below(random.pick([2, 4, 12])),
        expiresAt,
        ...(buyerId ? { buyerId } : {}),
        ...(namesTypes && named
          ? { ticketTypeId: unknown ? buyers[0]! : random.pick(typeIds) }
          : {}),
        ...(hasLines ? { order } : {}),
      };
    });
  }).flat();
  const options = {
    source: random.pick(["public", "public", "public", "waitlist"] as const),
    revive: random.below(3) === 0,
  };
  return call("hold", items, options);
}

/** What happens to the lists of types. */
function waiting(random: Random, { eventId, typeIds, tables, isPlain }: Cast): Operation {
  const type = random.below(isPlain ? 1 : typeIds.length);
  switch (random.below(5)) {
    case 0: {
      const open = random.below(3) > 0;
      return call("setWaitlistOpen", open, type);
    }
    case 1:
      return call("supply");
    case 2: {
      const generation = tables.type(eventId, type)?.waitlist_generation ?? 0;
      const seen = Math.max(0, generation - random.below(2));
      return call("closeWaitlist", [{ ticketTypeId: typeIds[type]!, generation: seen }]);
    }
    default: {
      const wanted = times(1 + random.below(3), () => {
        const ticketTypeIds = typeIds.filter((_, i) => i === type || random.below(3) === 0);
        return { ticketTypeIds, minQuantity: 1 + random.below(random.pick([2, 6, 12])) };
      });
      return call("openWaitlist", wanted);
    }
  }
}

function committing(random: Random, { orders }: Cast): Operation {
  const byOrder = random.below(3) > 0;
  const chosen = times(1 + random.below(MAX_ORDERS), () => random.pick(orders));
  const lines = chosen.flatMap((ids, order) => {
    return ids.slice(0, 1 + random.below(MAX_LINES)).map((id) => ({ id, order }));
  });
  const [ids, numbers] = [lines.map(({ id }) => id), lines.map(({ order }) => order)];
  return call("commit", ids, byOrder ? numbers : undefined);
}

function releasing(random: Random, cast: Cast): Operation {
  const ids = someIds(random, cast);
  if (random.below(2) === 0) return call("release", ids);
  const keep = ids.map(() => random.below(3));
  return call("release", ids, keep);
}

function extending(random: Random, cast: Cast, now: Date): Operation {
  const expiresAt = new Date(now.getTime() + random.pick(TTLS_MS));
  const items = someIds(random, cast).map((allocationId) => ({ allocationId, expiresAt }));
  return call("extend", items);
}

function someIds(random: Random, { orders }: Cast): string[] {
  return times(1 + random.below(4), () => random.pick(random.pick(orders)));
}

/** A change of pools, types or limits. */
function organising(random: Random, cast: Cast, now: Date): Operation {
  const pools = poolsOf(cast);
  switch (random.below(cast.isPlain ? 3 : 10)) {
    case 0:
      if (cast.isPlain) return call("setMaxHeld", null);
      return call("setMaxHeld", random.pick([null, null, 3, 8]));
    case 1:
    case 2: {
      const pool = random.pick([0, 0, ...pools]);
      return call("resizePool", pool, random.below(30));
    }
    case 3: {
      const isRetired = pools.length >= MAX_POOLS || random.below(2) === 0;
      if (isRetired) return call("retirePool", random.pick([0, ...pools]));
      return call("makePool", { poolId: newId(), name: "Pool", capacity: random.below(20) });
    }
    default:
      return changingType(random, cast, now);
  }
}

/** The numbers of the further pools. */
function poolsOf({ eventId, tables }: Cast): number[] {
  return tables.inventoriesOf(eventId).slice(1).map(({ pool }) => pool);
}

function changingType(random: Random, cast: Cast, now: Date): Operation {
  const { eventId, typeIds } = cast;
  const type = random.below(typeIds.length);
  const inMs = (ms: number) => new Date(now.getTime() + ms);
  const changes: Partial<TypeSettings>[] = [
    { status: random.pick(["active", "active", "active", "paused", "archived"]) },
    { max_per_buyer: random.pick([null, null, 2, 3]) },
    { min_per_order: 1, max_per_order: random.pick([null, 1, 4, 40]) },
    { min_per_order: random.pick([1, 2]), max_per_order: null },
    { sales_start: random.pick([null, inMs(-5_000), inMs(2_000)]), sales_end: null },
    { sales_start: null, sales_end: random.pick([null, null, inMs(-5_000), inMs(20_000)]) },
    ...(type > 0 ? [{ price_minor: random.pick([0, 1_000, 2_500]) }] : []),
  ];
  const further = poolsOf(cast).filter(() => random.below(2) === 0);
  const units = [0, ...further].map(() => random.pick([1, 1, 2, 4]));
  const isDraw = random.below(4) === 0;
  const change = isDraw ? { pools: [0, ...further], units } : random.pick(changes);
  const settings = { event_id: eventId, type, ticket_type_id: typeIds[type]!, ...change };
  return call("setType", settings);
}
