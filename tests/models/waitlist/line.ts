import assert from "node:assert/strict";
import type { OfferDecision } from "../../../services/booking/waitlist/decide_offers.ts";
import type { WaitlistEntry } from "../../../services/booking/waitlist/entry.ts";
import type { SuppliedType, WaitlistSupply } from "../../../services/booking/waitlist/supply.ts";
import { assertFollowsRule, gatherMs, LEAD_MS } from "./rule.ts";
import type { Shape } from "./shapes.ts";
import { UNSERVED } from "../../../services/booking/testing/entries.ts";

/** Decides a round; the product's, or one with a planted defect. */
export type Decide = (
  entries: readonly WaitlistEntry[],
  supply: WaitlistSupply,
  options: { now: Date; offerMs: number },
) => OfferDecision;

export const OFFER_MS = 600_000;
const EVENT_ID = "event";
const START = Date.UTC(2027, 0, 1);

/** Tickets of a type that are sold. */
interface Lot {
  type: number;
  quantity: number;
}

/** What the first in line may lose before it must be served. */
interface Head {
  entryId: string;
  /** Seats set aside since it has been first, and how many there may be while it is not served. */
  freed: number;
  most: number;
}

/**
 * A sold-out event with a waitlist, in memory: pools, ticket types, the line and a clock. Seats are set aside as the
 * engine does; each round is checked against the rule, and each step against the seats that there are.
 */
export class Line {
  readonly shape: Shape;
  readonly #decide: Decide;
  readonly #startsAt: Date;
  #nowMs = START;
  readonly #capacity: number[];
  readonly #sold: Lot[] = [];
  #entries: WaitlistEntry[] = [];
  readonly #open = new Set<number>();
  readonly #paused = new Set<number>();
  #lastPlace = 0;
  #setAside: number[];
  /** Since when seats are kept for an entry, by the model's own account. */
  readonly #keptSince = new Map<string, Date>();
  #head: Head | undefined;
  /** How many offers were made, of which last ones, and how many passes. */
  readonly seen = { offers: 0, lastOffers: 0, passes: 0 };

  constructor(shape: Shape, decide: Decide) {
    this.shape = shape;
    this.#decide = decide;
    this.#startsAt = new Date(START + shape.startsInMs);
    this.#capacity = [...shape.pools];
    this.#setAside = shape.pools.map(() => 0);
    this.#sellOut();
  }

  get waiting(): WaitlistEntry[] {
    return this.#entries.filter(({ status }) => status === "waiting");
  }

  get offered(): WaitlistEntry[] {
    return this.#entries.filter(({ status }) => status === "offered");
  }

  get sold(): readonly Lot[] {
    return this.#sold;
  }

  /** How many of a type the public can buy. */
  available(type: number): number {
    const free = this.#free().map((seats, pool) => seats - (this.#setAside[pool] ?? 0));
    return this.#bundles(type, free);
  }

  /** Joins with types by preference; false if seats are available, or if no type is sold in such orders. */
  join(types: readonly number[], quantity: number, minQuantity: number): boolean {
    const active = types.filter((type) => !this.#paused.has(type));
    const isSold = (type: number) => minQuantity <= (this.shape.types[type]?.largestOrder ?? 0);
    const least = (type: number) => Math.max(minQuantity, this.shape.types[type]?.minPerOrder ?? 1);
    if (active.length === 0 || !types.some(isSold)) return false;
    if (active.some((type) => this.available(type) >= least(type))) return false;
    const place = ++this.#lastPlace;
    for (const type of types) this.#open.add(type);
    this.#entries.push({
      entryId: `e${place}`,
      eventId: EVENT_ID,
      userId: `u${place}`,
      ticketTypeIds: types.map(String),
      quantity,
      minQuantity,
      place,
      status: "waiting",
      joinedAt: this.#now(),
      ...UNSERVED,
    });
    this.#settle();
    return true;
  }

  leave(entry: WaitlistEntry): void {
    this.#end(entry);
    this.#settle();
  }

  /** Wants less; the place stays. */
  lower(entry: WaitlistEntry, quantity: number, minQuantity: number): void {
    const passed = Math.min(entry.passed, minQuantity - 1);
    this.#change(entry, { quantity, minQuantity, passed });
    this.#head = undefined;
  }

  /** Gives tickets of a sold lot back. */
  free(lot: Lot, quantity: number): void {
    lot.quantity -= quantity;
    if (lot.quantity === 0) this.#sold.splice(this.#sold.indexOf(lot), 1);
    this.#settle();
  }

  buy(type: number, quantity: number): void {
    const before = this.#bundlesOfOpenTypes();
    this.#sold.push({ type, quantity });
    assert.deepEqual(this.#bundlesOfOpenTypes(), before, "the public took what waits for a type");
    this.#settle();
  }

  /** Buys what is offered, or fewer; the rest goes on. */
  accept(entry: WaitlistEntry, quantity: number): void {
    const { offer } = entry;
    assert.ok(offer);
    this.#sold.push({ type: Number(offer.ticketTypeId), quantity });
    this.#end(entry);
    this.#settle();
  }

  decline(entry: WaitlistEntry): void {
    const { offer, quantity } = entry;
    assert.ok(offer);
    if (offer.isLast) this.#standBack(entry);
    else if (offer.quantity < quantity) this.#comeBack(entry, { minQuantity: quantity });
    else this.#end(entry);
    this.#settle();
  }

  pause(type: number): void {
    if (!this.#paused.delete(type)) this.#paused.add(type);
    this.#head = undefined;
    this.#settle();
  }

  /** Raises or lowers the house, not below what is taken. */
  resize(by: number): void {
    const [free = 0] = this.#free();
    this.#capacity[0] = (this.#capacity[0] ?? 0) + Math.max(by, -free);
    if (by < 0) this.#head = undefined;
    this.#settle();
  }

  timePasses(ms: number): void {
    this.#nowMs += ms;
    for (const entry of this.offered) {
      const { offer } = entry;
      if (!offer || offer.expiresAt > this.#now()) continue;
      if (offer.isLast) this.#standBack(entry);
      else this.#end(entry);
    }
    this.#settle();
  }

  /** One round of the worker. */
  decide(): void {
    const entries = this.waiting.toSorted((a, b) => a.place - b.place);
    const supply = this.#supply();
    const now = this.#now();
    const input = structuredClone({ entries, supply });
    const decision = this.#decide(entries, supply, { now, offerMs: OFFER_MS });
    assert.deepEqual({ entries, supply }, input, "the decision changed its input");
    const keeping = assertFollowsRule(decision, { ...input, now, keptSince: this.#keptSince });
    this.#apply(decision);
    this.#keptSince.clear();
    for (const [entryId, since] of keeping) this.#keptSince.set(entryId, since);
    this.#checkHead();
    this.assertAddsUp();
  }

  /** F9, and that no pool is oversold: what there is is sold, offered, set aside or on sale to all. */
  assertAddsUp(): void {
    const free = this.#free();
    const wanted = this.#targets(free);
    assert.deepEqual(this.#setAside, wanted, "set aside is not what waiting types could use");
    free.forEach((seats, pool) => {
      const setAside = this.#setAside[pool] ?? 0;
      assert.ok(setAside >= 0 && seats >= setAside, `pool ${pool} has ${seats}, ${setAside} aside`);
    });
    const active = this.#entries.map(({ entryId }) => entryId);
    assert.equal(new Set(active).size, active.length);
  }

  #apply(decision: OfferDecision): void {
    const { offers, passes, gathering, notGathering } = decision;
    for (const { entryId, seats } of passes) {
      const entry = this.#find(entryId);
      this.#change(entry, { passed: entry.passed + seats });
    }
    for (const id of gathering) this.#change(this.#find(id), { gatheringSince: this.#now() });
    for (const id of notGathering) this.#change(this.#find(id), { gatheringSince: undefined });
    for (const { entryId, ...offer } of offers) {
      const entry = this.#find(entryId);
      assert.equal(entry.status, "waiting", "offered twice");
      this.#change(entry, {
        status: "offered",
        offer: { ...offer, offeredAt: this.#now() },
        round: entry.round + 1,
        passed: 0,
        gatheringSince: undefined,
      });
    }
    // Offers take what is set aside; the rest stays as it was.
    for (const { ticketTypeId, quantity } of offers) {
      for (const [pool, units] of this.#draws(Number(ticketTypeId))) {
        this.#setAside[pool] = (this.#setAside[pool] ?? 0) - units * quantity;
      }
    }
    this.seen.offers += offers.length;
    this.seen.lastOffers += offers.filter(({ isLast }) => isLast).length;
    this.seen.passes += passes.length;
    this.#settle({ isRound: true });
  }

  /** F3: counts what comes free while the same entry is first and seats are kept for it. */
  #checkHead(): void {
    const [first] = this.waiting.toSorted((a, b) => a.place - b.place);
    const isKept = first && this.#startsAt.getTime() - this.#nowMs >= LEAD_MS &&
      !(first.standsBackUntil && first.standsBackUntil > this.#now()) && !this.#isOverdue(first);
    if (!isKept || this.shape.types.length > 1 || this.#paused.size > 0) {
      this.#head = undefined;
      return;
    }
    if (this.#head?.entryId !== first.entryId) {
      const most = 2 * (first.minQuantity - 1) - (this.#setAside[0] ?? 0) - first.passed;
      this.#head = { entryId: first.entryId, freed: 0, most };
    }
    const { freed, most } = this.#head;
    assert.ok(freed <= most, `F3: ${freed} seats came free for ${first.entryId}, not ${most}`);
  }

  #isOverdue({ entryId }: WaitlistEntry): boolean {
    const since = this.#keptSince.get(entryId);
    return since !== undefined &&
      this.#nowMs - since.getTime() >= gatherMs(this.#startsAt, since);
  }

  #standBack(entry: WaitlistEntry): void {
    const standsBackUntil = new Date(this.#nowMs + gatherMs(this.#startsAt, this.#now()));
    this.#comeBack(entry, { standsBackUntil });
  }

  #comeBack(entry: WaitlistEntry, change: Partial<WaitlistEntry>): void {
    this.#change(entry, { status: "waiting", offer: undefined, ...change });
    this.#head = undefined;
  }

  #end(entry: WaitlistEntry): void {
    this.#entries = this.#entries.filter(({ entryId }) => entryId !== entry.entryId);
  }

  #change(entry: WaitlistEntry, change: Partial<WaitlistEntry>): void {
    this.#entries = this.#entries.map((one) =>
      one.entryId === entry.entryId ? { ...one, ...change } : one
    );
  }

  #find(entryId: string): WaitlistEntry {
    const entry = this.#entries.find((one) => one.entryId === entryId);
    assert.ok(entry, `${entryId} is not in line`);
    return entry;
  }

  #sellOut(): void {
    for (let turn = 0; turn < 100; turn++) {
      const type = turn % this.shape.types.length;
      const quantity = Math.min(1 + turn % 3, this.#bundles(type, this.#free()));
      if (quantity > 0) this.#sold.push({ type, quantity });
    }
  }

  #now(): Date {
    return new Date(this.#nowMs);
  }

  #draws(type: number): readonly (readonly [number, number])[] {
    return this.shape.types[type]?.draws ?? [];
  }

  #free(): number[] {
    const taken: Lot[] = [
      ...this.#sold,
      ...this.offered.flatMap(({ offer }) =>
        offer ? [{ type: Number(offer.ticketTypeId), quantity: offer.quantity }] : []
      ),
    ];
    const free = [...this.#capacity];
    for (const { type, quantity } of taken) {
      for (const [pool, units] of this.#draws(type)) {
        free[pool] = (free[pool] ?? 0) - units * quantity;
      }
    }
    return free;
  }

  #bundles(type: number, seats: readonly number[]): number {
    return Math.min(
      ...this.#draws(type).map(([pool, units]) => Math.floor((seats[pool] ?? 0) / units)),
    );
  }

  #isSettled(type: number): boolean {
    return this.#open.has(type) && !this.#paused.has(type);
  }

  #bundlesOfOpenTypes(): number[] {
    const free = this.#free();
    return this.shape.types.flatMap((_, type) =>
      this.#isSettled(type) ? [this.#bundles(type, free)] : []
    );
  }

  #targets(free: readonly number[]): number[] {
    const wanted = free.map(() => 0);
    this.shape.types.forEach((_, type) => {
      if (!this.#isSettled(type)) return;
      const bundles = this.#bundles(type, free);
      for (const [pool, units] of this.#draws(type)) {
        wanted[pool] = (wanted[pool] ?? 0) + bundles * units;
      }
    });
    return wanted.map((seats, pool) => Math.min(seats, free[pool] ?? 0));
  }

  /** Sets seats aside anew, after lists in which nobody waits were closed. */
  #settle({ isRound = false } = {}): void {
    for (const type of this.#open) {
      const isWanted = this.#entries.some(({ ticketTypeIds }) =>
        ticketTypeIds.includes(String(type))
      );
      if (!isWanted) this.#open.delete(type);
    }
    const before = this.#setAside[0] ?? 0;
    this.#setAside = this.#targets(this.#free());
    if (this.#head && !isRound) this.#head.freed += Math.max(0, (this.#setAside[0] ?? 0) - before);
  }

  #supply(): WaitlistSupply {
    return {
      eventId: EVENT_ID,
      isOnSale: this.#nowMs < this.#startsAt.getTime(),
      startsAt: this.#startsAt,
      setAside: Object.fromEntries(this.#setAside.entries()),
      types: this.shape.types.map(({ draws, ...type }, i): SuppliedType => ({
        ...type,
        ticketTypeId: String(i),
        pools: draws.map(([pool]) => pool),
        units: draws.map(([, units]) => units),
        generation: 1,
        isOpen: this.#open.has(i),
        status: this.#paused.has(i) ? "paused" : "active",
      })),
      seq: 1,
    };
  }
}
