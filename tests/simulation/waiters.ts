import { bookingIdOf } from "../../services/booking/orders/booking.ts";
import { changeEntry } from "../../services/booking/waitlist/change_entry.ts";
import { declineOffer } from "../../services/booking/waitlist/decline_offer.ts";
import { isActive, type WaitlistEntry } from "../../services/booking/waitlist/entry.ts";
import { joinWaitlist } from "../../services/booking/waitlist/join_waitlist.ts";
import { leaveWaitlist } from "../../services/booking/waitlist/leave_waitlist.ts";
import { pauseWaitlist } from "../../services/booking/waitlist/pause_waitlist.ts";
import { viewPosition } from "../../services/booking/waitlist/view_position.ts";
import type { Intent } from "./acknowledgements.ts";
import { reserve, send } from "./buyers.ts";
import { toEntry } from "./model/waitlist_tables.ts";
import type { Simulation } from "./simulation.ts";
import { assertHolds } from "./violation.ts";

const MAX_WISHED = 4;

type Action = (world: Simulation) => void;

/** Actions of those who wait; repetition is weight. */
const ACTIONS: readonly Action[] = [
  join,
  join,
  join,
  joinTwice,
  look,
  want,
  leave,
  decline,
  takeOffer,
  takeOffer,
  takeOffer,
  meetOffer,
  meetOffer,
  meetOffer,
];

/** Performs one action of a user who waits for seats, or who begins to. */
export function actAsWaiter(world: Simulation): void {
  world.random.pick(ACTIONS)(world);
}

/** Lets an organiser pause or resume the offers of an event. */
export function pauseOrResume(world: Simulation, eventId: string): void {
  const isPaused = world.random.below(2) === 0;
  send(world, {
    label: `${isPaused ? "pause" : "resume"} the waitlist`,
    work: (deps) => pauseWaitlist(deps, { eventId, isPaused }),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

function join(world: Simulation): void {
  joinAs(world, drawWish(world));
}

/** Sends one wish twice, each to any process. */
function joinTwice(world: Simulation): void {
  const wish = drawWish(world);
  joinAs(world, wish);
  joinAs(world, wish);
}

function joinAs(world: Simulation, wish: ReturnType<typeof drawWish>): void {
  const { quantity, minQuantity, ticketTypeIds } = wish;
  send(world, {
    label: `wait for ${minQuantity} to ${quantity} of ${ticketTypeIds ?? "default"}`,
    work: (deps) => joinWaitlist(deps, wish),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
      if (!("ok" in outcome)) return;
      const { entryId } = outcome.ok.entry;
      // Of two wishes at once the first can be turned away, and the second answered with its entry.
      const stored = world.bookings.entries.get(entryId);
      const isSame = !stored || stored.place === outcome.ok.entry.place;
      assertHolds(isSame, "a wish was answered with another place", stored);
    },
  });
}

function drawWish({ random, users, events, shops }: Simulation) {
  const eventId = random.pick(events);
  const quantity = 1 + random.below(MAX_WISHED);
  const types = shops.get(eventId)?.typeIds ?? [eventId];
  const from = random.below(types.length);
  const ticketTypeIds = random.below(2) === 0
    ? undefined
    : [...types.slice(from), ...types.slice(0, from)].slice(0, 1 + random.below(2));
  const minQuantity = random.below(2) === 0 ? quantity : 1 + random.below(quantity);
  return { userId: random.pick(users), eventId, quantity, minQuantity, ticketTypeIds };
}

/** Picks a user who waits, or who waited. */
function pickEntry(
  { random, bookings }: Simulation,
  matches: (entry: WaitlistEntry) => boolean,
): WaitlistEntry | undefined {
  const entries = [...bookings.entries.rows()].map(toEntry).filter(matches);
  return entries.length > 0 ? random.pick(entries) : undefined;
}

function look(world: Simulation): void {
  const entry = pickEntry(world, () => true);
  if (!entry) return join(world);
  const { userId, eventId } = entry;
  send(world, {
    label: "look at a position",
    work: (deps) => viewPosition(deps, { userId, eventId }),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
      if (!("ok" in outcome)) return;
      const { status, position, offer } = outcome.ok;
      assertHolds(status !== "waiting" || position > 0, "a waiting user has no position");
      assertHolds((status === "offered") === (offer !== undefined), "an offer is not shown");
    },
  });
}

/** Wants less than before, or as much. */
function want(world: Simulation): void {
  const entry = pickEntry(world, isActive);
  if (!entry) return join(world);
  const { userId, eventId } = entry;
  const quantity = 1 + world.random.below(entry.quantity);
  const minQuantity = 1 + world.random.below(Math.min(quantity, entry.minQuantity));
  send(world, {
    label: `want ${minQuantity} to ${quantity}`,
    work: (deps) => changeEntry(deps, { userId, eventId, quantity, minQuantity }),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

function leave(world: Simulation): void {
  const entry = pickEntry(world, isActive);
  if (!entry) return join(world);
  leaveAs(world, entry);
}

/** Takes a user off the list of an event. */
export function leaveAs(
  world: Simulation,
  { userId, eventId }: Pick<WaitlistEntry, "userId" | "eventId">,
): void {
  send(world, {
    label: "leave the waitlist",
    work: (deps) => leaveWaitlist(deps, { userId, eventId }),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

function decline(world: Simulation): void {
  const entry = pickEntry(world, isOffered);
  if (!entry) return join(world);
  const { userId, eventId } = entry;
  send(world, {
    label: "decline an offer",
    work: (deps) => declineOffer(deps, { userId, eventId }),
    settle: (outcome) => {
      if ("error" in outcome) world.acknowledgements.failed(outcome.error);
    },
  });
}

/** Learns of an offer; from then on its user does with it what buyers do with reservations. */
function takeOffer(world: Simulation): void {
  const entry = pickEntry(world, isOffered);
  if (!entry) return join(world);
  const { offerId, ticketTypeId, quantity } = entry.offer!;
  const { intents } = world.acknowledgements;
  if (intents.some(({ bookingId }) => bookingId === offerId)) return meetOffer(world);
  world.acknowledgements.add({
    userId: entry.userId,
    eventId: entry.eventId,
    lines: [{ ticketTypeId, quantity }],
    key: `offer ${intents.length}`,
    bookingId: offerId,
    isOffer: true,
  });
}

/** Reserves what is offered, or fewer, as if there were no offer. */
function meetOffer(world: Simulation): void {
  const entry = pickEntry(world, isOffered);
  if (!entry) return join(world);
  reserve(world, meetingIntent(world, entry));
}

function meetingIntent(
  { random, acknowledgements }: Simulation,
  { userId, eventId, offer }: WaitlistEntry,
): Intent {
  const { ticketTypeId, quantity } = offer!;
  const key = `key ${acknowledgements.intents.length}`;
  const isDefault = ticketTypeId === eventId && random.below(2) === 0;
  const intent: Intent = {
    userId,
    eventId,
    lines: [{
      ticketTypeId: isDefault ? undefined : ticketTypeId,
      quantity: 1 + random.below(quantity),
    }],
    key,
    bookingId: bookingIdOf({ userId, eventId, idempotencyKey: key }),
  };
  acknowledgements.add(intent);
  return intent;
}

function isOffered({ status }: WaitlistEntry): boolean {
  return status === "offered";
}
