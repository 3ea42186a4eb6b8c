import assert from "node:assert/strict";
import type { OfferDecision } from "../../../services/booking/waitlist/decide_offers.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type { Pass } from "../../../services/booking/waitlist/store.ts";
import type { SuppliedType, WaitlistSupply } from "../../../services/booking/waitlist/supply.ts";

const MINUTE_MS = 60_000;
/** No offer is made when less is left until the event begins. */
export const LEAD_MS = 10 * MINUTE_MS;

/** For how long seats are kept for an entry. */
export function gatherMs(startsAt: Date, at: Date): number {
  const eighth = Math.floor((startsAt.getTime() - at.getTime()) / 8);
  return Math.min(Math.max(eighth, 10 * MINUTE_MS), 12 * 60 * MINUTE_MS);
}

/** What a round was decided from. */
export interface Round {
  entries: readonly WaitlistEntry[];
  supply: WaitlistSupply;
  now: Date;
  /** Since when seats are kept for an entry, by the model's own account. */
  keptSince: ReadonlyMap<string, Date>;
}

/** What a round gives to whom. */
type DecidedRound = Omit<OfferDecision, "isExhausted">;

type Seats = Record<number, number>;

/** An entry that was looked at and got nothing. */
interface Short {
  entry: WaitlistEntry;
  passed: number;
  isProtected: boolean;
  /** There was something for it, though not enough, and it holds others up more than those ahead of it. */
  holdsUp: boolean;
}

/**
 * Asserts that a decision follows the rule as `docs/decisions/0035` states it, by trying for each entry every type and
 * number that it could have had. Returns since when seats are kept for whom.
 */
export function assertFollowsRule(decision: DecidedRound, round: Round): Map<string, Date> {
  const { entries, supply, now, keptSince } = round;
  if (supply.startsAt.getTime() - now.getTime() < LEAD_MS) {
    assert.deepEqual(decision.offers, [], "offered shortly before the beginning");
    return new Map(keptSince);
  }
  const seats: Seats = { ...supply.setAside };
  const ahead: Short[] = [];
  const expected: Pass[] = [];
  for (const entry of entries) {
    const since = keptSince.get(entry.entryId);
    const isOverdue = since !== undefined &&
      now.getTime() - since.getTime() >= gatherMs(supply.startsAt, since);
    const types = typesOf(entry, supply);
    const offer = decision.offers.find(({ entryId }) => entryId === entry.entryId);
    const name = entry.entryId;
    if (offer) {
      const type = types.find(({ ticketTypeId }) => ticketTypeId === offer.ticketTypeId);
      assert.ok(type, `${name} was offered a type that it does not want or that is not sold`);
      const least = offer.isLast ? type.minPerOrder : leastOf(entry, type);
      const { quantity } = offer;
      assert.ok(quantity >= least, `${name} was offered fewer than it wants`);
      assert.ok(quantity <= Math.min(entry.quantity, type.largestOrder), `${name}: too many`);
      assert.ok(quantity <= bundles(type, seats), `${name} was offered more than there is`);
      assert.ok(!offer.isLast || isOverdue, `${name} got a last offer before its time`);
      assert.ok(offer.expiresAt > now && offer.expiresAt <= supply.startsAt);
      const after = taken(type, quantity, seats);
      for (const one of ahead.filter(({ isProtected }) => isProtected)) {
        const kept = best(one.entry, supply, after);
        const lost = best(one.entry, supply, seats) - kept;
        if (lost === 0) continue;
        one.passed += lost;
        assert.ok(
          kept >= one.passed,
          `F2: ${kept} stay for ${one.entry.entryId}, ${one.passed} passed`,
        );
        assert.ok(one.passed < one.entry.minQuantity, `F2: too many passed ${one.entry.entryId}`);
        const pass = { entryId: one.entry.entryId, byEntryId: name, byPlace: entry.place };
        expected.push({ ...pass, seats: lost, kept });
      }
      const preferred = types.slice(0, types.indexOf(type));
      const most = Math.min(entry.quantity, type.largestOrder, bundles(type, seats));
      if (!offer.isLast) {
        for (const other of preferred) {
          assert.equal(
            mostFor(entry, other, { seats, ahead, supply }),
            0,
            `${name} prefers another`,
          );
        }
        for (let n = quantity + 1; n <= most; n++) {
          assert.ok(
            !mayHave(type, n, { seats, ahead: before(ahead, passesOf(decision, name)), supply }),
          );
        }
      }
      Object.assign(seats, after);
      continue;
    }
    for (const type of types) {
      const possible = mostFor(entry, type, { seats, ahead, supply });
      assert.equal(
        possible,
        0,
        `F1: ${name} got none of type ${type.ticketTypeId}, not ${possible}`,
      );
      if (!isOverdue) continue;
      const last = mostFor(entry, type, { seats, ahead, supply }, type.minPerOrder);
      assert.equal(last, 0, `F4: ${name} got no last offer`);
    }
    const standsBack = entry.standsBackUntil !== undefined && entry.standsBackUntil > now;
    const some = types.some((type) => bundles(type, seats) > 0);
    const enough = types.some((type) => bundles(type, seats) >= leastOf(entry, type));
    const isProtected = !standsBack && !isOverdue;
    const holdsUp = isProtected && some && !enough &&
      isStricter(entry, ahead.filter((one) => isAlike(one, entry, supply)));
    ahead.push({ entry, passed: entry.passed, isProtected: isProtected && some, holdsUp });
  }
  assert.deepEqual(sorted(decision.passes), sorted(expected), "passes are not those that were");
  return keeping(ahead, seats, round);
}

function sorted(passes: readonly Pass[]): string[] {
  return passes.map(({ byPlace, entryId, byEntryId, seats, kept }) =>
    [byPlace, entryId, byEntryId, seats, kept].join()
  ).toSorted();
}

/** Entries that seats are kept for after the round. */
function keeping(ahead: readonly Short[], seats: Seats, { supply, now, keptSince }: Round) {
  const kept = new Map<string, Date>();
  for (const { entry, holdsUp } of ahead) {
    const standsBack = entry.standsBackUntil !== undefined && entry.standsBackUntil > now;
    const since = keptSince.get(entry.entryId) ?? (holdsUp ? now : undefined);
    if (since && !standsBack && best(entry, supply, seats) > 0) kept.set(entry.entryId, since);
  }
  return kept;
}

/** Whether an earlier entry is protected in the same types as another. */
function isAlike({ entry, isProtected }: Short, other: WaitlistEntry, supply: WaitlistSupply) {
  const [one, two] = [entry, other].map((each) =>
    new Set(typesOf(each, supply).map(({ ticketTypeId }) => ticketTypeId))
  ) as [Set<string>, Set<string>];
  return isProtected && one.symmetricDifference(two).size === 0;
}

/** Whether more has to stay behind for an entry than for each of others, or fewer may still pass it. */
function isStricter({ passed, minQuantity }: WaitlistEntry, others: readonly Short[]): boolean {
  return others.every((one) => passed > one.passed) ||
    others.every((one) => minQuantity - passed < one.entry.minQuantity - one.passed);
}

/** Earlier entries as they were before passes were counted. */
function before(ahead: readonly Short[], passes: ReadonlyMap<string, number>): Short[] {
  return ahead.map((one) => ({
    ...one,
    passed: one.passed - (passes.get(one.entry.entryId) ?? 0),
  }));
}

function passesOf({ passes }: DecidedRound, byEntryId: string): Map<string, number> {
  const own = passes.filter((pass) => pass.byEntryId === byEntryId);
  return new Map(own.map(({ entryId, seats }) => [entryId, seats]));
}

interface Situation {
  seats: Seats;
  ahead: readonly Short[];
  supply: WaitlistSupply;
}

/** The most of a type that an entry may have, or 0. */
function mostFor(
  entry: WaitlistEntry,
  type: SuppliedType,
  situation: Situation,
  least = leastOf(entry, type),
): number {
  const most = Math.min(entry.quantity, type.largestOrder, bundles(type, situation.seats));
  for (let n = most; n >= least; n--) if (mayHave(type, n, situation)) return n;
  return 0;
}

function mayHave(type: SuppliedType, quantity: number, { seats, ahead, supply }: Situation) {
  const after = taken(type, quantity, seats);
  return ahead.every(({ entry, passed, isProtected }) => {
    const kept = best(entry, supply, after);
    const lost = best(entry, supply, seats) - kept;
    const would = passed + lost;
    return !isProtected || lost === 0 || (kept >= would && would <= entry.minQuantity - 1);
  });
}

function leastOf({ minQuantity }: WaitlistEntry, { minPerOrder }: SuppliedType): number {
  return Math.max(minQuantity, minPerOrder);
}

/** The types that an entry could be offered, in its order. */
function typesOf(entry: WaitlistEntry, { types }: WaitlistSupply): SuppliedType[] {
  return entry.ticketTypeIds.flatMap((id) =>
    types.filter((type) =>
      type.ticketTypeId === id && type.isOpen && type.status === "active" &&
      leastOf(entry, type) <= Math.min(entry.quantity, type.largestOrder)
    )
  );
}

function best(entry: WaitlistEntry, supply: WaitlistSupply, seats: Seats): number {
  return Math.max(0, ...typesOf(entry, supply).map((type) => bundles(type, seats)));
}

function bundles({ pools, units }: SuppliedType, seats: Seats): number {
  return Math.min(...pools.map((pool, i) => Math.floor((seats[pool] ?? 0) / (units[i] ?? 1))));
}

function taken({ pools, units }: SuppliedType, quantity: number, seats: Seats): Seats {
  const after = { ...seats };
  for (const [i, pool] of pools.entries()) {
    after[pool] = (after[pool] ?? 0) - quantity * (units[i] ?? 1);
  }
  return after;
}
