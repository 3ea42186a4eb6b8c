import assert from "node:assert/strict";
import { changesUpTo, parseFeedPosition } from "@evently/shared/feed_position";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { testEngine } from "../../../services/search/testing/world.ts";
import { createShop, type Shop } from "./shop.ts";

const PASSES = 10;
const SALES_PER_PASS = 40;
const CAPACITY = 1_000;
/** Far more than the feed reads that the sales need. */
const MAX_SEARCHES = 2_000;

async function published(shop: Shop): Promise<string> {
  const draft = { ...shop.draft(), name: "Hot", total_capacity: CAPACITY };
  const { event_id } = await shop.admin("POST", "/events", draft);
  await shop.admin("PUT", `/events/${event_id}`, { status: "published" });
  return event_id;
}

async function sellOne(shop: Shop, eventId: string): Promise<void> {
  const expiresAt = new Date(Date.now() + 300_000).toISOString();
  const items = [{ allocation_id: newId(), quantity: 1, expires_at: expiresAt }];
  await shop.internal("POST", "/seats/hold", { batches: [{ event_id: eventId, items }] });
}

async function lastChange(shop: Shop): Promise<number> {
  const { last } = await shop.internal("GET", "/events/changes");
  return changesUpTo(parseFeedPosition(last)!);
}

async function seatsTaken(shop: Shop): Promise<number> {
  const { body } = await shop.search("/api/v1/search?q=hot");
  return CAPACITY - body.results[0].available_seats;
}

// `deno task bench:search-lag` measures the delay.
Deno.test("after a worker pass searches show all sales, as one change per event", async () => {
  await using engine = testEngine();
  await using shop = await createShop(engine.config);
  await shop.pass();
  const eventId = await published(shop);
  await shop.pass();
  const before = await lastChange(shop);
  for (let pass = 1; pass <= PASSES; pass++) {
    await Promise.all(times(SALES_PER_PASS, () => sellOne(shop, eventId)));
    await shop.pass();
    assert.equal(await seatsTaken(shop), pass * SALES_PER_PASS);
  }
  assert.equal(await lastChange(shop) - before, PASSES);
});

Deno.test("running workers never show fewer sales than before and finally show all", async () => {
  await using engine = testEngine();
  await using shop = await createShop(engine.config);
  await shop.pass();
  const eventId = await published(shop);
  shop.startWorkers();
  let sold = 0;
  const selling = (async () => {
    for (; sold < PASSES * SALES_PER_PASS; sold++) await sellOne(shop, eventId);
  })();
  let shown = 0;
  for (let searches = 0; shown < PASSES * SALES_PER_PASS; searches++) {
    assert.ok(searches < MAX_SEARCHES, `only ${shown} of ${sold} sales are shown`);
    await shop.feedRead();
    const taken = await seatsTaken(shop);
    assert.ok(taken >= shown, `${taken} seats taken, after ${shown}`);
    shown = taken;
  }
  await selling;
});
