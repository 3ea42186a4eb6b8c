import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { WishResult } from "../../../services/event/inventory/types.ts";
import { change, hold, type OpenShop, outcomes, type TypeName } from "./shop_cases.ts";

/** Lets people wait, in this order, each for so many of some types. */
async function wait(
  { shop, typeIds }: OpenShop,
  ...wishes: readonly (readonly [minQuantity: number, ...types: TypeName[]])[]
): Promise<WishResult[]> {
  const answer = await shop.openWaitlist(wishes.map(([minQuantity, ...names]) => {
    return { ticketTypeIds: names.map((name) => typeIds[name]), minQuantity };
  }));
  assert.equal(answer.outcome, "opened");
  return answer.outcome === "opened" ? answer.results : [];
}

/** Seats set aside by pool: of the house, the stand and the lounge. */
async function aside({ shop }: OpenShop): Promise<Record<number, number>> {
  const { setAside } = await shop.supply();
  return { ...setAside };
}

async function generation({ shop, typeIds }: OpenShop, name: TypeName): Promise<number> {
  const { types } = await shop.supply();
  return types.find(({ ticketTypeId }) => ticketTypeId === typeIds[name])!.generation;
}

/** Sells so many tickets of the lounge, which has four, and of the stand, which has ten; returns their ids. */
async function sell(open: OpenShop, lines: Partial<Record<TypeName, number>>): Promise<string[]> {
  const ids = Object.keys(lines).map(() => newId());
  assert.deepEqual(new Set(outcomes(await hold(open, { lines, ids }))), new Set(["held"]));
  return ids;
}

/** Guarantees of waitlists; each case gets a shop of its own: twenty seats, ten of the stand, four of the lounge. */
export const WAITLIST_CASES: Readonly<Record<string, (open: OpenShop) => Promise<void>>> = {
  async "freed seats of a type that people wait for are set aside in all its pools"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    assert.deepEqual(await aside(open), { 0: 0, 1: 0, 2: 0 });
    const { setAside, availableSeats } = await open.shop.release(ids);
    assert.deepEqual([setAside, availableSeats], [4, 16]);
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
    assert.deepEqual(outcomes(await hold(open, { lines: { lounge: 1 } })), ["waitlist"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 10 } })), ["held"]);
  },

  async "the public is refused for want of seats where nobody waits for the type"(open) {
    await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 10 } })), ["held"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 1 } })), ["seats"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { lounge: 1 } })), ["waitlist"]);
  },

  async "the public gets what those who wait could not use"(open) {
    // Of ten free seats of the stand a family ticket takes four, so two families could come.
    assert.deepEqual(await wait(open, [3, "family"]), ["too_many"]);
    await sell(open, { stand: 10 });
    assert.deepEqual(await wait(open, [1, "family"]), ["waits"]);
    await open.shop.resizePool(1, 19);
    assert.deepEqual(await aside(open), { 0: 8, 1: 8, 2: 0 });
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2 } })), ["seats"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 1 } })), ["held"]);
    assert.deepEqual(await aside(open), { 0: 8, 1: 8, 2: 0 });
  },

  async "as much is set aside as is free where several types share a pool"(open) {
    await sell(open, { stand: 7 });
    assert.deepEqual(await wait(open, [4, "stand"], [1, "family"]), ["waits", "waits"]);
    assert.deepEqual(await aside(open), { 0: 3, 1: 3, 2: 0 });
    await open.shop.resizePool(1, 16);
    // nine of the stand, and two families of four: more than the nine that are free
    assert.deepEqual(await aside(open), { 0: 13, 1: 9, 2: 0 });
    await open.shop.resizePool(0, 17);
    assert.deepEqual(await aside(open), { 0: 10, 1: 9, 2: 0 });
  },

  async "offers are held of what is set aside, and leave what others could use"(open) {
    const ids = await sell(open, { stand: 4 });
    await open.shop.resizePool(1, 4);
    assert.deepEqual(await wait(open, [1, "family"], [4, "stand"]), ["waits", "waits"]);
    await open.shop.release(ids);
    assert.deepEqual(await aside(open), { 0: 8, 1: 4, 2: 0 });
    const offers = await hold({ ...open, source: "waitlist" }, { lines: { stand: 1 } });
    assert.deepEqual(outcomes(offers), ["held"]);
    // No family fits any more, so nothing is kept for one.
    assert.deepEqual([await aside(open), offers.setAside], [{ 0: 3, 1: 3, 2: 0 }, 3]);
    const tooMany = await hold({ ...open, source: "waitlist" }, { lines: { lounge: 1 } });
    assert.deepEqual(outcomes(tooMany), ["seats"], "nobody waits for the lounge");
  },

  async "offers are held in order, up to the first that does not fit"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    await sell(open, { stand: 10 });
    assert.deepEqual(await wait(open, [1, "stand"]), ["waits"]);
    await open.shop.release(ids);
    await open.shop.resizePool(1, 14);
    const [existing] = [[newId()]];
    const waiting = { ...open, source: "waitlist" } as const;
    assert.deepEqual(
      outcomes(await hold(waiting, { lines: { stand: 1 }, ids: existing })),
      ["held"],
    );
    // The house has seats for all of them, and the lounge for its own.
    const lounge = { lines: { lounge: 1 } };
    const offers = await hold(waiting, lounge, { lines: { stand: 4 } }, lounge);
    assert.deepEqual(outcomes(offers), ["held", "seats", "seats"]);
    const others = await hold(
      waiting,
      { lines: { stand: 9 } },
      { lines: { stand: 1 } },
      { lines: { stand: 1 }, ids: existing },
    );
    assert.deepEqual(outcomes(others), ["seats", "seats", "existing"]);
  },

  async "an offer that cannot be held for another reason stops none behind it"(open) {
    await change(open, "stand", { max_per_order: 3 });
    await sell(open, { lounge: 4, stand: 3 });
    await open.shop.resizePool(1, 3);
    assert.deepEqual(await wait(open, [1, "stand"]), ["waits"]);
    await open.shop.resizePool(1, 6);
    const offers = await hold(
      { ...open, source: "waitlist" },
      { lines: { stand: 4 } },
      { lines: { stand: 3 } },
    );
    assert.deepEqual(outcomes(offers), ["max", "held"]);
  },

  async "an offer of the default type alone is held of what is set aside"(open) {
    const { shop, eventId } = open;
    for (const name of ["stand", "lounge", "family"] as const) {
      await change(open, name, { status: "archived" });
    }
    await shop.resizePool(0, 3);
    const hold = (quantities: number[], source: "public" | "waitlist") =>
      shop.hold(
        quantities.map((quantity) => ({
          allocationId: newId(),
          quantity,
          expiresAt: new Date(open.now.getTime() + 60_000),
        })),
        { source },
      );
    const wanted = [{ ticketTypeIds: [eventId], minQuantity: 4 }];
    const opened = await shop.openWaitlist(wanted);
    assert.deepEqual(opened.outcome === "opened" && opened.results, ["waits"]);
    assert.deepEqual(outcomes(await hold([1], "public")), ["refused"]);
    const offers = await hold([2, 2, 1], "waitlist");
    assert.deepEqual(outcomes(offers), ["held", "seats", "seats"]);
    assert.deepEqual([offers.setAside, offers.availableSeats], [1, 0]);
  },

  async "nothing is set aside for a type that is paused or that nobody waits for"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    await change(open, "lounge", { status: "paused" });
    await open.shop.release(ids);
    assert.deepEqual(await aside(open), { 0: 0, 1: 0, 2: 0 });
    await change(open, "lounge", { status: "active" });
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
    await change(open, "lounge", { units: [2, 1] });
    assert.deepEqual(await aside(open), { 0: 8, 1: 0, 2: 4 });
    await change(open, "lounge", { pools: [0, 1], units: [1, 1] });
    assert.deepEqual(await aside(open), { 0: 10, 1: 10, 2: 0 });
  },

  async "a capacity is raised for those who wait, and lowered for the public first"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    await open.shop.resizePool(2, 6);
    assert.deepEqual(await aside(open), { 0: 2, 1: 0, 2: 2 });
    await open.shop.resizePool(0, 7);
    assert.deepEqual(await aside(open), { 0: 2, 1: 0, 2: 2 });
    await open.shop.resizePool(0, 5);
    assert.deepEqual(await aside(open), { 0: 1, 1: 0, 2: 1 });
    assert.equal(await open.shop.resizePool(2, 3), false);
    await open.shop.resizePool(2, 4);
    assert.deepEqual(await aside(open), { 0: 0, 1: 0, 2: 0 });
    await open.shop.release(ids);
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
  },

  async "a pool on which a type no longer draws is retired with what was set aside of it"(open) {
    await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    const pool = await open.shop.makePool({ poolId: newId(), name: "Annex", capacity: 2 });
    await change(open, "lounge", { pools: [0, pool], units: [1, 1] });
    assert.deepEqual(await aside(open), { 0: 2, 1: 0, 2: 0, [pool]: 2 });
    await change(open, "lounge", { pools: [0, 1], units: [1, 1] });
    assert.equal(await open.shop.retirePool(pool), true);
    assert.deepEqual(await aside(open), { 0: 10, 1: 10, 2: 0 });
  },

  async "a hold that expired and is held again leaves what is set aside to those who wait"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    open.shop.advance(3_600_000);
    const again = [{ allocationId: ids[0]!, quantity: 4, expiresAt: new Date("2099-01-01") }]
      .map((line) => ({ ...line, ticketTypeId: open.typeIds.lounge, buyerId: newId() }));
    const held = await open.shop.hold(again, { revive: true });
    assert.deepEqual(outcomes(held), ["waitlist"]);
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
  },

  async "the sweep sets aside what holds leave that nobody released"(open) {
    await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    open.shop.advance(3_600_000);
    await open.shop.sweep();
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
  },

  async "a list closes if nobody began to wait since, and gives its seats back"(open) {
    const { shop, typeIds } = open;
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    const seen = await generation(open, "lounge");
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    assert.equal(await generation(open, "lounge"), seen + 1);
    await shop.release(ids);
    const close = (generation: number) =>
      shop.closeWaitlist([{ ticketTypeId: typeIds.lounge, generation }]);
    assert.deepEqual((await close(seen)).closed, [], "somebody waits");
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
    const { closed, setAside, availableSeats } = await close(seen + 1);
    assert.deepEqual([closed, setAside, availableSeats], [[typeIds.lounge], 0, 20]);
    assert.deepEqual(await aside(open), { 0: 0, 1: 0, 2: 0 });
    assert.deepEqual((await close(seen + 1)).closed, [typeIds.lounge]);
    assert.deepEqual(outcomes(await hold(open, { lines: { lounge: 4 } })), ["held"]);
  },

  async "a list that closes leaves what is set aside for other types"(open) {
    const ids = await sell(open, { lounge: 4, stand: 6 });
    await sell(open, { stand: 4 });
    assert.deepEqual(await wait(open, [1, "lounge", "stand"]), ["waits"]);
    await open.shop.release(ids);
    assert.deepEqual(await aside(open), { 0: 10, 1: 6, 2: 4 });
    const listed = [{ ticketTypeId: open.typeIds.stand, generation: 1 }];
    assert.deepEqual((await open.shop.closeWaitlist(listed)).closed, [open.typeIds.stand]);
    assert.deepEqual(await aside(open), { 0: 4, 1: 0, 2: 4 });
  },

  async "a wish is answered by what the public can have after those before it"(open) {
    await sell(open, { lounge: 3 });
    const wishes = [[1, "lounge"], [2, "lounge"], [1, "lounge"]] as const;
    assert.deepEqual(await wait(open, ...wishes), ["available", "waits", "waits"]);
    assert.deepEqual(await aside(open), { 0: 1, 1: 0, 2: 1 });
  },

  async "a wish names types that are sold, in a quantity that an order can have"(open) {
    const { shop, eventId, typeIds } = open;
    await change(open, "lounge", { min_per_order: 2, max_per_order: 3 });
    await sell(open, { stand: 10 });
    assert.deepEqual(await wait(open, [4, "lounge"]), ["too_many"]);
    assert.deepEqual(await wait(open, [1, "lounge", "stand"]), ["available"]);
    assert.deepEqual(await wait(open, [4, "lounge", "stand"]), ["waits"]);
    await shop.setWaitlistOpen(false, 2);
    await sell(open, { lounge: 3 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"], "its smallest order is of two");
    await change(open, "stand", { status: "paused" });
    assert.deepEqual(await wait(open, [1, "stand"]), ["not_on_sale"]);
    assert.deepEqual(await wait(open, [1, "stand", "lounge"]), ["waits"]);
    await change(open, "stand", { status: "archived" });
    assert.deepEqual(await wait(open, [1, "stand", "lounge"]), ["no_such_type"]);
    const unknown = await shop.openWaitlist([{ ticketTypeIds: [newId()], minQuantity: 1 }]);
    assert.deepEqual(unknown.outcome === "opened" && unknown.results, ["no_such_type"]);
    await change(open, "lounge", { sales_start: new Date(open.now.getTime() + 1) });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["not_on_sale"]);
    await shop.cancelEvent();
    const wanted = [{ ticketTypeIds: [eventId, typeIds.lounge], minQuantity: 1 }];
    assert.deepEqual(await shop.openWaitlist(wanted), { outcome: "not_on_sale" });
  },

  async "a release keeps as many tickets as it says, whatever comes before or after it"(open) {
    await change(open, "family", { max_per_buyer: 2 });
    const [buyerId, ids] = [newId(), [newId(), newId()]];
    await hold(open, { lines: { family: 2 }, buyerId, ids: [ids[0]!] });
    await hold(open, { lines: { lounge: 4 }, ids: [ids[1]!] });
    await open.shop.commit([ids[1]!]);
    const release = async (...keep: number[]) =>
      (await open.shop.release(ids, keep)).results.map(({ outcome }) => outcome);
    const quantities = async () => (await open.shop.lookUp(ids)).map(({ quantity }) => quantity);
    assert.deepEqual(await release(2, 3), ["unchanged", "released"]);
    assert.deepEqual(await quantities(), [2, 3]);
    assert.deepEqual(await release(1, 1), ["released", "released"]);
    assert.deepEqual(await release(1, 3), ["unchanged", "unchanged"]);
    assert.deepEqual(await quantities(), [1, 1]);
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 1 }, buyerId })), ["held"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { lounge: 3 } })), ["held"]);
    const states = (await open.shop.lookUp(ids)).map(({ state }) => state);
    assert.deepEqual(states, ["held", "sold"]);
    assert.deepEqual(await release(0, 0), ["released", "released"]);
    assert.deepEqual(await release(0, 0), ["unchanged", "unchanged"]);
  },

  async "what a release does not keep goes to those who wait"(open) {
    const ids = await sell(open, { lounge: 4 });
    assert.deepEqual(await wait(open, [1, "lounge"]), ["waits"]);
    await open.shop.release(ids, [1]);
    assert.deepEqual(await aside(open), { 0: 3, 1: 0, 2: 3 });
  },
};
