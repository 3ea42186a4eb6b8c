import type { SeatModel, TypeSettings } from "../models/seats/seat_model.ts";
import { DEFAULT_TYPE, HOUSE } from "../models/seats/tables.ts";
import type { Random } from "@evently/shared/testing";

/** The further pool of a shop, on which its default type draws. */
const STAND = 1;
const MAX_CAPACITY = 45;
const PRICES_MINOR = [500, 1_500, 4_000];

/** Makes an event sell by pools: its default type draws on the house and on a stand. */
export function openShop(
  seats: SeatModel,
  eventId: string,
  { poolId, capacity }: { poolId: string; capacity: number },
): void {
  seats.makePool({ eventId, poolId, name: "Stand", capacity });
  seats.setType({ ...typeOf(eventId, DEFAULT_TYPE), pools: [HOUSE, STAND], units: [1, 1] });
}

/** An organiser's change of an event that sells by pools, and what a trace calls it. */
export interface ShopChange {
  label: string;
  perform(): unknown;
}

/** Draws a change of the stand's capacity, or of the default type. */
export function drawShopChange(
  { random, seats }: { random: Random; seats: SeatModel },
  eventId: string,
): ShopChange {
  const capacity = random.below(MAX_CAPACITY);
  const price = random.pick(PRICES_MINOR);
  const settings = random.pick<Partial<TypeSettings>>([
    { status: "paused" },
    { status: "active" },
    { status: "active" },
    { max_per_order: random.pick([null, 2]) },
    { pools: [HOUSE], units: [1] },
    { pools: [HOUSE, STAND], units: [1, 1] },
  ]);
  return random.pick<ShopChange>([
    {
      label: `stand resized to ${capacity}`,
      perform: () => seats.resizePool({ eventId, pool: STAND, capacity }),
    },
    {
      label: `default type changed: ${JSON.stringify(settings)}`,
      perform: () => seats.setType({ ...typeOf(eventId, DEFAULT_TYPE), ...settings }),
    },
    { label: `price changed to ${price}`, perform: () => seats.setPrice(eventId, price) },
  ]);
}

function typeOf(eventId: string, type: number) {
  return { event_id: eventId, type, ticket_type_id: eventId };
}
