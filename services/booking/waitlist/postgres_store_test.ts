/** What two connections do to an entry at once: the one that comes second waits, and then finds what the first has left. */
import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import { type Pool, transaction } from "@evently/shared/postgres";
import { createTestDatabase, times, waitForBlockedSession } from "@evently/shared/testing";
import type { NewBooking } from "../orders/booking.ts";
import { postgresBookingStore } from "../orders/postgres_store.ts";
import type { BookingStore } from "../orders/store.ts";
import { offerIdOf, type WaitlistEntry } from "./entry.ts";
import { postgresWaitlistStore } from "./postgres_store.ts";
import type { DecidedOffer, WaitlistStore } from "./store.ts";

const NOW = new Date("2030-01-01T00:00:00Z");
const NEVER = new Date("9999-01-01T00:00:00Z");
const OFFER_MS = 600_000;
const LATER = after(OFFER_MS + 1);
const STARTS_AT = after(30 * 86_400_000);

function after(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}

interface Stores {
  waitlist: WaitlistStore;
  bookings: BookingStore;
}

/** A waitlist and the bookings beside it, over one pool or transaction. */
function storesOver(sql: Parameters<typeof postgresWaitlistStore>[0]): Stores {
  return { waitlist: postgresWaitlistStore(sql), bookings: postgresBookingStore(sql, sql) };
}

/** A line of one event, with entries in it. */
class Line {
  readonly eventId = newId();
  readonly stores: Stores;

  constructor(readonly sql: Pool) {
    this.stores = storesOver(sql);
  }

  /** Lets new users join and wait, each for so many tickets. */
  async waiting(...quantities: number[]): Promise<WaitlistEntry[]> {
    const entries = quantities.map((quantity) => this.wish(quantity));
    const joined = await this.stores.waitlist.join({ entries, now: NOW });
    const entryIds = joined.map(({ entryId }) => entryId);
    return await this.stores.waitlist.admit({ eventId: this.eventId, entryIds, now: NOW });
  }

  wish(quantity: number, userId = newId()) {
    const { eventId } = this;
    const ticketTypeIds = [eventId];
    return { entryId: newId(), eventId, userId, ticketTypeIds, quantity, minQuantity: quantity };
  }

  async version(): Promise<number> {
    return (await this.stores.waitlist.findQueue(this.eventId))!.version;
  }

  /** Offers an entry what it wants, or fewer. */
  async offered(
    entry: WaitlistEntry,
    over: Partial<DecidedOffer> = {},
  ): Promise<{ entry: WaitlistEntry; booking: NewBooking }> {
    const offer = { ...offerTo(entry), ...over };
    assert.equal(await this.decide([offer]), true);
    const booking = bookingOf(entry, offer);
    const made = await this.stores.waitlist.makeOffers({ offers: [{ entry, booking }], now: NOW });
    assert.equal(made.length, 1);
    return { entry, booking };
  }

  async decide(offers: DecidedOffer[], version?: number): Promise<boolean> {
    return await this.stores.waitlist.decide({
      ...NOTHING,
      eventId: this.eventId,
      version: version ?? await this.version(),
      offers,
    });
  }

  async statusOf({ userId }: { userId: string }): Promise<string | undefined> {
    const [entry] = await this.stores.waitlist.findEach([{ userId, eventId: this.eventId }]);
    return entry?.status;
  }

  /** Runs `first` in a transaction, begins `second`, and commits once that waits for it. */
  async inTurn<T>(
    first: (stores: Stores) => Promise<unknown>,
    second: (stores: Stores) => Promise<T>,
  ): Promise<T> {
    let outcome: Promise<T> | undefined;
    await transaction(this.sql, async (tx) => {
      await first(storesOver(tx));
      outcome = second(this.stores);
      await waitForBlockedSession(this.sql);
    });
    return await outcome!;
  }
}

const NOTHING = { now: NOW, offers: [], passes: [], gathering: [], notGathering: [] };

function offerTo({ entryId, round, quantity, eventId }: WaitlistEntry): DecidedOffer {
  return {
    entryId,
    offerId: offerIdOf(entryId, round + 1),
    ticketTypeId: eventId,
    quantity,
    expiresAt: after(OFFER_MS),
    isLast: false,
  };
}

function bookingOf({ userId, eventId }: WaitlistEntry, offer: DecidedOffer): NewBooking {
  return {
    bookingId: offer.offerId,
    userId,
    eventId,
    quantity: offer.quantity,
    unitPriceMinor: 500,
    currency: "INR",
    terms: { refundPolicy: [], startsAt: STARTS_AT },
    bookedAt: NOW,
    expiresAt: offer.expiresAt,
  };
}

function claimOf({ bookingId, eventId, userId }: NewBooking, now = NOW) {
  const payment = { paymentId: newId(), provider: "mock", method: "card", token: "tok" };
  return { bookingId, eventId, userId, now, payment };
}

/** Starts and completes the confirmation of a booking. */
async function confirm(bookings: BookingStore, booking: NewBooking): Promise<boolean> {
  const claim = claimOf(booking);
  const [started] = await bookings.startConfirming([claim]);
  if (!started) return false;
  const { bookingId, eventId } = booking;
  const { paymentId } = claim.payment;
  const capture = { bookingId, eventId, paymentId, transactionId: paymentId, ticketCode: newId() };
  const [confirmed] = await bookings.completeConfirmations([{ ...capture, now: NOW }]);
  return confirmed === true;
}

function expire(bookings: BookingStore, { eventId }: NewBooking): Promise<number> {
  return bookings.expireDue({ lane: laneOf(eventId), due: LATER, now: LATER, limit: 10 });
}

function test(name: string, run: (line: Line) => Promise<void>): void {
  Deno.test(name, async () => {
    await using database = await createTestDatabase("bookings_db");
    await run(new Line(database.sql));
  });
}

test("joins on two connections never share a place, and each batch keeps its order", async (line) => {
  const batches = times(12, () => times(5, () => line.wish(1)));
  const joined = await Promise.all(
    batches.map((entries) => line.stores.waitlist.join({ entries, now: NOW })),
  );
  const places = joined.flat().map(({ place }) => place);
  assert.equal(new Set(places).size, 60);
  for (const batch of joined) {
    const own = batch.map(({ place }) => place);
    assert.deepEqual(own, own.toSorted((a, b) => a - b));
  }
});

test("a user who joins on two connections at once has one entry", async (line) => {
  const userId = newId();
  const wishes = [line.wish(1, userId), line.wish(2, userId)];
  let first: WaitlistEntry[] = [];
  const second = await line.inTurn(
    async ({ waitlist }) => {
      first = await waitlist.join({ entries: [wishes[0]!], now: NOW });
    },
    ({ waitlist }) => waitlist.join({ entries: [wishes[1]!, line.wish(1)], now: NOW }),
  );
  assert.deepEqual(second[0], first[0]);
  assert.ok(second[1]!.place > first[0]!.place);
});

test("a queue stays open for a join that commits while it is being closed", async (line) => {
  await line.stores.waitlist.setPaused({ eventId: line.eventId, isPaused: false, now: NOW });
  const [entry] = await line.waiting(1);
  await line.stores.waitlist.leave({ userId: entry!.userId, eventId: line.eventId, now: NOW });
  const closed = await line.inTurn(
    ({ waitlist }) => waitlist.join({ entries: [line.wish(1)], now: NOW }),
    ({ waitlist }) => waitlist.closeQueue({ eventId: line.eventId, joinedBefore: NEVER }),
  );
  assert.equal(closed, false);
  assert.deepEqual(await line.stores.waitlist.listOpenQueues({ after: undefined, limit: 9 }), [
    line.eventId,
  ]);
});

test("two decisions at one version: the second does nothing", async (line) => {
  const [a, b] = await line.waiting(1, 1);
  const version = await line.version();
  const decided = await line.inTurn(
    ({ waitlist }) =>
      waitlist.decide({ ...NOTHING, eventId: line.eventId, version, offers: [offerTo(a!)] }),
    () => line.decide([offerTo(b!)], version),
  );
  assert.equal(decided, false);
  assert.equal(await line.statusOf(b!), "waiting");
});

test("a decision does nothing if one of its entries leaves meanwhile", async (line) => {
  const [a, b] = await line.waiting(1, 1);
  const version = await line.version();
  const decided = await line.inTurn(
    ({ waitlist }) => waitlist.leave({ ...a!, now: NOW }),
    () => line.decide([offerTo(a!), offerTo(b!)], version),
  );
  assert.equal(decided, false);
  assert.equal(await line.statusOf(b!), "waiting");
  assert.equal(await line.version(), version);
});

test("an entry that leaves while it is being decided about is not left by mistake", async (line) => {
  const [entry] = await line.waiting(1);
  const left = await line.inTurn(
    ({ waitlist }) =>
      waitlist.decide({ ...NOTHING, eventId: line.eventId, version: 0, offers: [offerTo(entry!)] }),
    ({ waitlist }) => waitlist.leave({ ...entry!, now: NOW }),
  );
  assert.equal(left?.entry.status, "left");
  const booking = bookingOf(entry!, offerTo(entry!));
  const made = await line.stores.waitlist.makeOffers({
    offers: [{ entry: entry!, booking }],
    now: NOW,
  });
  assert.deepEqual(made, []);
});

test("two workers make an offer once", async (line) => {
  const [entry] = await line.waiting(2);
  await line.decide([offerTo(entry!)]);
  const offers = [{ entry: entry!, booking: bookingOf(entry!, offerTo(entry!)) }];
  const made = await line.inTurn(
    ({ waitlist }) => waitlist.makeOffers({ offers, now: NOW }),
    ({ waitlist }) => waitlist.makeOffers({ offers, now: NOW }),
  );
  assert.deepEqual(made, []);
  const facts = await line.sql`SELECT FROM outbox WHERE topic = 'waitlist.offered'`;
  assert.equal(facts.count, 1);
});

test("an offer that is taken back meanwhile is not made", async (line) => {
  const [entry] = await line.waiting(2);
  await line.decide([offerTo(entry!)]);
  const { offerId } = offerTo(entry!);
  const offers = [{ entry: entry!, booking: bookingOf(entry!, offerTo(entry!)) }];
  const made = await line.inTurn(
    ({ waitlist }) =>
      waitlist.takeBack({
        eventId: line.eventId,
        offers: [{ entryId: entry!.entryId, offerId }],
        now: NOW,
      }),
    ({ waitlist }) => waitlist.makeOffers({ offers, now: NOW }),
  );
  assert.deepEqual(made, []);
  assert.equal(await line.statusOf(entry!), "waiting");
});

/** What may end, take or confirm an open offer, and the status that it leaves the entry in. */
const ENDS: Record<string, {
  status: string;
  run: (stores: Stores, offer: { entry: WaitlistEntry; booking: NewBooking }) => Promise<boolean>;
}> = {
  "its user leaves": {
    status: "left",
    run: async ({ waitlist }, { entry }) =>
      await waitlist.leave({ ...entry, now: NOW }) !== undefined,
  },
  "its user declines": {
    status: "expired",
    run: async ({ waitlist }, { entry }) =>
      await waitlist.decline({ ...entry, now: NOW }) !== undefined,
  },
  "its booking is confirmed": {
    status: "converted",
    run: ({ bookings }, { booking }) => confirm(bookings, booking),
  },
  "it lapses": {
    status: "expired",
    run: async ({ bookings }, { booking }) => await expire(bookings, booking) > 0,
  },
  "its booking is cancelled": {
    status: "expired",
    run: async ({ bookings }, { booking }) =>
      await bookings.cancelFrom({ ...booking, status: "pending", refundPercent: 0, now: NOW }) !==
        undefined,
  },
  "its booking is given up": {
    status: "expired",
    run: async ({ bookings }, { booking }) =>
      await bookings.expireIfPending({ ...booking, now: NOW }) !== undefined,
  },
  "its event is cancelled": {
    status: "closed",
    run: async ({ bookings }, { booking: { eventId } }) =>
      (await bookings.cancelForEvent({ eventId, now: NOW, limit: 10 })).cancelled > 0,
  },
};

for (const [name, first] of Object.entries(ENDS)) {
  test(`an offer ends once: ${name}, while others try to end it`, async (line) => {
    for (const [other, second] of Object.entries(ENDS)) {
      // The sweep of an event that is cancelled passes by what is locked.
      if (other === "its event is cancelled") continue;
      const [entry] = await line.waiting(2);
      const offer = await line.offered(entry!);
      const isEnded = await line.inTurn(
        (stores) => first.run(stores, offer),
        (stores) => second.run(stores, offer),
      );
      assert.equal(isEnded, false, other);
      assert.equal(await line.statusOf(entry!), first.status, other);
    }
  });

  test(`an offer is not claimed when ${name} first`, async (line) => {
    const [entry] = await line.waiting(2);
    const offer = await line.offered(entry!);
    const claim = { ...entry!, claimId: newId(), quantity: 1, now: NOW };
    const claimed = await line.inTurn(
      (stores) => first.run(stores, offer),
      ({ waitlist }) => waitlist.claim(claim),
    );
    assert.equal(claimed, undefined);
    assert.deepEqual(await line.stores.waitlist.findEachClaimed([claim]), [undefined]);
    assert.equal(await line.statusOf(entry!), first.status);
  });

  test(`an offer that is claimed meanwhile ends with what was claimed: ${name}`, async (line) => {
    const [entry] = await line.waiting(2);
    const offer = await line.offered(entry!);
    const claim = { ...entry!, claimId: newId(), quantity: 1, now: NOW };
    if (first.status === "closed") {
      await line.stores.waitlist.claim(claim);
      await first.run(line.stores, offer);
    } else {
      await line.inTurn(
        ({ waitlist }) => waitlist.claim(claim),
        (stores) => first.run(stores, offer),
      );
    }
    assert.equal(await line.statusOf(entry!), first.status);
    const [booking] = await line.stores.waitlist.findEachClaimed([claim]);
    assert.deepEqual([booking?.quantity, booking?.totalMinor], [1, 500]);
  });
}
