import { newId } from "@evently/shared/ids";
import { type Pool, transaction } from "@evently/shared/postgres";
import type { OpenService } from "@evently/shared/services";
import type { Random } from "@evently/shared/testing";
import { MAX_TICKETS, modelShop, type Shop } from "../../conformance/seats/shop.ts";
import { type Actor, type EventWorld, HOLD_TTL_MS } from "../../../services/event/testing/world.ts";
import { commitSeats } from "../../../services/event/inventory/commit_seats.ts";
import { holdSeats } from "../../../services/event/inventory/hold_seats.ts";
import { releaseSeats } from "../../../services/event/inventory/release_seats.ts";
import { runSeatSweep, SWEEP_GRACE_MS } from "../../../services/event/inventory/run_seat_sweep.ts";

/** The verbs of the seat engine that contenders call. */
export type SeatVerbs = Pick<Shop, "hold" | "commit" | "release" | "sweep">;

/** A process of the event service. */
export interface Process {
  service: OpenService;
  /** Its connections to events_db. */
  sql: Pool;
}

/** What all rounds share: an event to copy, and two processes. */
export interface Stage {
  world: EventWorld;
  organiser: Actor;
  templateId: string;
  processes: readonly [Process, Process];
}

/** Opens two processes and creates the event that arenas are copies of. */
export async function setStage(world: EventWorld): Promise<Stage> {
  const organiser = await world.actor();
  const fields = { max_tickets_per_booking: MAX_TICKETS };
  const { event_id: templateId } = await world.event({ organiser, fields });
  const [one, other] = [world.service, await world.anotherProcess()];
  const processes = [
    { service: one, sql: world.sql },
    { service: other, sql: world.anotherPool() },
  ] as const;
  return { world, organiser, templateId, processes };
}

/** Ticket types of an arena beside the default one, by number. */
export const TYPES = { stand: 1, lounge: 2, family: 3, limited: 4 } as const;
export type TypeName = keyof typeof TYPES;

/** Draws of the types on house, stand and lounge. */
const DRAWS: Record<TypeName, { pools: number[]; units: number[] }> = {
  stand: { pools: [0, 1], units: [1, 1] },
  lounge: { pools: [0, 2], units: [1, 1] },
  family: { pools: [0, 1], units: [4, 4] },
  limited: { pools: [0, 1], units: [1, 1] },
};

/** The order that contenders act on, and the seats that are free beside it. */
export interface Arena {
  eventId: string;
  /** Further pools: stand and lounge. */
  poolIds: readonly [string, string];
  typeIds: Record<TypeName, string>;
  /** Buys `limited`, of which one is held already, and two are allowed. */
  buyerId: string;
  /** A hold of two lines that is alive, one that expired before the grace of the sweep, and a sold one. */
  live: readonly string[];
  expired: readonly string[];
  sold: readonly string[];
  limitedHold: string;
  capacities: readonly [house: number, stand: number, lounge: number];
  maxHeld: number | null;
  now: Date;
}

/** Seats that the orders of an arena take of house, stand and lounge. */
const TAKEN = [10, 4, 6] as const;
const MAX_FREE = [3, 10];

/** Draws what a round meets on: few free seats, so that contenders compete for them. */
export function drawArena(random: Random, now: Date): Arena {
  const free = () => random.below(random.pick(MAX_FREE));
  return {
    eventId: newId(),
    poolIds: [newId(), newId()],
    typeIds: { stand: newId(), lounge: newId(), family: newId(), limited: newId() },
    buyerId: newId(),
    live: [newId(), newId()],
    expired: [newId(), newId()],
    sold: [newId(), newId()],
    limitedHold: newId(),
    capacities: [TAKEN[0] + free(), TAKEN[1] + free(), TAKEN[2] + free()],
    maxHeld: random.pick([null, null, 3]),
    now,
  };
}

/** Opens the arena in events_db: copies the event of the stage, and makes its pools, types and orders. */
export async function openArena({ world, templateId }: Stage, arena: Arena): Promise<void> {
  const { eventId, maxHeld, capacities: [house, stand, lounge], now } = arena;
  const { sql } = world;
  await transaction(sql, async (tx) => {
    await tx`
      INSERT INTO events
      SELECT copy.*
        FROM events e,
             jsonb_populate_record(e, jsonb_build_object(
               'event_id', ${eventId}::uuid, 'max_held_per_user', ${maxHeld}::integer)) AS copy
       WHERE e.event_id = ${templateId}`;
    await tx`SELECT make_inventory(${eventId}, ${house}, ${now})`;
    await tx`
      SELECT make_pool(${eventId}, ${arena.poolIds[0]}, 'Stand', ${stand}),
             make_pool(${eventId}, ${arena.poolIds[1]}, 'Lounge', ${lounge})`;
    const rows = typesOf(arena).map((type) => ({
      ...type,
      pools: `{${type.pools}}`,
      units: `{${type.units}}`,
      ...{ position: type.type, kind: "paid", created_at: now, updated_at: now },
    }));
    for (const row of rows) await tx`INSERT INTO ticket_types ${tx(row)}`;
    await tx`SELECT refresh_plain(${eventId})`;
  });
  await placeOrders(verbsOf({ world, sql, arena }), arena);
}

/** Opens the same arena in a model. */
export async function modelArena(arena: Arena): Promise<ReturnType<typeof modelShop>> {
  const { eventId, capacities: [house, stand, lounge], maxHeld, now } = arena;
  const shop = modelShop({ now, eventId, capacity: house });
  await shop.makePool({ poolId: arena.poolIds[0], name: "Stand", capacity: stand });
  await shop.makePool({ poolId: arena.poolIds[1], name: "Lounge", capacity: lounge });
  for (const type of typesOf(arena)) await shop.setType(type);
  if (maxHeld !== null) await shop.setMaxHeld(maxHeld);
  await placeOrders(shop, arena);
  return shop;
}

/** The verbs of the seat engine on an arena, over some connections. */
export function verbsOf(
  { world, sql: seatSql, arena: { eventId } }: {
    world: EventWorld;
    sql: Pool;
    arena: Pick<Arena, "eventId">;
  },
): SeatVerbs {
  const { clock, context: { seatNews } } = world;
  const deps = { seatSql, clock, seatNews, search: { eventChanged: () => Promise.resolve() } };
  return {
    async hold(items, { source = "public", revive = false } = {}) {
      return (await holdSeats(deps, { batches: [{ eventId, items }], source, revive }))[0]!;
    },
    async commit(allocationIds, orders) {
      return (await commitSeats(deps, [{ eventId, allocationIds, orders }]))[0]!;
    },
    async release(allocationIds) {
      return (await releaseSeats(deps, [{ eventId, allocationIds }]))[0]!;
    },
    async sweep() {
      await runSeatSweep(deps);
    },
  };
}

function typesOf({ eventId, typeIds }: Arena) {
  const names = Object.keys(TYPES) as TypeName[];
  return names.map((name) => ({
    event_id: eventId,
    type: TYPES[name],
    ticket_type_id: typeIds[name],
    name,
    price_minor: 1_000 * TYPES[name],
    ...DRAWS[name],
    ...(name === "limited" ? { max_per_buyer: 2 } : {}),
  }));
}

async function placeOrders(
  shop: Pick<Shop, "hold" | "commit">,
  { typeIds, buyerId, live, expired, sold, limitedHold, now }: Arena,
): Promise<void> {
  const later = new Date(now.getTime() + HOLD_TTL_MS);
  const past = new Date(now.getTime() - SWEEP_GRACE_MS);
  const order = (ids: readonly string[], number: number, expiresAt: Date) =>
    (["stand", "lounge"] as const).map((type, i) => ({
      allocationId: ids[i]!,
      quantity: i + 1,
      ticketTypeId: typeIds[type],
      // One buyer an order, whose id is the order's.
      buyerId: ids[0]!,
      order: number,
      expiresAt,
    }));
  const limited = {
    allocationId: limitedHold,
    quantity: 1,
    ticketTypeId: typeIds.limited,
    buyerId,
    order: 3,
    expiresAt: later,
  };
  const items = [
    ...order(live, 0, later),
    ...order(expired, 1, past),
    ...order(sold, 2, later),
    limited,
  ];
  const { results } = await shop.hold(items);
  const refused = results.find(({ outcome }) => outcome !== "held");
  if (refused) throw new Error(`not placed: ${JSON.stringify(refused)}`);
  await shop.commit(sold, [0, 0]);
}
