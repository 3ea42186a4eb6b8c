import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { testEngine } from "../../../services/search/testing/indices.ts";
import { createShop, type Shop } from "./shop.ts";

const PASSES = 10;
const SALES_PER_PASS = 40;
const CAPACITY = 1_000;
const POLL_MS = 5;
/** Some ten seconds and more, many times what it takes. */
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
  return (await shop.internal("GET", "/events/changes")).last;
}

async function seatsTaken(shop: Shop): Promise<number> {
  const { body } = await shop.search("/api/v1/search?q=hot");
  return CAPACITY - body.results[0].available_seats;
}

// How long that takes is measured by `deno task bench:search-lag`.
Deno.test("searches show all sales of before a pass of the workers, and a hot event is one change in it, however often it sells", async () => {
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

Deno.test("while the workers go on by themselves, what searches show of a selling event never goes back, and comes to all sales", async () => {
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
    assert.ok(searches < MAX_SEARCHES, `${shown} of ${sold} sales are shown`);
    // In one process a search that waits for nothing would let no sale in.
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    const taken = await seatsTaken(shop);
    assert.ok(taken >= shown, `${taken} seats taken, after ${shown}`);
    shown = taken;
  }
  await selling;
});
