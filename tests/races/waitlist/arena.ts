import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { Random } from "@evently/shared/testing";
import { buy, giveBack, join, type Owner, type Waiter } from "./people.ts";
import { untilQuiet } from "./quiet.ts";
import type { Site } from "./site.ts";
import { readWaitlist } from "./state.ts";

/** The event that contenders meet on: sold out, with an open offer, and others who wait behind it. */
export interface Arena {
  eventId: string;
  /** Types that waiters want, each with a pool of its own; empty where the event sells its default type only. */
  typeIds: readonly string[];
  capacity: number;
  /** Has the offer. */
  first: Waiter;
  offer: { bookingId: string; quantity: number; ticketTypeId: string; expiresAt: Date };
  /** By place; may be nobody. */
  behind: readonly Waiter[];
  /** Two seats of theirs can come back. */
  owner: Owner;
  /** Bookings from before anybody waited. */
  owned: ReadonlySet<string>;
  /** Entries that waited before the first offer. */
  early: ReadonlySet<string>;
}

/** What an arena is made of. */
export interface Plan {
  shape: "plain" | "types";
  /** Tickets of the offer, and those that its user wants. */
  offered: number;
  first: { quantity: number; minQuantity: number };
  behind: readonly { quantity: number; minQuantity: number; types: readonly number[] }[];
  /** A seat came back and no worker has looked yet. */
  isSeatFree: boolean;
}

const OWNED = 2;
const SPARE = 1;
/** Who waits behind the offer: tickets, and the fewest. A group is often passed. */
const BEHIND = [
  [],
  [[1, 1]],
  [[2, 2]],
  [[3, 3], [1, 1]],
  [[2, 2], [1, 1], [1, 1]],
  [[1, 1], [3, 1]],
  [[4, 2], [2, 2], [1, 1]],
] as const;
const PREFERENCES = [[0], [1], [0, 1], [1, 0]] as const;

export function drawPlan(random: Random): Plan {
  const offered = 1 + random.below(3);
  const isPartial = random.below(3) === 0;
  return {
    shape: random.pick(["plain", "plain", "types"]),
    offered,
    first: {
      quantity: isPartial ? offered + 1 : offered,
      minQuantity: random.below(2) === 0 ? 1 : offered,
    },
    behind: random.pick(BEHIND).map(([quantity, minQuantity]) => ({
      quantity,
      minQuantity,
      types: random.pick(PREFERENCES),
    })),
    isSeatFree: random.below(3) === 0,
  };
}

/** Makes the event, sells it out, lets everybody join, and gives back what is offered to the first. */
export async function openArena(site: Site, plan: Plan): Promise<Arena> {
  const { world } = site;
  const { offered } = plan;
  const capacity = offered + OWNED + SPARE;
  const eventId = await world.createEvent({ capacity });
  const typeIds = plan.shape === "plain" ? [] : [
    await world.organiser.addType(eventId, { name: "Stand", capacity: offered + SPARE }),
    await world.organiser.addType(eventId, { name: "Lounge", capacity: OWNED }),
  ];
  const [stand, lounge] = typeIds;
  const given = await buy(site, { eventId, quantity: offered, ticketTypeId: stand });
  const owner = await buy(site, { eventId, quantity: OWNED, ticketTypeId: lounge });
  const spare = await buy(site, { eventId, quantity: SPARE, ticketTypeId: stand });

  const first = { ...plan.first, userId: newId(), ticketTypeIds: stand ? [stand] : undefined };
  const behind = plan.behind.map(({ types, ...wish }) => ({
    ...wish,
    userId: newId(),
    ticketTypeIds: stand ? types.map((type) => typeIds[type]!) : undefined,
  }));
  const early = new Set<string>();
  for (const waiter of [first, ...behind]) early.add(await join(site, { eventId, waiter }));
  await giveBack(site, given);
  await untilQuiet(site, [eventId]);
  if (plan.isSeatFree) await giveBack(site, spare);

  const { entries } = await readWaitlist(world, { eventId, now: world.clock.now() });
  const { offer } = entries.find(({ userId }) => userId === first.userId)!;
  assert.ok(offer, "the first in line has no offer");
  assert.equal(offer.quantity, offered);
  const { offerId: bookingId, quantity, ticketTypeId, expiresAt } = offer;
  return {
    eventId,
    typeIds,
    capacity,
    first,
    offer: { bookingId, quantity, ticketTypeId, expiresAt },
    behind,
    owner,
    owned: new Set([given, owner, spare].map((booking) => booking.bookingId)),
    early,
  };
}
