import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import {
  type Actor,
  createEventWorld,
  createOffer,
  type EventWorld,
  seatsOf,
  setWaitlistOpen,
} from "../../testing/world.ts";

/**
 * An event with a stand that two types share: one gives four tickets, the other has a limit a buyer. Entries: 0 and 1
 * make the house and the stand, 2 closes; 3 and 4 hold a family ticket, 5 and 6 two limited ones; 7 and 8 sell the
 * family ticket.
 */
async function busyShop(
  world: EventWorld,
  organiser: Actor,
): Promise<{ eventId: string; standId: string }> {
  const fields = { total_capacity: 20, public_counts: true };
  const offer = await createOffer(world, { organiser, fields });
  const stand = await offer.pool({ name: "Stand", capacity: 12 });
  const pools = [{ pool_id: stand.pool_id }];
  const family = await offer.type({ name: "Family", gives: 4, pools });
  const limited = await offer.type({ name: "Limited", max_per_buyer: 3, pools });
  const familyId = await offer.held(family.ticket_type_id);
  await offer.held(limited.ticket_type_id, { quantity: 2, buyerId: newId() });
  await seatsOf(world, offer.eventId).commit(familyId);
  return { eventId: offer.eventId, standId: stand.pool_id };
}

/** What a discrepancy names: its kind, then the entry and the pool where they are known. */
function named({ kind, seq, pool }: { kind: string; seq?: number; pool?: number }): string {
  const entry = seq === undefined ? "" : ` ${seq}`;
  return `${kind}${entry}${pool === undefined ? "" : ` of pool ${pool}`}`;
}

const TAMPERINGS: { name: string; statement: string; found: string[] }[] = [
  {
    name: "a pool with other counters",
    statement:
      "UPDATE seat_inventory SET sold = sold - 1, held = held + 1 WHERE event_id = $1 AND pool = 1",
    found: ["inventory_differs of pool 1", "inventory_differs of pool 1"],
  },
  {
    name: "a pool with another capacity",
    statement: "UPDATE seat_inventory SET capacity = capacity + 5 WHERE event_id = $1 AND pool = 1",
    found: ["inventory_differs of pool 1"],
  },
  {
    name: "an edited entry of a pool",
    statement:
      "UPDATE seat_ledger SET recorded_at = recorded_at - interval '1 day' WHERE event_id = $1 AND seq = 3",
    found: ["entry_altered 3 of pool 1"],
  },
  {
    name: "an entry of a pool with another number of seats",
    statement: "UPDATE seat_ledger SET seats = 1 WHERE event_id = $1 AND seq = 5",
    found: [
      "entry_altered 5 of pool 1",
      "entry_unbalanced 5 of pool 1",
      "inventory_differs of pool 1",
      "inventory_differs of pool 1",
    ],
  },
  {
    name: "an entry that was moved to another pool",
    statement: "UPDATE seat_ledger SET pool = 0 WHERE event_id = $1 AND seq = 5",
    found: [
      "entry_altered 5",
      "entry_unbalanced 5",
      "entry_unbalanced 6",
      "entry_unbalanced 7 of pool 1",
      "inventory_differs",
      "inventory_differs",
      "inventory_differs of pool 1",
      "inventory_differs of pool 1",
      "allocation_differs",
      "allocation_differs of pool 1",
    ],
  },
  {
    name: "a deleted entry of a pool",
    statement: "DELETE FROM seat_ledger WHERE event_id = $1 AND seq = 5",
    found: [
      "entry_missing 5",
      "entry_unbalanced 7 of pool 1",
      "inventory_differs of pool 1",
      "inventory_differs of pool 1",
      "allocation_differs of pool 1",
    ],
  },
  {
    name: "a deleted last entry of the house",
    statement: "DELETE FROM seat_ledger WHERE event_id = $1 AND seq = 8",
    found: ["entry_missing 8", "inventory_differs", "inventory_differs", "allocation_differs"],
  },
  {
    name: "a deleted pool",
    statement: "DELETE FROM seat_inventory WHERE event_id = $1 AND pool = 1",
    found: [
      "inventory_differs of pool 1",
      "inventory_differs of pool 1",
      "inventory_differs of pool 1",
    ],
  },
  {
    name: "an allocation that took fewer seats of a pool",
    statement: "UPDATE seat_allocations SET units = '{4,1}' WHERE event_id = $1 AND state = 'sold'",
    found: ["allocation_differs of pool 1"],
  },
  {
    name: "an allocation that took seats of the house only",
    statement:
      "UPDATE seat_allocations SET pools = NULL, units = NULL WHERE event_id = $1 AND state = 'held'",
    found: ["allocation_differs of pool 1"],
  },
  {
    name: "a buyer of whom fewer tickets are counted",
    statement: "UPDATE seat_buyers SET taken = taken - 1 WHERE event_id = $1",
    found: ["buyer_differs"],
  },
  {
    name: "an event that is marked as plain",
    statement: "UPDATE seat_inventory SET plain = true WHERE event_id = $1 AND pool = 0",
    found: ["plain_differs"],
  },
];

/** Changes of an event on which somebody waits for limited tickets, of which ten seats of the stand are left. */
const WAITED_FOR: { name: string; statement: string; found: string[] }[] = [
  {
    name: "seats that are set aside for nobody",
    statement: "UPDATE ticket_types SET waitlist_open = false WHERE event_id = $1",
    found: ["set_aside_differs", "set_aside_differs of pool 1", "waitlist_differs"],
  },
  {
    name: "seats that are not set aside for those who wait",
    statement: "UPDATE ticket_types SET waitlist_open = true WHERE event_id = $1",
    found: ["set_aside_differs"],
  },
  {
    name: "seats that are set aside for a paused type",
    statement: "UPDATE ticket_types SET status = 'paused' WHERE event_id = $1 AND waitlist_open",
    found: ["set_aside_differs", "set_aside_differs of pool 1"],
  },
  {
    name: "a house that does not know that somebody waits",
    statement: "UPDATE seat_inventory SET waitlist_open = false WHERE event_id = $1 AND pool = 0",
    found: ["waitlist_differs"],
  },
];

for (const { name, statement, found } of WAITED_FOR) {
  Deno.test(`audit and proof find ${name}`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const { eventId } = await busyShop(world, organiser);
    await setWaitlistOpen(world.sql, eventId, true, 2);
    const audit = async () => {
      const path = `/admin/events/${eventId}/audit`;
      return (await world.send("GET", path, { token: organiser.token })).body;
    };
    const isSound = async () => {
      world.clock.advance(1_000);
      const { adds_up: house, pools } = (await world.send("GET", `/events/${eventId}/proof`)).body;
      return [house, ...pools.map((pool: { adds_up: boolean }) => pool.adds_up)];
    };
    assert.deepEqual((await audit()).discrepancies, []);
    assert.deepEqual(await isSound(), [true, true]);

    await world.sql.unsafe(statement, [eventId]);

    assert.deepEqual((await audit()).discrepancies.map(named), found);
    const asideFound = found.filter((what) => what.startsWith("set_aside"));
    assert.deepEqual(await isSound(), [
      !asideFound.includes("set_aside_differs"),
      !asideFound.includes("set_aside_differs of pool 1"),
    ]);
  });
}

for (const { name, statement, found } of TAMPERINGS) {
  Deno.test(`the audit finds and names ${name}`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const { eventId } = await busyShop(world, organiser);
    const audit = async () => {
      const path = `/admin/events/${eventId}/audit`;
      return (await world.send("GET", path, { token: organiser.token })).body;
    };
    assert.deepEqual((await audit()).discrepancies, []);
    await world.sql.unsafe(statement, [eventId]);

    const report = await audit();

    assert.equal(report.consistent, false);
    assert.deepEqual(report.discrepancies.map(named), found);
  });
}

Deno.test("the proof names the pool whose counters and ledger differ", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  for (
    const change of ["sold = sold + 1", "held = held - 1", "capacity = capacity + 1", "seq = 3"]
  ) {
    const { eventId, standId } = await busyShop(world, organiser);
    const proof = async () => (await world.send("GET", `/events/${eventId}/proof`)).body;
    const isSound = async () => {
      const { adds_up: house, pools } = await proof();
      return [house, ...pools.map((pool: { adds_up: boolean }) => pool.adds_up)];
    };
    assert.deepEqual(await isSound(), [true, true]);
    await world.sql.unsafe(
      `UPDATE seat_inventory SET ${change} WHERE event_id = $1 AND pool = 1`,
      [eventId],
    );
    world.clock.advance(1_000);

    assert.deepEqual(await isSound(), [true, false], change);
    assert.equal((await proof()).pools[0].pool_id, standId);
  }
});
