import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type {
  ExtendResponse,
  LookupResponse,
  SoldResponse,
} from "../../../services/event/inventory/wire.ts";
import { HOLD_TTL_MS, outcomes, type Seats } from "../../../services/event/testing/world.ts";

/** A seat inventory of one event, as it is or as a model has it. */
export interface SeatSubject {
  seats: Seats;
  count(): Promise<{ available: number; held: number; sold: number; set_aside: number }>;
  extend(id: string, byMs: number): Promise<ExtendResponse>;
  lookUp(ids: string[]): Promise<LookupResponse>;
  listSold(): Promise<SoldResponse>;
  /** Whether the capacity was changed. */
  resize(capacity: number): Promise<boolean>;
  cancelEvent(): Promise<void>;
  /** Releases what expired, after its grace. */
  sweep(): Promise<void>;
  /** Lets time pass. */
  advance(byMs: number): void;
}

/** What every seat inventory does; each case has an event of ten seats of its own. */
export const SEAT_CASES: Readonly<Record<string, (subject: SeatSubject) => Promise<void>>> = {
  async "hold takes seats in order, each allocation whole or not at all, and never again"(
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

  async "a replay in a batch leaves the others the seats that it does not need"({ seats }) {
    const id = await seats.held(4);
    const answer = await seats.hold([{ id, quantity: 6 }, { quantity: 6 }, { quantity: 1 }]);
    assert.deepEqual(outcomes(answer), ["existing", "held", "refused"]);
  },

  async "commit sells what is held and not expired, and says so again"({ seats, count, advance }) {
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

  async "release gives back what is held or sold, once"({ seats, count }) {
    const [held, sold] = [await seats.held(2), await seats.held(3)];
    await seats.commit(sold);
    const answer = await seats.release(held, sold, held, newId());
    assert.deepEqual(outcomes(answer), ["released", "released", "unchanged", "unchanged"]);
    assert.deepEqual(await count(), { available: 10, held: 0, sold: 0, set_aside: 0 });
  },

  async "a hold is taken up again when it was released or has expired, and only then"(
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

  async "extend lets a hold live longer, never shorter, and does not wake the dead"(
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

  async "an open waitlist has all free seats, and gives them to nobody else"({ seats, count }) {
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

  async "capacity changes down to what is taken, and goes to whoever has the free seats"(
    { seats, count, resize },
  ) {
    await seats.held(4);
    assert.equal(await resize(3), false);
    assert.equal(await resize(4), true);
    await seats.waitlist(true);
    assert.equal(await resize(9), true);
    assert.deepEqual(await count(), { available: 0, held: 4, sold: 0, set_aside: 5 });
  },

  async "of a cancelled event nothing is held or sold, and all can be released"(
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

  async "the sweep releases what expired and a grace ago"({ seats, sweep, count, advance }) {
    await seats.held(2);
    advance(HOLD_TTL_MS + 29_999);
    await sweep();
    assert.equal((await count()).held, 2);
    advance(1);
    await sweep();
    assert.equal((await count()).held, 0);
  },
};
