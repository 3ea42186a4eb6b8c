/**
 * What must hold of an event with a waitlist whenever nothing is under way: no request, no message, no work left for the
 * worker. Each check is a function of what both databases say, and throws an `AssertionError` that shows the difference.
 */
import assert from "node:assert/strict";
import { offerIdOf } from "../../../services/booking/waitlist/entry.ts";
import { couldBeOffered } from "./judge.ts";
import { ACTIVE, bundlesOf, type EntryState, type WaitlistState } from "./state.ts";

const OPEN_BOOKINGS: readonly string[] = ["pending", "confirming"];
/** An entry in one of these has been admitted to the line. */
const ADMITTED: readonly string[] = ["waiting", "offering", "offered", "converted", "expired"];

/** What a check may need to know of a test. */
export interface CheckOptions {
  now: Date;
  /**
   * Entries that waited before anybody could be offered a seat; the others are left out of the check of history, as it
   * is not known whether they were in line when a later one was offered.
   */
  early?: ReadonlySet<string>;
}

/** All checks, in the order of their names. */
export function assertWaitlistAddsUp(state: WaitlistState, options: CheckOptions): void {
  assertSetAside(state);
  assertListsAreOpen(state);
  assertEntriesMatchBookings(state);
  assertFacts(state);
  assertOrder(state, options);
}

/** Seats set aside are those that the open types can use, and none when nobody is in line. */
export function assertSetAside({ pools, types, entries }: WaitlistState): void {
  const free = new Map(
    pools.map(({ pool, capacity, held, sold }) => [pool, capacity - held - sold]),
  );
  const open = types.filter(({ isOpen, status }) => isOpen && status === "active");
  const wanted = new Map<number, number>();
  for (const type of open) {
    const bundles = bundlesOf(type, free);
    type.pools.forEach((pool, i) =>
      wanted.set(pool, (wanted.get(pool) ?? 0) + bundles * type.units[i]!)
    );
  }
  for (const { pool, setAside } of pools) {
    const target = Math.min(free.get(pool)!, wanted.get(pool) ?? 0);
    assert.equal(setAside, target, `seats set aside of pool ${pool}, of ${free.get(pool)} free`);
  }
  if (entries.some(({ status }) => ACTIVE.has(status))) return;
  assert.deepEqual(types.filter(({ isOpen }) => isOpen), [], "open lists though nobody waits");
}

/** Waiting entries are protected: the lists of all types that they want and that are still sold are open. */
export function assertListsAreOpen({ types, entries }: WaitlistState): void {
  const waiting = entries.filter(({ status }) => status === "waiting");
  const wanted = new Set(waiting.flatMap(({ ticketTypeIds }) => ticketTypeIds));
  const closed = types.filter(({ ticketTypeId, status, isOpen }) =>
    wanted.has(ticketTypeId) && status !== "archived" && !isOpen
  );
  assert.deepEqual(closed, [], "closed lists though somebody waits");
}

/** Entries and the bookings of their offers tell the same, and no offer is half made. */
export function assertEntriesMatchBookings(
  { entries, bookings, allocations }: WaitlistState,
): void {
  const unfinished = entries.filter(({ status }) => status === "joining" || status === "offering");
  assert.deepEqual(unfinished, [], "entries on which the worker did not go on");
  const active = entries.filter(({ status }) => ACTIVE.has(status));
  assert.equal(
    new Set(active.map(({ userId }) => userId)).size,
    active.length,
    "a user has two active entries",
  );
  assert.equal(
    new Set(entries.map(({ place }) => place)).size,
    entries.length,
    "two entries have one place",
  );

  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  const offers = bookings.filter(({ entryId }) => entryId !== null);
  for (const booking of offers) {
    const entry = byId.get(booking.entryId!);
    assert.ok(entry, `the entry of offer ${booking.bookingId} is missing`);
    const ids = Array.from({ length: entry.round }, (_, i) => offerIdOf(entry.entryId, i + 1));
    assert.ok(ids.includes(booking.bookingId), `offer ${booking.bookingId} has a foreign id`);
    assert.equal(booking.userId, entry.userId, `offer ${booking.bookingId} is another user's`);
    const isOpen = OPEN_BOOKINGS.includes(booking.status);
    assert.equal(
      isOpen,
      entry.status === "offered" && entry.offer?.offerId === booking.bookingId,
      `offer ${booking.bookingId} is ${booking.status}, its entry ${entry.status}`,
    );
    if (booking.wasConfirmed) {
      assert.equal(
        entry.status,
        "converted",
        `the entry of a confirmed offer ${booking.bookingId}`,
      );
    }
  }

  const bookingOf = new Map(offers.map((booking) => [booking.bookingId, booking]));
  for (const { entryId, status, offer } of entries) {
    if (status === "converted") {
      const booking = bookingOf.get(offer?.offerId ?? "");
      assert.ok(booking?.wasConfirmed, `entry ${entryId} was converted without a booking`);
    }
    if (status !== "offered") continue;
    assert.ok(offer, `entry ${entryId} has no offer`);
    const booking = bookingOf.get(offer.offerId);
    assert.ok(booking, `the booking of entry ${entryId} is missing`);
    const seats = allocations.find(({ allocationId }) => allocationId === offer.offerId);
    const { quantity, ticketTypeId } = offer;
    assert.deepEqual(
      { ...seats },
      { allocationId: offer.offerId, ticketTypeId, quantity, state: "held", source: "waitlist" },
      `the seats of the offer to entry ${entryId}`,
    );
    assert.equal(
      booking.expiresAt.getTime(),
      offer.expiresAt.getTime(),
      `the end of the offer to entry ${entryId}`,
    );
  }
}

/** Each fact is in the outbox once, and none is missing. */
export function assertFacts({ entries, bookings, facts }: WaitlistState): void {
  const counted = new Map<string, number>();
  for (const { topic, entryId, offerId } of facts) {
    const name = `${topic} ${topic === "waitlist.joined" ? entryId : offerId}`;
    counted.set(name, (counted.get(name) ?? 0) + 1);
  }
  const expected = new Map<string, number>();
  for (const { entryId, status } of entries) {
    const name = `waitlist.joined ${entryId}`;
    // Who leaves before being admitted has not joined.
    expected.set(name, ADMITTED.includes(status) ? 1 : counted.get(name) ?? 0);
    assert.ok(expected.get(name)! <= 1, `${name} was announced twice`);
  }
  for (const { bookingId, entryId, status, hasLapsed, wasConfirmed } of bookings) {
    if (entryId === null) continue;
    expected.set(`waitlist.offered ${bookingId}`, 1);
    if (wasConfirmed) expected.set(`waitlist.converted ${bookingId}`, 1);
    const name = `waitlist.offer_lapsed ${bookingId}`;
    const hasLeft = entries.some((entry) => entry.entryId === entryId && entry.status === "left");
    if (hasLapsed && !hasLeft) expected.set(name, 1);
    // Declined, left, or cancelled with its event: whichever of these counts as a lapse does so once.
    else if (!OPEN_BOOKINGS.includes(status) && !wasConfirmed) {
      expected.set(name, Math.min(counted.get(name) ?? 0, 1));
    }
  }
  const names = new Set([...counted.keys(), ...expected.keys()]);
  const wrong = [...names].filter((name) => (counted.get(name) ?? 0) !== (expected.get(name) ?? 0))
    .map((name) => `${name}: ${counted.get(name) ?? 0} instead of ${expected.get(name) ?? 0}`);
  assert.deepEqual(wrong, [], "facts in the outbox");
}

/** No waiting entry can be offered seats, and every entry that was passed was passed by the rule. */
export function assertOrder(state: WaitlistState, options: CheckOptions): void {
  assert.equal(couldBeOffered(state, options), undefined, "the worker left an offer unmade");
  for (const entry of state.entries) assertPasses(state, entry);
  if (state.pools.length > 1) return;
  const facts = state.facts.filter(({ topic }) => topic === "waitlist.offered");
  for (const entry of state.entries) {
    const isEarly = options.early?.has(entry.entryId) ?? false;
    if (!isEarly || entry.round > 0 || entry.status !== "waiting") continue;
    assertServedBehind(state, { entry, facts });
  }
}

/** Fewer seats have passed an entry than it wants, and at each pass as many stayed behind. */
function assertPasses(
  { passes }: WaitlistState,
  { entryId, passed, minQuantity, round }: EntryState,
): void {
  assert.ok(passed < minQuantity, `${passed} seats passed entry ${entryId}, of ${minQuantity}`);
  const own = passes.filter((pass) => pass.entryId === entryId);
  const sum = own.reduce((total, { seats }) => total + seats, 0);
  if (round === 0) assert.equal(passed, sum, `seats that passed entry ${entryId}, by its passes`);
}

/** In one pool each seat that is offered to a later entry passes every earlier one that waits. */
function assertServedBehind(
  { entries, passes }: WaitlistState,
  { entry: { entryId, place }, facts }: { entry: EntryState; facts: WaitlistState["facts"] },
): void {
  const byId = new Map(entries.map((entry) => [entry.entryId, entry]));
  for (const later of entries) {
    if (later.place <= place) continue;
    const offered = facts.filter((fact) => byId.get(fact.entryId) === later)
      .reduce((sum, { quantity }) => sum + quantity, 0);
    const passed = passes.filter((pass) =>
      pass.entryId === entryId && pass.byEntryId === later.entryId
    ).reduce((sum, { seats }) => sum + seats, 0);
    assert.equal(passed, offered, `seats offered past entry ${entryId} to ${later.entryId}`);
  }
}
