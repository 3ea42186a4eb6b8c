import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { laneOf } from "@evently/shared/lanes";
import type { NewBooking } from "../../../services/booking/orders/booking.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import { at, claimOf } from "../bookings/fixtures.ts";
import { bookingFor, Line, OFFER_MS, type Stores } from "./fixtures.ts";

type Case = (stores: Stores, line: Line) => Promise<void>;

const HOUR_MS = 3_600_000;

/** What ends the booking of an offer, by its name: declined by its user, or lapsed. */
type End = (stores: Stores, booking: NewBooking) => Promise<unknown>;

const DECLINES: Record<string, End> = {
  decline: ({ waitlist }, booking) => waitlist.decline({ ...booking, now: at(10) }),
  cancelFrom: ({ bookings }, booking) =>
    bookings.cancelFrom({ ...booking, status: "pending", refundPercent: 0, now: at(10) }),
  expireIfPending: ({ bookings }, booking) => bookings.expireIfPending({ ...booking, now: at(10) }),
};

const LAPSES: Record<string, End> = {
  expireDue: ({ bookings }, { eventId }) =>
    bookings.expireDue({ lane: laneOf(eventId), due: at(OFFER_MS), now: at(OFFER_MS), limit: 10 }),
  "expireIfPending after its time": ({ bookings }, booking) =>
    bookings.expireIfPending({ ...booking, now: at(OFFER_MS) }),
  declinePayment: async ({ bookings }, booking) =>
    bookings.declinePayment({ ...await confirming({ bookings }, booking), now: at(OFFER_MS) }),
  requireAction: async ({ bookings }, booking) =>
    bookings.requireAction({ ...await confirming({ bookings }, booking), now: at(OFFER_MS) }),
  abandonConfirmation: async ({ bookings }, booking) =>
    bookings.abandonConfirmation({ ...await confirming({ bookings }, booking), now: at(OFFER_MS) }),
};

async function confirming({ bookings }: Pick<Stores, "bookings">, booking: NewBooking) {
  const claim = claimOf(booking, at(10));
  const [started] = await bookings.startConfirming([claim]);
  assert.ok(started, "the booking cannot be confirmed");
  return { bookingId: booking.bookingId, eventId: booking.eventId, ...claim.payment };
}

async function confirm(stores: Stores, booking: NewBooking): Promise<void> {
  const payment = await confirming(stores, booking);
  const capture = { ...payment, transactionId: newId(), ticketCode: newId(), now: at(11) };
  assert.deepEqual(await stores.bookings.completeConfirmations([capture]), [true]);
}

function ended(entry: WaitlistEntry | undefined) {
  const { status, minQuantity, passed, gatheringSince, standsBackUntil, closedReason } = entry!;
  return { status, minQuantity, passed, gatheringSince, standsBackUntil, closedReason };
}

const BACK = {
  status: "waiting",
  passed: 0,
  gatheringSince: undefined,
  standsBackUntil: undefined,
  closedReason: undefined,
};

/** Guarantees of every {@link WaitlistStore} and the {@link BookingStore} beside it; each case gets new stores. */
export const WAITLIST_STORE_CASES: Readonly<Record<string, Case>> = {
  async "join() gives places in the order of the batch, behind earlier ones"({ waitlist }, line) {
    const [first] = await line.join(line.wish(1));
    const wishes = [line.wish(2), line.wish(3, { minQuantity: 1 }), line.wish(1)];
    const joined = await line.join(...wishes);
    assert.deepEqual(joined.map(({ entryId }) => entryId), wishes.map(({ entryId }) => entryId));
    const places = [first!, ...joined].map(({ place }) => place);
    assert.deepEqual(places, [...new Set(places)].sort((a, b) => a - b));
    assert.deepEqual(joined[1], {
      ...wishes[1]!,
      place: places[2],
      status: "joining",
      joinedAt: at(0),
      passed: 0,
      gatheringSince: undefined,
      standsBackUntil: undefined,
      round: 0,
      offer: undefined,
      closedReason: undefined,
    });
    assert.deepEqual(await waitlist.listOpenQueues({ after: undefined, limit: 10 }), [
      line.eventId,
    ]);
  },

  async "join() answers the one active entry of a user, in a batch and later"({ waitlist }, line) {
    const wish = line.wish(2);
    const again = line.wish(5, { userId: wish.userId });
    const [first, second, other] = await line.join(wish, again, line.wish(1));
    assert.deepEqual(first, second);
    assert.equal(first?.quantity, 2);
    assert.deepEqual((await line.join(again, line.wish(1)))[0], first);
    assert.deepEqual(await line.join(wish), [first], "a repeated step");
    assert.notEqual(other?.place, first?.place);
    await waitlist.leave({ ...wish, now: at(5) });
    const [rejoined] = await line.join(again);
    assert.ok(rejoined!.place > other!.place, "who joins again is behind");
    assert.equal(rejoined?.entryId, again.entryId);
    assert.deepEqual(await line.entryOf(wish), rejoined);
  },

  async "join() of another event has places and entries of its own"(stores, line) {
    const other = new Line(stores);
    const wish = line.wish(1);
    await line.join(line.wish(1), wish);
    const [elsewhere] = await other.join({ ...wish, eventId: other.eventId, entryId: newId() });
    assert.equal(elsewhere?.place, 1);
    assert.equal((await line.entryOf(wish))?.place, 2);
  },

  async "admit() and turnAway() change joining entries only, and tell who is in line"(
    { waitlist },
    line,
  ) {
    const { eventId } = line;
    const joined = await line.join(line.wish(1), line.wish(2), line.wish(3));
    const [a, b, c] = joined as [WaitlistEntry, WaitlistEntry, WaitlistEntry];
    const admitted = await waitlist.admit({
      eventId,
      entryIds: [b.entryId, a.entryId],
      now: at(1),
    });
    assert.deepEqual(admitted, [a, b].map((entry) => ({ ...entry, status: "waiting" })));
    assert.deepEqual(await waitlist.admit({ eventId, entryIds: [a.entryId], now: at(1) }), []);
    await waitlist.turnAway({ eventId, entryIds: joined.map(({ entryId }) => entryId) });
    assert.equal(await line.entryOf(c), undefined);
    assert.equal((await line.entryOf(a))?.status, "waiting");
    const fact = ({ entryId, userId, place, quantity }: WaitlistEntry) => ({
      subjectId: entryId,
      payload: { user_id: userId, place, quantity },
    });
    assert.deepEqual(
      (await line.messages("waitlist.joined")).sort(bySubject),
      [
        fact(a),
        fact(b),
      ].sort(bySubject),
    );
  },

  async "findEach() prefers the active entry, answers in order, and knows strangers not"(
    { waitlist },
    line,
  ) {
    const { eventId } = line;
    const [a, b] = await line.wait(line.wish(1), line.wish(1));
    await waitlist.leave({ ...a!, now: at(5) });
    const found = await waitlist.findEach([b!, a!, { userId: newId(), eventId }, b!, {
      ...b!,
      eventId: newId(),
    }]);
    assert.deepEqual(found.map((entry) => entry?.entryId), [
      b?.entryId,
      a?.entryId,
      undefined,
      b?.entryId,
      undefined,
    ]);
    assert.deepEqual(await waitlist.findEach([]), []);
  },

  async "lists and counts see the line by ticket type and place"({ waitlist }, line) {
    const { eventId } = line;
    const balcony = newId();
    const [a, b, c, d] = await line.wait(
      line.wish(1),
      line.wish(1, { ticketTypeIds: [balcony, eventId] }),
      line.wish(1, { ticketTypeIds: [balcony] }),
      line.wish(1),
    ) as [WaitlistEntry, WaitlistEntry, WaitlistEntry, WaitlistEntry];
    const [e] = await line.join(line.wish(1));
    await line.offered(a);
    const count = (ticketTypeId: string, { place }: WaitlistEntry) =>
      waitlist.count({ eventId, ticketTypeId, place });
    assert.deepEqual(await count(eventId, d), { before: 1, total: 3 }, "offered ones have left");
    assert.deepEqual(await count(balcony, c), { before: 1, total: 2 });
    const waiting = await waitlist.listWaiting({
      eventId,
      ticketTypeIds: [eventId],
      after: a.place,
      limit: 2,
    });
    assert.deepEqual(waiting, [b, d]);
    const either = { eventId, ticketTypeIds: [eventId, balcony], after: b.place, limit: 9 };
    assert.deepEqual(await waitlist.listWaiting(either), [c, d]);
    const places = await waitlist.listPlaces({ eventId, after: b.place, limit: 2 });
    assert.deepEqual(
      places,
      [c, d].map(({ entryId, place, ticketTypeIds }) => ({ entryId, place, ticketTypeIds })),
    );
    const { entries, total } = await waitlist.list({ eventId, page: 2, limit: 2 });
    assert.deepEqual([entries.map(({ entryId }) => entryId), total], [[c.entryId, d.entryId], 5]);
    assert.equal(
      (await waitlist.listPlaces({ eventId, after: d.place, limit: 9 }))[0]?.entryId,
      e?.entryId,
    );
    assert.equal(await waitlist.hasWaiting({ eventId, ticketTypeId: balcony }), true);
    assert.equal(await waitlist.hasWaiting({ eventId, ticketTypeId: newId() }), false);
  },

  async "listUnfinished() lists old joining and all offering entries"({ waitlist }, line) {
    const { eventId } = line;
    const [a, b] = await line.wait(line.wish(1), line.wish(1));
    const [c] = await line.join(line.wish(1));
    await line.decide({ offers: [line.offer(b!)] });
    const unfinished = async (ms: number, limit = 9) =>
      (await waitlist.listUnfinished({ eventId, joiningBefore: at(ms), limit }))
        .map(({ entryId }) => entryId);
    assert.deepEqual(await unfinished(0), [b!.entryId], a!.entryId);
    assert.deepEqual(await unfinished(1), [b!.entryId, c!.entryId]);
    assert.deepEqual(await unfinished(1, 1), [b!.entryId]);
  },

  async "change() only ever lowers what waits, and moves the version"({ waitlist }, line) {
    const [entry] = await line.wait(line.wish(4));
    const version = await line.version();
    const change = (quantity: number, minQuantity: number) =>
      waitlist.change({ ...entry!, quantity, minQuantity, now: at(5) });
    assert.equal(await change(5, 4), undefined);
    assert.deepEqual(await change(3, 2), { ...entry!, quantity: 3, minQuantity: 2 });
    assert.equal(await change(3, 3), undefined, "fewer are welcome already");
    assert.equal(await line.version(), version + 1);
    await line.decide({ offers: [line.offer(entry!, { quantity: 3 })] });
    assert.equal(await change(1, 1), undefined, "an offer is being made");
    assert.equal(
      await waitlist.change({
        ...entry!,
        userId: newId(),
        quantity: 1,
        minQuantity: 1,
        now: at(5),
      }),
      undefined,
    );
  },

  async "change() keeps fewer passes than it waits for"({ waitlist }, line) {
    const [group, single] = await line.wait(line.wish(4), line.wish(3));
    const by = { byEntryId: single!.entryId, byPlace: single!.place };
    await line.decide({
      offers: [line.offer(single!)],
      passes: [{ entryId: group!.entryId, ...by, seats: 3, kept: 3 }],
    });
    const changed = await waitlist.change({ ...group!, quantity: 2, minQuantity: 2, now: at(5) });
    assert.equal(changed?.passed, 1);
  },

  async "decide() offers, counts passes and gathers, at one version only"({ waitlist }, line) {
    const { eventId } = line;
    const [a, b, c] = await line.wait(line.wish(6), line.wish(2), line.wish(5));
    const version = await line.version();
    const offer = line.offer(b!);
    const pass = { entryId: a!.entryId, byEntryId: b!.entryId, byPlace: b!.place, kept: 2 };
    const decision = {
      offers: [offer],
      passes: [{ ...pass, seats: 2 }],
      gathering: [a!.entryId, c!.entryId],
    };
    assert.equal(await line.decide({ ...decision, version: version + 1 }), false);
    assert.equal(await line.decide({ ...decision, version: version - 1 }), false);
    assert.deepEqual(await line.entryOf(a!), a, "nothing changed");
    assert.equal(await line.decide(decision), true);
    assert.equal(await line.version(), version + 1);
    assert.deepEqual(await line.entryOf(a!), { ...a!, passed: 2, gatheringSince: at(2) });
    const { entryId: _, ...made } = offer;
    assert.deepEqual(await line.entryOf(b!), {
      ...b!,
      status: "offering",
      round: 1,
      offer: { ...made, offeredAt: at(2) },
    });
    const gathering = (after: number, limit = 9) =>
      waitlist.listGathering({ eventId, after, limit });
    const [first, last] = [await line.entryOf(a!), await line.entryOf(c!)];
    assert.deepEqual(await gathering(0), [first, last]);
    assert.deepEqual(await gathering(0, 1), [first]);
    assert.deepEqual(await gathering(a!.place), [last]);
    assert.deepEqual(await waitlist.listPasses({ eventId, entryIds: [a!.entryId], limit: 9 }), [
      { ...pass, seats: 2, passedAt: at(2) },
    ]);
    assert.equal(await line.decide({ ...decision, version }), false, "decided already");
    assert.equal(await line.decide(decision), false, "an entry is offered already");
    await line.decide({ notGathering: [a!.entryId] });
    assert.equal((await line.entryOf(a!))?.gatheringSince, undefined);
    assert.deepEqual((await line.entryOf(c!))?.gatheringSince, at(2));
  },

  async "decide() does nothing if one of its entries has ended, or while paused"(
    { waitlist },
    line,
  ) {
    const { eventId } = line;
    const [a, b] = await line.wait(line.wish(1), line.wish(1));
    await waitlist.leave({ ...a!, now: at(2) });
    const version = await line.version();
    assert.equal(await line.decide({ offers: [line.offer(b!), line.offer(a!)] }), false);
    assert.equal((await line.entryOf(b!))?.status, "waiting");
    assert.equal(await line.version(), version);
    const paused = await waitlist.setPaused({ eventId, isPaused: true, now: at(2) });
    assert.deepEqual(paused, { eventId, version: version + 1, pausedAt: at(2) });
    assert.equal(await line.decide({ offers: [line.offer(b!)] }), false);
    await waitlist.setPaused({ eventId, isPaused: true, now: at(4) });
    assert.deepEqual((await waitlist.findQueue(eventId))?.pausedAt, at(2), "since it was paused");
    const resumed = await waitlist.setPaused({ eventId, isPaused: false, now: at(5) });
    assert.deepEqual(resumed, { eventId, version: version + 3, pausedAt: undefined });
    assert.equal(await line.decide({ offers: [line.offer(b!)] }), true);
  },

  async "setPaused() makes a queue where nobody has waited"({ waitlist }) {
    const eventId = newId();
    assert.equal(await waitlist.findQueue(eventId), undefined);
    await waitlist.setPaused({ eventId, isPaused: true, now: at(2) });
    assert.deepEqual((await waitlist.findQueue(eventId))?.pausedAt, at(2));
    assert.deepEqual(await waitlist.listOpenQueues({ after: undefined, limit: 9 }), []);
  },

  async "makeOffers() inserts the booking of an open offer once, with a fact"(stores, line) {
    const { waitlist, bookings } = stores;
    const { eventId } = line;
    const [a, b] = await line.wait(line.wish(2), line.wish(1)) as [WaitlistEntry, WaitlistEntry];
    const offer = line.offer(a);
    const booking = bookingFor(a, offer, { expiresAt: at(OFFER_MS + 1) });
    const offers = [
      { entry: b, booking: bookingFor(b, line.offer(b)) },
      { entry: a, booking },
    ];
    assert.deepEqual(await waitlist.makeOffers({ offers, now: at(3) }), [], "none is decided");
    assert.equal(await waitlist.countInLine(eventId), 2);
    await line.decide({ offers: [offer] });
    const [made, ...others] = await waitlist.makeOffers({ offers, now: at(3) });
    assert.deepEqual(others, []);
    assert.deepEqual(made, await bookings.find(offer.offerId));
    assert.deepEqual(
      [made?.status, made?.userId, made?.quantity, made?.totalMinor, made?.expiresAt],
      ["pending", a.userId, 2, 1_000, at(OFFER_MS + 1)],
    );
    assert.deepEqual(await waitlist.makeOffers({ offers, now: at(4) }), []);
    const entry = await line.entryOf(a);
    assert.equal(entry?.status, "offered");
    assert.equal(await waitlist.countInLine(eventId), 1, "who has an offer is not in line");
    assert.deepEqual(entry.offer?.offeredAt, at(3));
    assert.deepEqual(entry.offer?.expiresAt, at(OFFER_MS + 1));
    assert.deepEqual(await line.messages("waitlist.offered"), [offerFact(a, booking, line)]);
    const found = { entry, booking: made };
    const find = (ms: number, userId = a.userId) =>
      waitlist.findOffered({ userId, eventId, now: at(ms) });
    assert.deepEqual(await find(OFFER_MS), found);
    assert.equal(await find(OFFER_MS + 1), undefined);
    assert.equal(await find(5, b.userId), undefined);
    assert.deepEqual(await waitlist.listEventsWithLines({ since: at(0), limit: 9 }), [eventId]);
    assert.equal(await waitlist.countOffers({ eventId, since: at(3) }), 1);
    assert.equal(await waitlist.countOffers({ eventId, since: at(4) }), 0);
  },

  async "makeOffers() stores the lines of an order"({ waitlist }, line) {
    const [entry] = await line.wait(line.wish(2));
    const lines = [
      { ticketTypeId: newId(), name: "Family", quantity: 2, gives: 4, unitPriceMinor: 900 },
    ];
    const { bookingId } = await line.offered(entry!, {}, {
      lines,
      quantity: 8,
      unitPriceMinor: 900,
    });
    const found = await waitlist.findOffered({ ...entry!, now: at(5) });
    assert.deepEqual(found?.booking.lines, lines);
    assert.deepEqual([found?.booking.bookingId, found?.booking.totalMinor], [bookingId, 1_800]);
  },

  async "an offer cannot be extended"({ bookings }, line) {
    const [entry] = await line.wait(line.wish(2));
    const booking = await line.offered(entry!);
    const extended = await bookings.extendHold({
      ...booking,
      expiresAt: at(2 * OFFER_MS),
      now: at(5),
    });
    assert.equal(extended, undefined);
  },

  async "takeBack() brings an entry back to its place and takes its passes back"(
    { waitlist },
    line,
  ) {
    const { eventId } = line;
    const [a, b, c] = await line.wait(line.wish(6), line.wish(2), line.wish(1));
    const pass = { entryId: a!.entryId, kept: 3 };
    const offers = [line.offer(b!), line.offer(c!)];
    await line.decide({
      offers,
      passes: [
        { ...pass, byEntryId: b!.entryId, byPlace: b!.place, seats: 2 },
        { ...pass, byEntryId: c!.entryId, byPlace: c!.place, seats: 1 },
      ],
    });
    const version = await line.version();
    const back = { eventId, offers: [offers[0]!], now: at(7) };
    await waitlist.takeBack({ ...back, offers: [{ ...offers[0]!, offerId: newId() }] });
    assert.equal(await line.version(), version, "another offer");
    await waitlist.takeBack(back);
    assert.equal(await line.version(), version + 1);
    assert.deepEqual(await line.entryOf(b!), { ...b!, round: 1 });
    assert.equal((await line.entryOf(a!))?.passed, 1);
    await waitlist.takeBack(back);
    assert.equal((await line.entryOf(a!))?.passed, 1, "a repeated step");
    assert.equal(await line.version(), version + 1);
    const passes = await waitlist.listPasses({ eventId, entryIds: [a!.entryId], limit: 2 });
    const at2 = { ...pass, passedAt: at(2) };
    assert.deepEqual(passes, [
      { ...pass, byEntryId: b!.entryId, byPlace: b!.place, seats: -2, kept: 5, passedAt: at(7) },
      { ...at2, byEntryId: c!.entryId, byPlace: c!.place, seats: 1 },
    ]);
    assert.equal(await waitlist.countOffers({ eventId, since: at(0) }), 1);
  },

  async "takeBack() of a passed entry and of what passed it changes both"({ waitlist }, line) {
    const { eventId } = line;
    const [a, b] = await line.wait(line.wish(4), line.wish(1));
    const toB = line.offer(b!);
    await line.decide({
      offers: [toB],
      passes: [{
        entryId: a!.entryId,
        byEntryId: b!.entryId,
        byPlace: b!.place,
        seats: 1,
        kept: 2,
      }],
    });
    const toA = line.offer(a!);
    await line.decide({ offers: [toA] });
    await waitlist.takeBack({ eventId, offers: [toA, toB], now: at(7) });
    assert.deepEqual(await line.entryOf(a!), { ...a!, round: 1 });
    assert.deepEqual(await line.entryOf(b!), { ...b!, round: 1 });
  },

  async "a confirmed offer converts its entry, once, with a fact"(stores, line) {
    const { waitlist } = stores;
    const [entry] = await line.wait(line.wish(2));
    const booking = await line.offered(entry!);
    await confirming(stores, booking);
    const found = await waitlist.findOffered({ ...entry!, now: at(2 * OFFER_MS) });
    assert.equal(found?.booking.status, "confirming", "a payment under way outlives the offer");
    assert.equal(await waitlist.leave({ ...entry!, now: at(12) }), undefined);
    assert.equal(await waitlist.decline({ ...entry!, now: at(12) }), undefined);
    assert.equal((await line.entryOf(entry!))?.status, "offered");

    const [other] = await line.wait(line.wish(2));
    const bought = await line.offered(other!);
    const version = await line.version();
    await confirm(stores, bought);
    assert.equal((await line.entryOf(other!))?.status, "converted");
    assert.equal(await line.version(), version);
    assert.deepEqual(await line.messages("waitlist.converted"), [offerFact(other!, bought, line)]);
    assert.equal(await waitlist.leave({ ...other!, now: at(12) }), undefined);
    const now = at(13);
    await stores.bookings.cancelFrom({ ...bought, status: "confirmed", refundPercent: 0, now });
    assert.equal(
      (await line.entryOf(other!))?.status,
      "converted",
      "though it is given back later",
    );
  },

  async "a declined full offer ends its entry without a fact"(stores, line) {
    for (const [name, end] of Object.entries(DECLINES)) {
      const [entry] = await line.wait(line.wish(3, { minQuantity: 2 }));
      const booking = await line.offered(entry!);
      const version = await line.version();
      await end(stores, booking);
      assert.equal((await line.entryOf(entry!))?.status, "expired", name);
      assert.equal(await line.version(), version, name);
      const releases = await line.messages("seats.release");
      const own = releases.filter(({ subjectId }) => subjectId === booking.bookingId);
      assert.equal(own.length, 1, name);
    }
    assert.deepEqual(await line.messages("waitlist.offer_lapsed"), []);
  },

  async "a declined partial offer brings its entry back, wanting all"(stores, line) {
    for (const [name, end] of Object.entries(DECLINES)) {
      const [entry] = await line.wait(line.wish(5, { minQuantity: 2 }));
      await line.decide({ gathering: [entry!.entryId] });
      const booking = await line.offered(entry!, { quantity: 3 });
      const version = await line.version();
      await end(stores, booking);
      const back = await line.entryOf(entry!);
      assert.deepEqual(ended(back), { ...BACK, minQuantity: 5 }, name);
      assert.equal(back?.offer, undefined, name);
      assert.equal(await line.version(), version + 1, name);
    }
  },

  async "an offer that lapses ends its entry, partial or not, with a fact"(stores, line) {
    for (const [name, end] of Object.entries(LAPSES)) {
      for (const quantity of [3, 4]) {
        const [entry] = await line.wait(line.wish(4, { minQuantity: 2 }));
        const booking = await line.offered(entry!, { quantity });
        const version = await line.version();
        await end(stores, booking);
        assert.equal((await line.entryOf(entry!))?.status, "expired", name);
        assert.equal(await line.version(), version, name);
        const facts = await line.messages("waitlist.offer_lapsed");
        const own = facts.filter(({ subjectId }) => subjectId === entry!.entryId);
        assert.deepEqual(own, [offerFact(entry!, booking, line)], name);
      }
    }
  },

  async "a last offer that is let go brings its entry back, standing back"(stores, line) {
    for (const [name, end] of Object.entries({ ...DECLINES, ...LAPSES })) {
      const [group, single] = await line.wait(line.wish(6, { minQuantity: 5 }), line.wish(1));
      await line.decide({
        offers: [line.offer(single!)],
        passes: [{
          entryId: group!.entryId,
          byEntryId: single!.entryId,
          byPlace: single!.place,
          seats: 1,
          kept: 4,
        }],
        gathering: [group!.entryId],
      });
      const booking = await line.offered(group!, { quantity: 4, isLast: true });
      const version = await line.version();
      await end(stores, booking);
      const until = at((end === LAPSES[name] ? OFFER_MS : 10) + 12 * HOUR_MS);
      const back = await line.entryOf(group!);
      assert.deepEqual(ended(back), { ...BACK, minQuantity: 5, standsBackUntil: until }, name);
      assert.equal(await line.version(), version + 1, name);
    }
    const facts = await line.messages("waitlist.offer_lapsed");
    assert.equal(facts.length, Object.keys(LAPSES).length);
  },

  async "late money of a lapsed offer converts its entry, unless it has another offer"(
    stores,
    line,
  ) {
    const { payments, bookings, outbox } = stores;
    const now = at(OFFER_MS);
    for (const isOffered of [false, true]) {
      const [entry] = await line.wait(line.wish(6));
      const booking = await line.offered(entry!, { quantity: 4, isLast: true });
      const payment = await confirming(stores, booking);
      await payments.awaitProvider({ ...payment, expiresAt: now, lookAt: now, now: at(11) });
      const { eventId } = booking;
      assert.equal(
        await bookings.expireDue({ lane: laneOf(eventId), due: now, now, limit: 9 }),
        1,
      );
      const back = await line.entryOf(entry!);
      assert.equal(back?.status, "waiting");
      const lease = { topic: "seats.release", firstLane: 0, now, leaseUntil: now, limit: 9 };
      await outbox.complete({ messages: await outbox.lease(lease), now });
      if (isOffered) await line.offered(back, { quantity: 5 });
      const told = (await line.messages("waitlist.converted")).length;
      const revived = await payments.revive({ ...payment, expiresAt: at(2 * OFFER_MS), now });
      assert.equal(revived?.booking.status, "confirming");
      const capture = { ...payment, transactionId: newId(), ticketCode: newId(), hold: 1, now };
      assert.deepEqual(await bookings.completeConfirmations([capture]), [true]);
      const after = await line.entryOf(entry!);
      assert.equal(after?.status, isOffered ? "offered" : "converted");
      const converted = (await line.messages("waitlist.converted")).slice(told);
      assert.deepEqual(converted, isOffered ? [] : [offerFact(entry!, booking, line)]);
    }
  },

  async "an entry stands back for an eighth of the time to the start, or ten minutes"(
    stores,
    line,
  ) {
    for (const [startsInMs, standsBackMs] of [[8 * HOUR_MS + 21, HOUR_MS + 1], [3_000, 600_000]]) {
      const [entry] = await line.wait(line.wish(6));
      const terms = { refundPolicy: [], startsAt: at(startsInMs!) };
      const booking = await line.offered(entry!, { quantity: 4, isLast: true }, { terms });
      await stores.waitlist.decline({ ...booking, now: at(10) });
      assert.deepEqual((await line.entryOf(entry!))?.standsBackUntil, at(10 + standsBackMs!));
    }
  },

  async "an entry is closed when the booking of its offer is cancelled with the event"(
    stores,
    line,
  ) {
    const [a, b, c] = await line.wait(line.wish(2), line.wish(2), line.wish(2));
    await line.offered(a!, { quantity: 1, isLast: true });
    const bought = await line.offered(b!);
    await confirm(stores, bought);
    await stores.bookings.cancelForEvent({ eventId: line.eventId, now: at(12), limit: 10 });
    const closed = ended(await line.entryOf(a!));
    assert.deepEqual([closed.status, closed.closedReason], ["closed", "event_over"]);
    assert.equal((await line.entryOf(b!))?.status, "converted");
    assert.equal((await line.entryOf(c!))?.status, "waiting");
  },

  async "decline() ends an open offer of its user, before its time"({ waitlist }, line) {
    const [entry] = await line.wait(line.wish(2));
    assert.equal(
      await waitlist.decline({ ...entry!, now: at(5) }),
      undefined,
      "nothing is offered",
    );
    await line.offered(entry!);
    assert.equal(await waitlist.decline({ ...entry!, userId: newId(), now: at(5) }), undefined);
    assert.equal(await waitlist.decline({ ...entry!, now: at(OFFER_MS) }), undefined);
    const declined = await waitlist.decline({ ...entry!, now: at(OFFER_MS - 1) });
    assert.equal(declined?.booking?.status, "cancelled");
    assert.deepEqual(declined.entry, await line.entryOf(entry!));
    assert.equal(await waitlist.decline({ ...entry!, now: at(6) }), undefined);
  },

  async "a declined offer voids the payment that waits for its buyer"(stores, line) {
    const { waitlist, bookings } = stores;
    for (const end of ["decline", "leave"] as const) {
      const [entry] = await line.wait(line.wish(2));
      const booking = await line.offered(entry!);
      const payment = await confirming(stores, booking);
      await bookings.requireAction({ ...payment, now: at(11) });
      const ended = await waitlist[end]({ ...entry!, now: at(12) });
      assert.ok(ended?.booking, end);
      assert.equal(ended.booking.status, "cancelled", end);
      const voids = await line.messages("payment.void");
      const own = voids.filter(({ subjectId }) => subjectId === booking.bookingId);
      const expected = {
        payment_id: payment.paymentId,
        amount_minor: ended.booking.totalMinor,
        currency: booking.currency,
      };
      assert.deepEqual(own.map(({ payload }) => payload), [expected], end);
    }
  },

  async "leave() ends an entry at every step, and what it is offered"(stores, line) {
    const { waitlist } = stores;
    const [joining] = await line.join(line.wish(1));
    const [waiting, offering, offered, late] = await line.wait(
      line.wish(1),
      line.wish(2),
      line.wish(3),
      line.wish(4),
    );
    const offer = line.offer(offering!);
    await line.decide({ offers: [offer] });
    const booking = await line.offered(offered!);
    const lapsed = await line.offered(late!);
    const leave = (entry: WaitlistEntry, ms = 5) => waitlist.leave({ ...entry, now: at(ms) });
    for (const entry of [joining!, waiting!, offering!]) {
      const left = await leave(entry);
      assert.deepEqual(left, { entry: await line.entryOf(entry), booking: undefined });
      assert.equal(left?.entry.status, "left");
    }
    const left = await leave(offered!);
    assert.deepEqual(
      [left?.entry.status, left?.booking?.status, left?.booking?.refundMinor],
      ["left", "cancelled", 0],
    );
    assert.equal((await leave(late!, OFFER_MS))?.booking?.status, "expired");
    assert.equal(await leave(late!), undefined);
    const releases = await line.messages("seats.release");
    assert.deepEqual(
      releases.toSorted(bySubject),
      [offer.offerId, booking.bookingId, lapsed.bookingId].map((subjectId) => ({
        subjectId,
        payload: {},
      })).toSorted(bySubject),
    );
    assert.deepEqual(await line.messages("waitlist.offer_lapsed"), []);
  },

  async "close() ends entries in line by place, so many at a time"({ waitlist }, line) {
    const { eventId } = line;
    const [a, b, c, d] = await line.wait(line.wish(1), line.wish(1), line.wish(1), line.wish(1));
    const [e] = await line.join(line.wish(1));
    await line.offered(a!);
    const close = (limit: number, entryIds?: string[]) =>
      waitlist.close({
        eventId,
        ...(entryIds ? { entryIds } : {}),
        reason: "types_ended",
        limit,
        now: at(5),
      });
    assert.equal(await close(9, [d!.entryId, a!.entryId]), 1);
    assert.equal(await close(1), 1);
    const statuses = async () =>
      await Promise.all([a!, b!, c!, d!, e!].map(async (one) => (await line.entryOf(one))?.status));
    assert.deepEqual(await statuses(), ["offered", "closed", "waiting", "closed", "joining"]);
    assert.equal((await line.entryOf(b!))?.closedReason, "types_ended");
    const closeQueue = (id = eventId) => waitlist.closeQueue({ eventId: id, joinedBefore: at(1) });
    assert.equal(await closeQueue(), false);
    assert.equal(await close(9), 2);
    assert.equal(await close(9), 0);
    assert.equal(await closeQueue(), false, "an offer is open");
    await waitlist.leave({ ...a!, now: at(6) });
    const early = { eventId, joinedBefore: at(0) };
    assert.equal(await waitlist.closeQueue(early), false, "somebody joined just now");
    assert.equal(await closeQueue(), true);
    assert.deepEqual(await waitlist.listOpenQueues({ after: undefined, limit: 9 }), []);
    assert.equal(await closeQueue(), true);
    assert.equal(await closeQueue(newId()), true);
    await line.join(line.wish(1));
    assert.deepEqual(await waitlist.listOpenQueues({ after: undefined, limit: 9 }), [eventId]);
  },

  async "close() of ticket types ends entries that want nothing else"({ waitlist }, line) {
    const { eventId } = line;
    const [a, b, c] = [newId(), newId(), newId()];
    const wish = (...ticketTypeIds: string[]) => line.wish(1, { ticketTypeIds });
    const entries = await line.wait(wish(a), wish(a, b), wish(b, c), wish(b, a));
    const wantingOnly = [a, b];
    const closing = { eventId, reason: "types_ended", limit: 9, now: at(5) } as const;
    assert.equal(await waitlist.close({ ...closing, wantingOnly }), 3);
    const statuses = entries.map(async (one) => (await line.entryOf(one))?.status);
    assert.deepEqual(await Promise.all(statuses), ["closed", "closed", "waiting", "closed"]);
  },

  async "hasWaiting() counts offers that may bring their entry back"({ waitlist }, line) {
    const { eventId } = line;
    const hasWaiting = () => waitlist.hasWaiting({ eventId, ticketTypeId: eventId });
    assert.equal(await hasWaiting(), false);
    const [full, last, partial] = await line.wait(line.wish(2), line.wish(2), line.wish(2));
    assert.equal(await hasWaiting(), true);
    await line.offered(full!);
    await waitlist.leave({ ...last!, now: at(5) });
    await waitlist.leave({ ...partial!, now: at(5) });
    assert.equal(await hasWaiting(), false, "a full offer ends its entry");
    const [lastAgain, partialAgain] = await line.wait(line.wish(2), line.wish(2));
    await line.offered(lastAgain!, { isLast: true, quantity: 2 });
    await line.offered(partialAgain!, { quantity: 1 });
    await waitlist.decline({ ...full!, now: at(6) });
    assert.equal(await hasWaiting(), true);
    await waitlist.leave({ ...lastAgain!, now: at(7) });
    assert.equal(await hasWaiting(), true, "a partial offer");
    await waitlist.leave({ ...partialAgain!, now: at(7) });
    assert.equal(await hasWaiting(), false);
    const [alone] = await line.wait(line.wish(2));
    await line.offered(alone!, { isLast: true, quantity: 2 });
    assert.equal(await hasWaiting(), true, "a last offer");
  },

  async "listOpenQueues() lists a page of events by id"(stores, line) {
    const others = [new Line(stores), new Line(stores)];
    for (const each of [line, ...others]) await each.join(each.wish(1));
    const ids = [line, ...others].map(({ eventId }) => eventId).sort();
    const { waitlist } = stores;
    assert.deepEqual(
      await waitlist.listOpenQueues({ after: undefined, limit: 2 }),
      ids.slice(0, 2),
    );
    assert.deepEqual(await waitlist.listOpenQueues({ after: ids[1], limit: 2 }), ids.slice(2));
  },

  async "claim() binds a key to an open offer and answers its booking"(stores, line) {
    const { waitlist } = stores;
    const { eventId } = line;
    const [entry] = await line.wait(line.wish(3));
    const claim = { ...entry!, claimId: newId(), quantity: 3, now: at(5) };
    const findClaimed = async (key: typeof claim) => {
      const [bound] = await waitlist.findEachClaimed([key]);
      return bound;
    };
    assert.equal(await waitlist.claim(claim), undefined, "nothing is offered");
    const { bookingId } = await line.offered(entry!);
    assert.equal(await waitlist.claim({ ...claim, quantity: 4 }), undefined, "too many");
    assert.equal(await waitlist.claim({ ...claim, now: at(OFFER_MS) }), undefined, "too late");
    assert.equal(await waitlist.claim({ ...claim, userId: newId() }), undefined, "a stranger");
    assert.equal(await findClaimed(claim), undefined);
    const booking = await waitlist.claim(claim);
    assert.equal(booking?.bookingId, bookingId);
    assert.deepEqual(await findClaimed(claim), booking);
    const unbound = { ...claim, claimId: newId() };
    assert.deepEqual(
      await waitlist.findEachClaimed([unbound, claim, claim]),
      [undefined, booking, booking],
    );
    assert.deepEqual(await waitlist.claim(claim), booking, "a repeated request");
    assert.deepEqual(await waitlist.claim({ ...claim, claimId: newId() }), booking, "another key");
    assert.equal(await findClaimed({ ...claim, userId: newId() }), undefined);
    assert.deepEqual(await line.messages("seats.release"), []);
    await waitlist.leave({ ...entry!, now: at(6) });
    assert.equal((await findClaimed(claim))?.status, "cancelled");
    const events = (ms: number) => waitlist.listEventsWithLines({ since: at(ms), limit: 9 });
    assert.deepEqual(await events(6), [eventId], "its queue is open");
    assert.equal(await waitlist.closeQueue({ eventId, joinedBefore: at(9) }), true);
    assert.deepEqual([await events(5), await events(6)], [[eventId], []]);
    const claimants = (ms: number) => waitlist.listClaimants({ eventId, since: at(ms), limit: 9 });
    assert.deepEqual(await claimants(5), [entry!.userId]);
    assert.deepEqual(await claimants(6), []);

    const [again] = await line.wait(line.wish(3, { userId: entry!.userId }));
    await line.offered(again!);
    assert.deepEqual(await claimants(9), [entry!.userId], "an open offer");
    assert.equal(
      await waitlist.claim({ ...claim, now: at(7) }),
      undefined,
      "a key of another offer",
    );
    assert.equal((await findClaimed(claim))?.bookingId, bookingId);
  },

  async "claim() of fewer lowers booking, offer and wish, and keeps so many seats"(stores, line) {
    const { waitlist } = stores;
    const [entry] = await line.wait(line.wish(4, { minQuantity: 3 }));
    const type = newId();
    const lines = [
      { ticketTypeId: type, name: "Family", quantity: 4, gives: 2, unitPriceMinor: 500 },
    ];
    const { bookingId } = await line.offered(entry!, { ticketTypeId: type }, {
      lines,
      quantity: 8,
    });
    const version = await line.version();
    const taken = await waitlist.claim({ ...entry!, claimId: newId(), quantity: 2, now: at(5) });
    assert.deepEqual([taken?.quantity, taken?.totalMinor, taken?.lines], [
      4,
      1_000,
      [{ ...lines[0]!, quantity: 2 }],
    ]);
    const lowered = await line.entryOf(entry!);
    assert.deepEqual(
      [lowered?.quantity, lowered?.minQuantity, lowered?.offer?.quantity],
      [2, 2, 2],
    );
    assert.deepEqual(await line.messages("seats.release"), [
      { subjectId: bookingId, payload: { keep: 2 } },
    ]);
    assert.equal(
      await waitlist.claim({ ...entry!, claimId: newId(), quantity: 3, now: at(6) }),
      undefined,
    );
    await waitlist.decline({ ...entry!, now: at(7) });
    assert.equal((await line.entryOf(entry!))?.status, "expired", "still a full offer");
    assert.equal(await line.version(), version);
  },

  async "claim() of fewer of a partial offer leaves it a partial one"({ waitlist }, line) {
    const [entry] = await line.wait(line.wish(4, { minQuantity: 1 }));
    await line.offered(entry!, { quantity: 3 });
    await waitlist.claim({ ...entry!, claimId: newId(), quantity: 2, now: at(5) });
    assert.equal((await line.entryOf(entry!))?.quantity, 4);
    const declined = await waitlist.decline({ ...entry!, now: at(7) });
    assert.deepEqual([declined?.entry.status, declined?.entry.minQuantity], ["waiting", 4]);
  },

  async "claim() does not lower what is being paid for"(stores, line) {
    const { waitlist, bookings } = stores;
    const [entry] = await line.wait(line.wish(3));
    const booking = await line.offered(entry!);
    const claim = (quantity: number) =>
      waitlist.claim({ ...entry!, claimId: newId(), quantity, now: at(12) });
    const payment = await confirming(stores, booking);
    assert.equal(await claim(2), undefined);
    assert.equal((await claim(3))?.status, "confirming");
    await bookings.requireAction({ ...payment, now: at(11) });
    assert.equal(await claim(2), undefined);
    assert.equal((await claim(3))?.status, "pending");
    assert.equal((await bookings.find(booking.bookingId))?.quantity, 3);
  },
};

function offerFact(
  { entryId, userId, place }: WaitlistEntry,
  { bookingId, quantity }: NewBooking,
  { eventId }: Line,
) {
  const payload = {
    user_id: userId,
    place,
    offer_id: bookingId,
    ticket_type_id: eventId,
    quantity,
  };
  return { subjectId: entryId, payload };
}

function bySubject(a: { subjectId: string }, b: { subjectId: string }): number {
  return a.subjectId < b.subjectId ? -1 : 1;
}
