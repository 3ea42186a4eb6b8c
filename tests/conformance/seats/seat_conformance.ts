import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type {
  ExtendResponse,
  LookupResponse,
  SoldResponse,
} from "../../../services/event/inventory/wire.ts";
import { HOLD_TTL_MS, outcomes, type Seats } from "../../../services/event/testing/world.ts";

/** The seat inventory of one event, of the real service or of a model. */
export interface SeatSubject {
  seats: Seats;
  count(): Promise<{ available: number; held: number; sold: number; set_aside: number }>;
  extend(id: string, byMs: number): Promise<ExtendResponse>;
  lookUp(ids: string[]): Promise<LookupResponse>;
  listSold(): Promise<SoldResponse>;
  /** Changes the capacity; returns whether the rules allow it. */
  resize(capacity: number): Promise<boolean>;
  cancelEvent(): Promise<void>;
  /** Releases holds that expired at least the grace period ago. */
  sweep(): Promise<void>;
  /** Advances the clock. */
  advance(byMs: number): void;
}

/** Guarantees of every seat inventory; each case gets a new event with ten seats. */
export const SEAT_CASES: Readonly<Record<string, (subject: SeatSubject) => Promise<void>>> = {
  async "hold() takes seats in order, each allocation once and whole or not at all"(
    { seats },
  ) {
    const [big, small, id] = [newId(), newId(), newId()];
    const answer = await seats.hold([
      { id, quantity: 8 },
      { id: big, quantity: 3 },
      { id: small, quantity: 2 },
      { id, quantity: 1 },
    ]);
    assert.deepEqual(outcomes(answer), ["held", "refused", "held", "existing"]);
    assert.equal(answer.available_seats, 0);
    assert.deepEqual(outcomes(await seats.hold([{ id: small, quantity: 9 }])), ["existing"]);
  },

  async "hold() leaves the seats that a replay does not need to the rest of the batch"({ seats }) {
    const id = await seats.held(4);
    const answer = await seats.hold([{ id, quantity: 6 }, { quantity: 6 }, { quantity: 1 }]);
    assert.deepEqual(outcomes(answer), ["existing", "held", "refused"]);
  },

  async "commit() sells live holds and confirms earlier sales"({ seats, count, advance }) {
    const [sold, late, released] = [await seats.held(2), await seats.held(), await seats.held()];
    await seats.release(released);
    assert.deepEqual(outcomes(await seats.commit(sold, released, newId())), [
      "committed",
      "refused",
      "refused",
    ]);
    advance(HOLD_TTL_MS);
    assert.deepEqual(outcomes(await seats.commit(sold, late)), ["committed", "refused"]);
    assert.deepEqual(await count(), { available: 7, held: 1, sold: 2, set_aside: 0 });
  },

  async "release() returns held and sold seats once"({ seats, count }) {
    const [held, sold] = [await seats.held(2), await seats.held(3)];
    await seats.commit(sold);
    const answer = await seats.release(held, sold, held, newId());
    assert.deepEqual(outcomes(answer), ["released", "released", "unchanged", "unchanged"]);
    assert.deepEqual(await count(), { available: 10, held: 0, sold: 0, set_aside: 0 });
  },

  async "hold() with revive renews only released and expired holds"(
    { seats, count, advance },
  ) {
    const [released, sold, live] = [await seats.held(2), await seats.held(2), await seats.held(2)];
    await seats.release(released);
    await seats.commit(sold);
    const again = (id: string) => seats.hold([{ id, quantity: 3 }], { revive: true });
    assert.deepEqual(outcomes(await seats.hold([{ id: released }])), ["existing"]);
    assert.deepEqual(outcomes(await again(released)), ["held"]);
    assert.deepEqual(outcomes(await again(sold)), ["existing"]);
    assert.deepEqual(outcomes(await again(live)), ["existing"]);
    assert.deepEqual(await count(), { available: 3, held: 5, sold: 2, set_aside: 0 });
    advance(HOLD_TTL_MS);
    assert.deepEqual(outcomes(await again(live)), ["held"]);
    assert.deepEqual(await count(), { available: 2, held: 6, sold: 2, set_aside: 0 });
  },

  async "hold() with revive sells at the price that it names, and else at today's"({ seats }) {
    const [kept, todays, plain, live] = [newId(), newId(), newId(), await seats.held()];
    const agreedMinor = 1;
    const agreed = { unit_price_minor: agreedMinor };
    const priced = [{ id: kept, ...agreed }, { id: todays }, { id: live, ...agreed }];
    assert.deepEqual(outcomes(await seats.hold(priced, { revive: true })), [
      "held",
      "held",
      "existing",
    ]);
    await seats.hold([{ id: plain, ...agreed }]);
    const { event, results } = await seats.hold([kept, todays, live, plain].map((id) => ({ id })));
    const today = event.unit_price_minor;
    assert.notEqual(today, agreedMinor);
    const prices = results.map((one) => one.outcome === "existing" ? one.unit_price_minor : null);
    assert.deepEqual(prices, [agreedMinor, today, today, today], "only of what it holds");
  },

  async "extend() prolongs live holds, never shortens them, and refuses expired ones"(
    { seats, extend, advance },
  ) {
    const id = await seats.held();
    assert.deepEqual(outcomes(await extend(id, 2 * HOLD_TTL_MS)), ["extended"]);
    assert.deepEqual(outcomes(await extend(id, 1)), ["extended"]);
    advance(2 * HOLD_TTL_MS - 1);
    assert.deepEqual(outcomes(await seats.commit(id)), ["committed"]);
    const other = await seats.held();
    advance(HOLD_TTL_MS);
    assert.deepEqual(outcomes(await extend(other, HOLD_TTL_MS)), ["refused"]);
  },

  async "an open waitlist sets all free seats aside for itself"({ seats, count }) {
    const id = await seats.held(4);
    await seats.waitlist(true);
    assert.deepEqual(outcomes(await seats.hold([{}])), ["refused"]);
    await seats.release(id);
    assert.deepEqual(await count(), { available: 0, held: 0, sold: 0, set_aside: 10 });
    assert.deepEqual(outcomes(await seats.hold([{ quantity: 2 }], { source: "waitlist" })), [
      "held",
    ]);
    await seats.waitlist(false);
    assert.deepEqual(await count(), { available: 8, held: 2, sold: 0, set_aside: 0 });
  },

  async "resize() stops at the taken seats and changes the seats of an open waitlist"(
    { seats, count, resize },
  ) {
    await seats.held(4);
    assert.equal(await resize(3), false);
    assert.equal(await resize(4), true);
    await seats.waitlist(true);
    assert.equal(await resize(9), true);
    assert.deepEqual(await count(), { available: 0, held: 4, sold: 0, set_aside: 5 });
  },

  async "a cancelled event refuses holds and sales but releases all seats"(
    { seats, cancelEvent, count },
  ) {
    const [held, sold] = [await seats.held(), await seats.held()];
    await seats.commit(sold);
    await cancelEvent();
    assert.deepEqual(outcomes(await seats.hold([{}])), ["refused"]);
    assert.deepEqual(outcomes(await seats.commit(held)), ["refused"]);
    assert.deepEqual(outcomes(await seats.release(held, sold)), ["released", "released"]);
    assert.equal((await count()).available, 10);
  },

  async "the sweep releases holds that expired at least the grace period ago"(
    { seats, sweep, count, advance },
  ) {
    await seats.held(2);
    advance(HOLD_TTL_MS + 29_999);
    await sweep();
    assert.equal((await count()).held, 2);
    advance(1);
    await sweep();
    assert.equal((await count()).held, 0);
  },
};
