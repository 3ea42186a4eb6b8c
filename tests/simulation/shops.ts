import type { Random } from "@evently/shared/testing";
import type { WantedLine } from "../../services/booking/orders/order_lines.ts";
import type { SeatModel, TypeSettings } from "../models/seats/seat_model.ts";
import { HOUSE } from "../models/seats/tables.ts";

/** The further pools of a shop. */
const STAND = 1;
const LOUNGE = 2;
const MAX_CAPACITY = 45;
const PRICES_MINOR = [0, 500, 1_500, 4_000];
const LIMITS = [null, 2, 4];
const MAX_LINES = 3;
const MAX_QUANTITY = 2;

/** An event that sells several ticket types. */
export interface Shop {
  eventId: string;
  /** By number; the first is the event's. */
  typeIds: readonly string[];
}

/** Draws of the types; two share the stand, and a pair gives two tickets. */
const DRAWS: readonly Pick<TypeSettings, "pools" | "units">[] = [
  { pools: [HOUSE], units: [1] },
  { pools: [HOUSE, STAND], units: [1, 1] },
  { pools: [HOUSE, STAND], units: [2, 2] },
  { pools: [HOUSE, LOUNGE], units: [1, 1] },
];

/** Makes an event sell four types by two pools, the last type with a limit a buyer. */
export function openShop(
  seats: SeatModel,
  eventId: string,
  { newId, capacity }: { newId: () => string; capacity: number },
): Shop {
  const stand = { poolId: newId(), name: "Stand", capacity };
  const lounge = { poolId: newId(), name: "Lounge", capacity: Math.ceil(capacity / 2) };
  for (const pool of [stand, lounge]) seats.makePool({ eventId, ...pool });
  const typeIds = [eventId, newId(), newId(), newId()];
  const shop = { eventId, typeIds };
  for (const [type, draws] of DRAWS.entries()) {
    const named = type === 0 ? {} : { name: `Type ${type}`, price_minor: 1_000 * type };
    seats.setType({ ...idsOf(shop, type), ...draws, ...named });
  }
  seats.setType({ ...idsOf(shop, 3), max_per_buyer: 3 });
  return shop;
}

/** Draws the lines of an order: of one type or several, or of no type by name. */
export function drawLines(random: Random, shop: Shop | undefined): WantedLine[] {
  const quantity = () => 1 + random.below(MAX_QUANTITY);
  if (!shop || random.below(4) === 0) return [{ ticketTypeId: undefined, quantity: quantity() }];
  const from = random.below(shop.typeIds.length);
  const types = [...shop.typeIds.slice(from), ...shop.typeIds.slice(0, from)];
  return types.slice(0, 1 + random.below(MAX_LINES))
    .map((ticketTypeId) => ({ ticketTypeId, quantity: quantity() }));
}

/** An organiser's change of what an event sells, and what a trace calls it. */
export interface ShopChange {
  label: string;
  perform(): unknown;
}

/** Draws a change of a pool, of a type, or of the limit of what one buyer holds. */
export function drawShopChange(
  { random, seats }: { random: Random; seats: SeatModel },
  shop: Shop,
): ShopChange {
  const { eventId, typeIds } = shop;
  const [pool, capacity] = [random.pick([STAND, LOUNGE]), random.below(MAX_CAPACITY)];
  const [price, maxHeld] = [random.pick(PRICES_MINOR), random.pick([null, null, 6])];
  const type = random.below(typeIds.length);
  const settings = random.pick<Partial<TypeSettings>>([
    { status: "paused" },
    { status: "active" },
    { status: "active" },
    { max_per_order: random.pick([null, 1]) },
    { max_per_buyer: random.pick(LIMITS) },
    random.pick(DRAWS),
    ...(type > 0 ? [{ price_minor: price }] : []),
  ]);
  return random.pick<ShopChange>([
    {
      label: `pool ${pool} resized to ${capacity}`,
      perform: () => seats.resizePool({ eventId, pool, capacity }),
    },
    {
      label: `type ${type} changed: ${JSON.stringify(settings)}`,
      perform: () => seats.setType({ ...idsOf(shop, type), ...settings }),
    },
    { label: `price changed to ${price}`, perform: () => seats.setPrice(eventId, price) },
    { label: `holds limited to ${maxHeld}`, perform: () => seats.setMaxHeld(eventId, maxHeld) },
  ]);
}

function idsOf({ eventId, typeIds }: Shop, type: number) {
  return { event_id: eventId, type, ticket_type_id: typeIds[type]! };
}
