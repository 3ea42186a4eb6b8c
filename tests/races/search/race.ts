import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import type { Shop } from "./shop.ts";

/** Events that change concurrently. */
export const EVENTS = 50;
const HOLD_TTL_MS = 300_000;
/** Passes after the fault; each advances the clock, as an engine pauses for a second after a failure. */
const MAX_PASSES = 200;

/** Creates, publishes, edits, sells and cancels an event; the search service is told of each change. */
export async function runLifecycle(shop: Shop, number: number): Promise<void> {
  const { event_id } = await shop.admin("POST", "/events", shop.draft());
  const path = `/events/${event_id}`;
  await shop.admin("PUT", path, { status: "published" });
  await Promise.all([
    shop.admin("PUT", path, { name: `Renamed ${number}` }),
    shop.admin("PUT", path, { base_price: number }),
    ...times(3, () =>
      shop.internal("POST", "/seats/hold", {
        batches: [{
          event_id,
          items: [{
            allocation_id: newId(),
            quantity: number % 7 === 0 ? 10 : 2,
            expires_at: new Date(Date.now() + HOLD_TTL_MS).toISOString(),
          }],
        }],
      })),
  ]);
  if (number % 3 === 0) await shop.admin("PUT", path, { status: "cancelled" });
  else if (number % 5 === 0) await shop.admin("PUT", path, { description: "Last words" });
}

/** Reads from the database the lines that a search must find. */
async function inDatabase(shop: Shop): Promise<string[]> {
  const rows = await shop.sql<{ line: string }[]>`
    SELECT e.name || ' ' || (e.base_price_minor / 100) || ' ' ||
           (i.capacity - i.held - i.sold - i.set_aside) AS line
      FROM events e JOIN seat_inventory i USING (event_id)
     WHERE e.status = 'published'`;
  return rows.map(({ line }) => line).toSorted();
}

async function inSearch(shop: Shop): Promise<string[]> {
  const { body } = await shop.search("/api/v1/search?limit=100");
  return (body.results ?? []).map((
    { name, base_price, available_seats }: Record<string, unknown>,
  ) => `${name} ${base_price} ${available_seats}`).toSorted();
}

/**
 * Changes the events while `fault` and the workers run, then asserts that the index equals the database.
 *
 * @returns the number of events found
 */
export async function race(shop: Shop, fault: () => Promise<unknown>): Promise<number> {
  await shop.pass();
  let alive = true;
  const background = (async () => {
    while (alive) await shop.pass();
  })();
  try {
    await Promise.all([...times(EVENTS, (number) => runLifecycle(shop, number)), fault()]);
  } finally {
    alive = false;
    await background;
  }
  shop.loses = () => false;
  const expected = await inDatabase(shop);
  assert.ok(expected.length >= EVENTS / 2);
  for (let passes = 0; passes < MAX_PASSES; passes++) {
    await shop.pass();
    if (JSON.stringify(await inSearch(shop)) === JSON.stringify(expected)) {
      return expected.length;
    }
  }
  assert.deepEqual(await inSearch(shop), expected);
  return expected.length;
}
