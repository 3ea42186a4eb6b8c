/** Random histories of all statements of the waitlist and of the bookings beside it, as data that can be shrunk. */
import fc from "fast-check";
import { deriveId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import { at } from "../bookings/fixtures.ts";
import { offerIdOf, type WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type { DecidedOffer, Pass } from "../../../services/booking/waitlist/store.ts";
import { bookingFor, type Stores } from "./fixtures.ts";

/** What is drawn for an operation; each takes of it what it needs. */
interface Drawn {
  name: OperationName;
  event: number;
  user: number;
  /** Of tickets. */
  n: number;
  /** Of tickets, fewer. */
  m: number;
  /** A choice among several: its bits say which. */
  mask: number;
  passesMs: number;
}

/** Users and events are few, so that operations collide. */
const USERS = 5;
const EVENTS = 2;
const MOST_TICKETS = 4;
const MASKS = 256;
/** Offers last for a few operations. */
const OFFER_MS = 600;
const LONGEST_STEP_MS = 120;
const EVERYTHING = 1_000;
/** So that seats are gathered for more than the shortest time. */
const STARTS_IN_MS = 2 * 3_600_000;

/** One history: users and events of its own, and the state that its steps share on each side. */
export interface History {
  stores: Stores;
  /** Ids of one run. */
  run: string;
  nowMs: number;
  step: number;
  /** The payments that were begun, by booking. */
  payments: Map<string, string>;
}

/** The parts of a history at one step. */
interface Step extends Stores, Drawn {
  eventId: string;
  userId: string;
  types: string[];
  nowMs: number;
  now: Date;
  history: History;
  id(...names: unknown[]): string;
}

/** Begins a history. */
export function historyOn(stores: Stores, run: string): History {
  return { stores, run, nowMs: 0, step: 0, payments: new Map() };
}

/** The events of a run. */
export function eventsOf(run: string): string[] {
  return Array.from({ length: EVENTS }, (_, i) => deriveId(run, "event", String(i)));
}

function usersOf(run: string): string[] {
  return Array.from({ length: USERS }, (_, i) => deriveId(run, "user", String(i)));
}

function chosen<T>(items: readonly T[], mask: number): T[] {
  return items.filter((_, i) => (mask >> (i % 8)) & 1);
}

const OPERATIONS = {
  join: ({ waitlist, eventId, userId, types, n, m, mask, now, history, id }: Step) => {
    const users = [userId, ...chosen(usersOf(history.run), mask)];
    const entries = users.map((user, i) => ({
      entryId: id("entry", i),
      eventId,
      userId: user,
      ticketTypeIds: i % 2 === 0 ? types : types.slice(i % types.length),
      quantity: n,
      minQuantity: m,
    }));
    return waitlist.join({ entries, now });
  },
  admit: async ({ waitlist, eventId, mask, now, ...step }: Step) => {
    const joining = (await unfinishedOf({ waitlist, eventId, now, ...step }))
      .filter(({ status }) => status === "joining");
    const entryIds = chosen(joining, mask | 1).map(({ entryId }) => entryId).reverse();
    return waitlist.admit({ eventId, entryIds, now });
  },
  turnAway: async (step: Step) => {
    const { waitlist, eventId, mask } = step;
    const entryIds = chosen(await unfinishedOf(step), mask & 3).map(({ entryId }) => entryId);
    return waitlist.turnAway({ eventId, entryIds });
  },
  change: ({ waitlist, eventId, userId, n, m, now }: Step) =>
    waitlist.change({ eventId, userId, quantity: n, minQuantity: m, now }),
  leave: ({ waitlist, eventId, userId, now }: Step) => waitlist.leave({ eventId, userId, now }),
  decline: ({ waitlist, eventId, userId, now }: Step) => waitlist.decline({ eventId, userId, now }),
  decide: async ({ waitlist, eventId, types, n, mask, nowMs, now }: Step) => {
    const queue = await waitlist.findQueue(eventId);
    const line = { eventId, ticketTypeIds: types, after: 0, limit: USERS };
    const waiting = await waitlist.listWaiting(line);
    const served = chosen(waiting, mask);
    const expiresAt = at(nowMs + OFFER_MS);
    const offers = served.map((entry, i) => offerOf(entry, { n, expiresAt, isOdd: i % 2 === 1 }));
    const others = waiting.filter((entry) => !served.includes(entry));
    return waitlist.decide({
      eventId,
      version: (queue?.version ?? 0) - (n === MOST_TICKETS && mask % 4 === 0 ? 1 : 0),
      now,
      offers,
      passes: others.flatMap((entry) => passOf(entry, served)),
      gathering: chosen(others, mask >> 1).map(({ entryId }) => entryId),
      notGathering: chosen(others, ~(mask >> 1) & (mask >> 3)).map(({ entryId }) => entryId),
    });
  },
  makeOffers: async (step: Step) => {
    const { waitlist, mask, n, nowMs, now } = step;
    const offering = (await unfinishedOf(step)).filter(({ status }) => status === "offering");
    const terms = { refundPolicy: [], startsAt: at(STARTS_IN_MS) };
    const offers = chosen(offering, mask | 1).map((entry) => ({
      entry,
      booking: bookingFor(entry, entry.offer!, {
        terms,
        bookedAt: now,
        expiresAt: at(nowMs + OFFER_MS),
        ...(n % 2 === 0 ? linesOf(entry) : {}),
      }),
    }));
    return waitlist.makeOffers({ offers, now });
  },
  takeBack: async (step: Step) => {
    const { waitlist, eventId, mask, now } = step;
    const offering = (await unfinishedOf(step)).filter(({ status }) => status === "offering");
    const offers = chosen(offering, mask).map(({ entryId, offer }) => ({
      entryId,
      offerId: offer!.offerId,
    }));
    return waitlist.takeBack({ eventId, offers, now });
  },
  close: async ({ waitlist, eventId, types, mask, n, now }: Step) => {
    const line = { eventId, ticketTypeIds: types, after: 0, limit: USERS };
    const waiting = chosen(await waitlist.listWaiting(line), mask);
    const entryIds = waiting.map(({ entryId }) => entryId);
    return waitlist.close({
      eventId,
      ...(n === MOST_TICKETS ? {} : { entryIds }),
      ...(mask % 3 === 0 ? { wantingOnly: types.slice(1) } : {}),
      reason: n === 1 ? "buyer_limit" : "types_ended",
      limit: n,
      now,
    });
  },
  closeQueue: ({ waitlist, eventId, mask, nowMs }: Step) =>
    waitlist.closeQueue({ eventId, joinedBefore: at(nowMs - (mask % 2 === 0 ? OFFER_MS : -1)) }),
  requeueRelease: async (step: Step) => {
    const booking = await offeredTo(step);
    return booking && step.bookings.requeueRelease({ ...booking, now: step.now });
  },
  setPaused: ({ waitlist, eventId, mask, now }: Step) =>
    waitlist.setPaused({ eventId, isPaused: mask % 3 === 0, now }),
  claim: ({ waitlist, eventId, userId, n, mask, now, history }: Step) => {
    const claimId = deriveId(history.run, "claim", userId, String(mask % 3));
    return waitlist.claim({ eventId, userId, claimId, quantity: n, now });
  },
  startConfirming: async (step: Step) => {
    const booking = await offeredTo(step);
    if (!booking) return undefined;
    const paymentId = step.id("payment");
    const payment = { paymentId, provider: "mock", method: "card", token: "tok_visa" };
    const { now, history } = step;
    const [started] = await step.bookings.startConfirming([{ ...booking, now, payment }]);
    if (started) history.payments.set(booking.bookingId, paymentId);
    return started;
  },
  completeConfirmation: async (step: Step) => {
    const booking = await offeredTo(step);
    if (!booking) return undefined;
    const paymentId = paymentOf(step, booking.bookingId);
    const ticketCode = `ticket of ${booking.bookingId}`;
    const capture = { ...booking, paymentId, transactionId: "txn", ticketCode, now: step.now };
    return step.bookings.completeConfirmations([capture]);
  },
  declinePayment: (step: Step) => ofPayment(step, step.bookings.declinePayment),
  requireAction: (step: Step) => ofPayment(step, step.bookings.requireAction),
  abandonConfirmation: (step: Step) => ofPayment(step, step.bookings.abandonConfirmation),
  cancelFrom: async (step: Step) => {
    const booking = await offeredTo(step);
    const { mask, now } = step;
    const status = mask % 4 === 0 ? "confirmed" : "pending";
    return booking && step.bookings.cancelFrom({ ...booking, status, refundPercent: 50, now });
  },
  expireIfPending: async (step: Step) => {
    const booking = await offeredTo(step);
    return booking && step.bookings.expireIfPending({ ...booking, now: step.now });
  },
  expireDue: ({ bookings, eventId, now }: Step) =>
    bookings.expireDue({ lane: laneOf(eventId), due: now, now, limit: EVERYTHING }),
  cancelForEvent: ({ bookings, eventId, n, now }: Step) =>
    n === 1 ? bookings.cancelForEvent({ eventId, now, limit: EVERYTHING }) : Promise.resolve(),
  look: async (step: Step) => {
    const { waitlist, eventId, userId, types, n, m, mask, now } = step;
    const { entries } = await waitlist.list({ eventId, page: 1, limit: EVERYTHING });
    const place = entries[mask % (entries.length || 1)]?.place ?? 1;
    const entryIds = entries.map(({ entryId }) => entryId);
    const since = at(Math.max(0, step.nowMs - OFFER_MS));
    return [
      entries,
      await waitlist.list({ eventId, page: m, limit: n }),
      await waitlist.listPasses({ eventId, entryIds, limit: n }),
      await waitlist.count({ eventId, ticketTypeId: types[mask % 2]!, place }),
      await waitlist.countInLine(eventId),
      await waitlist.listPlaces({ eventId, after: place, limit: n }),
      await waitlist.listGathering({ eventId, after: place, limit: n }),
      await waitlist.countOffers({ eventId, since }),
      (await waitlist.listClaimants({ eventId, since, limit: EVERYTHING })).sort(),
      await waitlist.findOffered({ eventId, userId, now }),
      await waitlist.findQueue(eventId),
      await waitlist.listOpenQueues({ after: undefined, limit: n }),
      await waitlist.listUnfinished({ eventId, joiningBefore: since, limit: n }),
      await waitlist.listWaiting({ eventId, ticketTypeIds: [types[1]!], after: 0, limit: n }),
      await waitlist.hasWaiting({ eventId, ticketTypeId: types[1]! }),
      await waitlist.listEventsWithLines({ since, limit: n }),
    ];
  },
} satisfies Record<string, (step: Step) => Promise<unknown>>;

type OperationName = keyof typeof OPERATIONS;

/** Operations that histories need to progress are drawn more often. */
const FREQUENT: OperationName[] = [
  "join",
  "admit",
  "decide",
  "decide",
  "makeOffers",
  "makeOffers",
  "makeOffers",
  "startConfirming",
  "look",
];

/** Draws a history. */
export function anyHistory(): fc.Arbitrary<Drawn[]> {
  const names = [...Object.keys(OPERATIONS) as OperationName[], ...FREQUENT];
  const operation = fc.record({
    name: fc.constantFrom(...names),
    event: fc.nat(EVENTS - 1),
    user: fc.nat(USERS - 1),
    n: fc.integer({ min: 1, max: MOST_TICKETS }),
    m: fc.integer({ min: 1, max: MOST_TICKETS }),
    mask: fc.nat(MASKS - 1),
    passesMs: fc.integer({ min: 1, max: LONGEST_STEP_MS }),
  }).map((drawn) => ({ ...drawn, m: Math.min(drawn.m, drawn.n) }));
  return fc.array(operation, { maxLength: 120, size: "max" });
}

/** Applies an operation to one side of a history; sides of equal state answer alike. */
export async function apply(history: History, drawn: Drawn): Promise<unknown> {
  history.nowMs += drawn.passesMs;
  history.step++;
  const { run, nowMs, stores, step } = history;
  const eventId = eventsOf(run)[drawn.event]!;
  const { entries } = await stores.waitlist.list({ eventId, page: 1, limit: EVERYTHING });
  const offered = entries.filter(({ status }) => status === "offered");
  // Mostly one with an open offer, as most operations do nothing else.
  const users = offered.length > 0 && drawn.mask % 4 > 0
    ? offered.map(({ userId }) => userId)
    : usersOf(run);
  return await OPERATIONS[drawn.name]({
    ...stores,
    ...drawn,
    history,
    eventId,
    userId: users[drawn.user % users.length]!,
    types: [eventId, deriveId(eventId, "balcony")],
    now: at(nowMs),
    nowMs,
    id: (...names) => deriveId(run, String(step), ...names.map(String)),
  });
}

function offerOf(
  entry: WaitlistEntry,
  { n, expiresAt, isOdd }: { n: number; expiresAt: Date; isOdd: boolean },
): DecidedOffer {
  const quantity = Math.min(n, entry.quantity);
  return {
    entryId: entry.entryId,
    offerId: offerIdOf(entry.entryId, entry.round + 1),
    ticketTypeId: entry.ticketTypeIds[isOdd ? entry.ticketTypeIds.length - 1 : 0]!,
    quantity,
    expiresAt,
    isLast: quantity < entry.minQuantity,
  };
}

/** One pass of an entry that may be passed, by the first later entry that is served. */
function passOf(entry: WaitlistEntry, served: readonly WaitlistEntry[]): Pass[] {
  const by = served.find(({ place }) => place > entry.place);
  if (!by || entry.passed >= entry.minQuantity - 1) return [];
  return [{
    entryId: entry.entryId,
    byEntryId: by.entryId,
    byPlace: by.place,
    seats: 1,
    kept: entry.passed + 1,
  }];
}

function linesOf({ offer }: WaitlistEntry) {
  const { ticketTypeId, quantity } = offer!;
  const line = { ticketTypeId, name: "Family", quantity, gives: 2, unitPriceMinor: 700 };
  return { lines: [line], quantity: 2 * quantity, unitPriceMinor: 700 };
}

function unfinishedOf(
  { waitlist, eventId, now }: Pick<Step, "waitlist" | "eventId" | "now">,
): Promise<WaitlistEntry[]> {
  return waitlist.listUnfinished({ eventId, joiningBefore: now, limit: EVERYTHING });
}

/** The booking of the last offer of a user, open or not. */
async function offeredTo({ waitlist, eventId, userId }: Step) {
  const [entry] = await waitlist.findEach([{ userId, eventId }]);
  const bookingId = entry?.offer?.offerId;
  return bookingId === undefined ? undefined : { bookingId, eventId, userId };
}

function paymentOf({ history }: Step, bookingId: string): string {
  return history.payments.get(bookingId) ?? deriveId(history.run, "no payment");
}

async function ofPayment<T>(
  step: Step,
  end: (
    input: { bookingId: string; eventId: string; paymentId: string; now: Date },
  ) => Promise<T>,
): Promise<T | undefined> {
  const booking = await offeredTo(step);
  if (!booking) return undefined;
  const paymentId = paymentOf(step, booking.bookingId);
  return await end({ ...booking, paymentId, now: step.now });
}
