import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import type { Shop } from "./shop.ts";

/** Events that change at the same time. */
export const EVENTS = 50;
const HOLD_TTL_MS = 300_000;
/** Limit of passes after the trouble; each advances the clock, and an engine rests for a second after a failure. */
const MAX_PASSES = 200;

/** Creates, publishes, edits, sells and cancels an event; the search service hears of each change. */
export async function live(shop: Shop, number: number): Promise<void> {
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

/** What a search must find, read from the database. */
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
 * Changes the events while `trouble` happens and the workers run, then requires that the index equals the database.
 *
 * @returns how many events can be found
 */
export async function race(shop: Shop, trouble: () => Promise<unknown>): Promise<number> {
  await shop.pass();
  let alive = true;
  const background = (async () => {
    while (alive) await shop.pass();
  })();
  try {
    await Promise.all([...times(EVENTS, (number) => live(shop, number)), trouble()]);
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
