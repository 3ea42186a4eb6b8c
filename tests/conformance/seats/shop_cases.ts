import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import type { HoldBatchResult, HoldItem } from "../../../services/event/inventory/types.ts";
import { HOLD_TTL_MS } from "../../../services/event/testing/world.ts";
import type { TypeSettings } from "../../models/seats/seat_model.ts";
import type { Shop } from "./shop.ts";

/** A shop with a stand and a lounge, a type of each, and a family type of the stand. */
export interface OpenShop {
  shop: Shop;
  eventId: string;
  now: Date;
  typeIds: Readonly<Record<"stand" | "lounge" | "family", string>>;
}

const NUMBERS = { stand: 1, lounge: 2, family: 3 } as const;
export type TypeName = keyof typeof NUMBERS;

/** Opens the shop on an event of twenty seats. */
export async function openShop(
  shop: Shop,
  { eventId, now }: { eventId: string; now: Date },
): Promise<OpenShop> {
  await shop.makePool({ poolId: newId(), name: "Stand", capacity: 10 });
  await shop.makePool({ poolId: newId(), name: "Lounge", capacity: 4 });
  const typeIds = { stand: newId(), lounge: newId(), family: newId() };
  const open = { shop, eventId, now, typeIds };
  await change(open, "stand", {
    ...{ name: "Stand", price_minor: 1_000, pools: [0, 1], units: [1, 1] },
  });
  await change(open, "lounge", {
    ...{ name: "Lounge", price_minor: 2_000, pools: [0, 2], units: [1, 1] },
  });
  await change(open, "family", {
    ...{ name: "Family", price_minor: 3_000, pools: [0, 1], units: [4, 4] },
  });
  return open;
}

export function change(
  { shop, eventId, typeIds }: OpenShop,
  name: TypeName,
  settings: Partial<TypeSettings>,
): Promise<void> {
  const ids = { event_id: eventId, type: NUMBERS[name], ticket_type_id: typeIds[name] };
  return shop.setType({ ...ids, ...settings });
}

interface Order {
  lines: Partial<Record<TypeName, number>>;
  buyerId?: string;
  ids?: readonly string[];
}

/** Lines of orders, in the form of a hold. */
function itemsOf({ typeIds, now }: OpenShop, orders: readonly Order[]): HoldItem[] {
  return orders.flatMap(({ lines, buyerId = newId(), ids = [] }, order) =>
    Object.entries(lines).map(([name, quantity], n) => ({
      allocationId: ids[n] ?? newId(),
      quantity,
      expiresAt: new Date(now.getTime() + HOLD_TTL_MS),
      ticketTypeId: typeIds[name as TypeName],
      buyerId,
      order,
    }))
  );
}

/** Holds orders, by default for the public. */
export function hold(
  { source = "public", ...open }: OpenShop & { source?: "public" | "waitlist" },
  ...orders: Order[]
): Promise<HoldBatchResult> {
  return open.shop.hold(itemsOf(open, orders), { source });
}

/** What became of each line: `held`, or the reason of its refusal. */
export function outcomes({ results }: HoldBatchResult): string[] {
  return results.map((result) =>
    result.outcome === "refused" ? result.refusal?.reason ?? "refused" : result.outcome
  );
}

/** Guarantees of pools, ticket types, orders and limits; each case gets a shop of its own. */
export const SHOP_CASES: Readonly<Record<string, (open: OpenShop) => Promise<void>>> = {
  async "hold() holds an order whole or not at all"(open) {
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2, lounge: 5 } })), [
      ...["seats", "seats"],
    ]);
    const both = await hold(open, { lines: { stand: 2, lounge: 4 } }, { lines: { stand: 8 } });
    assert.deepEqual(outcomes(both), ["held", "held", "held"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 1 } })), ["seats"]);
  },

  async "hold() refuses an order of which only some lines were held before"(open) {
    const ids = [newId(), newId()];
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 1 }, ids })), ["held"]);
    const longer = await hold(open, { lines: { stand: 1, lounge: 1 }, ids });
    assert.deepEqual(outcomes(longer), ["existing", "key_reused"]);
    const again = await hold(open, { lines: { stand: 1 }, ids });
    assert.deepEqual(outcomes(again), ["existing"]);
  },

  async "a refused order leaves its seats and its buyer's room to the orders behind it"(open) {
    await change(open, "stand", { max_per_buyer: 2 });
    const buyerId = newId();
    const answer = await hold(
      open,
      { lines: { stand: 2, lounge: 5 }, buyerId },
      { lines: { stand: 2, lounge: 4 }, buyerId },
      { lines: { stand: 1 }, buyerId },
    );
    assert.deepEqual(outcomes(answer), ["seats", "seats", "held", "held", "buyer_limit"]);
  },

  async "a family ticket takes four seats of the house and of its pool"(open) {
    const answer = await hold(open, { lines: { family: 2 } }, { lines: { family: 1 } });
    assert.deepEqual(outcomes(answer), ["held", "seats"]);
    assert.equal(answer.availableSeats, 12);
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 3 } })), ["max"]);
  },

  async "an order gives no more tickets than a booking may have, also where all fit"(open) {
    await change(open, "family", { pools: [0], units: [4] });
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 3 } })), ["max"]);
    const [{ order: _, ...line }] = itemsOf(open, [{ lines: { family: 3 } }]) as [HoldItem];
    assert.deepEqual(outcomes(await open.shop.hold([line])), ["max"]);
    const ofTwoLines = await hold(open, { lines: { family: 2, lounge: 3 } });
    assert.deepEqual(outcomes(ofTwoLines), ["max", "max"]);
  },

  async "a type's limit counts what its buyer holds and owns, until it is given back"(open) {
    await change(open, "stand", { max_per_buyer: 3 });
    const [buyerId, ids] = [newId(), [newId()]];
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2 }, buyerId, ids })), ["held"]);
    await open.shop.commit(ids);
    const more = () => hold(open, { lines: { stand: 2 }, buyerId });
    assert.deepEqual(outcomes(await more()), ["buyer_limit"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2 } })), ["held"]);
    await open.shop.release(ids);
    assert.deepEqual(outcomes(await more()), ["held"]);
  },

  async "the event's limit counts the tickets that a buyer holds and has not paid"(open) {
    await open.shop.setMaxHeld(4);
    const [buyerId, ids] = [newId(), [newId()]];
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 1 }, buyerId, ids })), ["held"]);
    const more = () => hold(open, { lines: { lounge: 1 }, buyerId });
    assert.deepEqual(outcomes(await more()), ["buyer_limit"]);
    await open.shop.commit(ids);
    assert.deepEqual(outcomes(await more()), ["held"]);
  },

  async "a limit that is set counts what buyers have already"(open) {
    const buyerId = newId();
    await hold(open, { lines: { stand: 2 }, buyerId });
    await change(open, "stand", { max_per_buyer: 3 });
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2 }, buyerId })), ["buyer_limit"]);
    await change(open, "stand", { max_per_buyer: null });
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 2 }, buyerId })), ["held"]);
  },

  async "commit() sells an order whole or not at all"({ shop, ...open }) {
    const ids = [newId(), newId()];
    await hold({ shop, ...open }, { lines: { stand: 1, lounge: 1 }, ids });
    await shop.release(ids.slice(1));
    const { results } = await shop.commit(ids, [0, 0]);
    assert.deepEqual(results.map(({ outcome }) => outcome), ["refused", "refused"]);
    const [line] = await shop.lookUp(ids);
    assert.equal(line!.state, "held");
  },

  async "a change of a type's pools touches later orders only"(open) {
    const ids = [newId()];
    await hold(open, { lines: { stand: 10 }, ids });
    await change(open, "stand", { pools: [0, 2], units: [1, 1] });
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 1 } })), ["seats"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 4 } })), ["held"]);
    await open.shop.release(ids);
    assert.deepEqual(outcomes(await hold(open, { lines: { family: 2 } })), ["held"]);
  },

  async "a pool is retired once nothing of it is taken and no type draws on it"(open) {
    const [lounge, ids] = [2, [newId()]];
    await hold(open, { lines: { lounge: 1 }, ids });
    assert.equal(await open.shop.retirePool(lounge), false);
    await change(open, "lounge", { pools: [0], units: [1] });
    assert.equal(await open.shop.retirePool(lounge), false);
    await open.shop.release(ids);
    assert.equal(await open.shop.retirePool(lounge), true);
    assert.equal(await open.shop.retirePool(0), false);
    assert.equal(await open.shop.retirePool(1), false);
  },

  async "a pool is not lowered below the seats that are taken of it"(open) {
    await hold(open, { lines: { stand: 3 } });
    assert.equal(await open.shop.resizePool(1, 2), false);
    assert.equal(await open.shop.resizePool(1, 3), true);
    assert.deepEqual(outcomes(await hold(open, { lines: { stand: 1 } })), ["seats"]);
  },

  async "a type is sold while it is active, in its window, and within its bounds"(open) {
    const { now } = open;
    const later = (ms: number) => new Date(now.getTime() + ms);
    const tried = async (settings: Partial<TypeSettings>) => {
      await change(open, "stand", settings);
      return outcomes(await hold(open, { lines: { stand: 2 } }))[0];
    };
    assert.equal(await tried({ status: "paused" }), "not_on_sale");
    assert.equal(await tried({ status: "archived" }), "not_on_sale");
    assert.equal(await tried({ status: "active", sales_start: later(1) }), "not_on_sale");
    assert.equal(await tried({ sales_start: null, sales_end: now }), "not_on_sale");
    assert.equal(await tried({ sales_end: null, min_per_order: 3 }), "min");
    assert.equal(await tried({ min_per_order: 1, max_per_order: 1 }), "max");
    assert.equal(
      await tried({ max_per_order: 2, sales_start: now, sales_end: later(1), min_per_order: 2 }),
      "held",
    );
  },

  async "a line is sold at the price of its type"(open) {
    const answer = await hold(open, { lines: { stand: 1 } });
    assert.equal(answer.event?.types?.[open.typeIds.stand]?.unitPriceMinor, 1_000);
  },

  async "an order without a type obeys the rules of the default type"(open) {
    const { shop, eventId, now } = open;
    const expiresAt = new Date(now.getTime() + HOLD_TTL_MS);
    const holdDefault = async () =>
      outcomes(await shop.hold([{ allocationId: newId(), quantity: 1, expiresAt }]));
    const settings = { event_id: eventId, type: 0, ticket_type_id: eventId };
    assert.deepEqual(await holdDefault(), ["held"]);
    await shop.setType({ ...settings, status: "paused" });
    assert.deepEqual(await holdDefault(), ["not_on_sale"]);
  },

  async "a limit counts each hold of its buyer, and refuses holds without a buyer"(open) {
    await change(open, "stand", { max_per_buyer: 3 });
    const buyerId = newId();
    const more = async () => outcomes(await hold(open, { lines: { stand: 1 }, buyerId }));
    for (let held = 0; held < 3; held++) assert.deepEqual(await more(), ["held"]);
    assert.deepEqual(await more(), ["buyer_limit"]);
    const nobodys = itemsOf(open, [{ lines: { stand: 1 } }]).map(
      ({ buyerId: _, ...item }) => item,
    );
    assert.deepEqual(outcomes(await open.shop.hold(nobodys)), ["buyer_limit"]);
  },

  async "a hold or sale that is given back no longer counts against its buyer's limits"(open) {
    await change(open, "stand", { max_per_buyer: 2 });
    await open.shop.setMaxHeld(2);
    const [buyerId, held, sold] = [newId(), [newId()], [newId()]];
    const more = async (ids: string[]) =>
      outcomes(await hold(open, { lines: { stand: 1 }, buyerId, ids }));
    assert.deepEqual(await more(sold), ["held"]);
    await open.shop.commit(sold);
    assert.deepEqual(await more(held), ["held"]);
    assert.deepEqual(await more([newId()]), ["buyer_limit"]);
    await open.shop.release(held);
    assert.deepEqual(await more([newId()]), ["held"]);
    await open.shop.release(sold);
    // One hold is left: as many as two more would fit if the sale had counted as a hold.
    assert.deepEqual(await more([newId()]), ["held"]);
    assert.deepEqual(outcomes(await hold(open, { lines: { lounge: 1 }, buyerId })), [
      "buyer_limit",
    ]);
  },
};
