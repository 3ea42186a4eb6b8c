import { exactlyOne } from "@evently/shared/postgres";
import type { World } from "../../../services/booking/testing/world.ts";
import type { Place } from "./place.ts";
import type { Site } from "./site.ts";

/** Rounds of the workers after which everything must be done. */
const MAX_ROUNDS = 20;

/** Runs all workers for some events until a round changes nothing. */
export async function untilQuiet(
  { world, places }: Pick<Site, "world" | "places">,
  eventIds: readonly string[],
): Promise<void> {
  let before = "";
  for (let round = 0; round < MAX_ROUNDS; round++) {
    await world.settle();
    for (const place of places) {
      await Promise.all(eventIds.map((eventId) => place.run({ name: "round", eventId })));
    }
    await world.settle();
    const after = await fingerprintOf(world, eventIds);
    if (after === before) return;
    before = after;
  }
  throw new Error(`the workers are still at it after ${MAX_ROUNDS} rounds`);
}

/** Ends holds whose time is up, by all workers that do so. */
export async function endHolds({ world }: Site, place: Place): Promise<void> {
  await place.run({ name: "expire" });
  await world.settle();
  await place.run({ name: "sweep" });
}

/** Changes with every step of a waitlist and every move of seats. */
async function fingerprintOf(
  { bookingsDb, eventsDb }: World,
  eventIds: readonly string[],
): Promise<string> {
  const [entries, seats] = await Promise.all([
    exactlyOne(
      bookingsDb<{ entries: string | null }[]>`
        SELECT string_agg(entry_id || status || round || passed, ',' ORDER BY entry_id) AS entries
          FROM waitlist_entries WHERE event_id = ANY (${eventIds}::uuid[])`,
      ({ entries }) => entries,
    ),
    exactlyOne(
      eventsDb<{ seq: number; open: number }[]>`
        SELECT sum(i.seq)::bigint AS seq, count(*) FILTER (WHERE waitlist_open) AS open
          FROM seat_inventory i WHERE event_id = ANY (${eventIds}::uuid[]) AND pool = 0`,
      ({ seq, open }) => `${seq} ${open}`,
    ),
  ]);
  return `${entries} ${seats}`;
}
