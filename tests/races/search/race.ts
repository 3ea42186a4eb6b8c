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
  const ticketTypeId = number % 4 === 0 ? await addTicketType(shop, { path, number }) : undefined;
  await Promise.all([
    shop.admin("PUT", path, { name: `Renamed ${number}` }),
    shop.admin("PUT", path, { base_price: number }),
    ...(ticketTypeId === undefined ? [] : [
      shop.admin("PUT", `${path}/ticket-types/${ticketTypeId}`, {
        price: 2 * number + 1,
        capacity: 4,
      }),
    ]),
    ...times(3, (hold) =>
      shop.internal("POST", "/seats/hold", {
        batches: [{
          event_id,
          items: [{
            allocation_id: newId(),
            quantity: number % 7 === 0 ? 10 : 2,
            expires_at: new Date(Date.now() + HOLD_TTL_MS).toISOString(),
            ...(hold === 0 ? { ticket_type_id: ticketTypeId } : {}),
          }],
        }],
      })),
  ]);
  if (number % 3 === 0) await shop.admin("PUT", path, { status: "cancelled" });
  else if (number % 5 === 0) await shop.admin("PUT", path, { description: "Last words" });
}

/** Adds a ticket type with a pool of its own. Every second one of them is all that is left for sale. */
async function addTicketType(
  shop: Shop,
  { path, number }: { path: string; number: number },
): Promise<string> {
  const type = { name: "Stalls", price: 5, capacity: 8 };
  const { ticket_type_id } = await shop.admin("POST", `${path}/ticket-types`, type);
  if (number % 8 === 0) {
    const [, eventId] = /([^/]+)$/.exec(path)!;
    await shop.admin("PUT", `${path}/ticket-types/${eventId}`, { status: "paused" });
  }
  return ticket_type_id;
}

/** Reads from the event service the lines that a search must find. */
async function inDatabase(shop: Shop): Promise<string[]> {
  const rows = await shop.sql<{ id: string; line: string }[]>`
    SELECT e.event_id AS id,
           concat_ws(' ', e.name, e.base_price_minor / 100, min(coalesce(y.price_minor, e.base_price_minor)) / 100,
                     max(coalesce(y.price_minor, e.base_price_minor)) / 100) AS line
      FROM events e JOIN ticket_types y USING (event_id)
     WHERE e.status = 'published' AND y.status = 'active'
     GROUP BY e.event_id`;
  const lines = await Promise.all(rows.map(async ({ id, line }) => {
    const { available_seats, status } = await shop.internal("GET", `/events/${id}`);
    return `${line} ${available_seats} ${status}`;
  }));
  return lines.toSorted();
}

async function inSearch(shop: Shop): Promise<string[]> {
  const { body } = await shop.search("/api/v1/search?limit=100");
  return (body.results ?? []).map((
    { name, base_price, price_min, price_max, available_seats, status }: Record<string, unknown>,
  ) => [name, base_price, price_min, price_max, available_seats, status].join(" ")).toSorted();
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
