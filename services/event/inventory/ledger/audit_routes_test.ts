import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { transaction } from "@evently/shared/postgres";
import { auditAndReport } from "./main.ts";
import { type Actor, createEventWorld, type EventWorld, seatsOf } from "../../testing/world.ts";

/** An event whose seats were made, held, sold, released and set aside: nine entries, 0 to 8. */
async function busyEvent(world: EventWorld, organiser: Actor): Promise<string> {
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 20 } });
  const seats = seatsOf(world, event_id);
  const [first, second, third] = [await seats.held(2), await seats.held(3), await seats.held(4)];
  await seats.commit(first, second);
  await seats.waitlist(true);
  await seats.release(second, third);
  return event_id;
}

async function audit(world: EventWorld, eventId: string, { token }: Actor) {
  const { status, body } = await world.send("GET", `/admin/events/${eventId}/audit`, { token });
  assert.equal(status, 200);
  return body;
}

/** Runs a statement that only a superuser may run. */
async function tamper(world: EventWorld, statement: string): Promise<void> {
  await world.sql.unsafe(statement);
}

function named({ discrepancies }: { discrepancies: { kind: string; seq?: number }[] }): string[] {
  return discrepancies.map(({ kind, seq }) => seq === undefined ? kind : `${kind} ${seq}`);
}

Deno.test("auditEvent() reports the accounts and the head of a consistent ledger", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const eventId = await busyEvent(world, organiser);

  const report = await audit(world, eventId, organiser);

  const [head] = await world.sql`
    SELECT encode(hash, 'hex') AS hash FROM seat_ledger WHERE event_id = ${eventId}
     ORDER BY seq DESC LIMIT 1`;
  assert.deepEqual(report, {
    consistent: true,
    entries: 9,
    accounts: { available: 0, held: 0, sold: 2, set_aside: 18 },
    pools: [],
    head_hash: head!.hash,
    discrepancies: [],
  });
});

Deno.test("the audit is visible to the organiser, analysts and super admins", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const eventId = await busyEvent(world, organiser);
  const path = `/admin/events/${eventId}/audit`;

  for (const role of ["analyst", "super_admin"] as const) {
    assert.equal((await audit(world, eventId, await world.actor(role))).consistent, true);
  }
  const other = await world.actor();
  assert.equal((await world.send("GET", path, { token: other.token })).status, 404);
  assert.equal((await world.send("GET", path)).status, 401);
  const { token } = organiser;
  assert.equal((await world.send("GET", `/admin/events/${newId()}/audit`, { token })).status, 404);
  assert.equal((await world.send("GET", "/admin/events/7/audit", { token })).status, 400);
});

Deno.test("no role has the right to change the ledger, not even its owner", async () => {
  await using world = await createEventWorld();
  const rights = await world.sql`
    SELECT privilege_type
      FROM pg_class, aclexplode(relacl)
     WHERE relname = 'seat_ledger' AND privilege_type IN ('UPDATE', 'DELETE', 'TRUNCATE')`;
  assert.deepEqual([...rights], []);
});

Deno.test("a role with the grants of decision 0007 sells and cannot change the ledger", async () => {
  await using world = await createEventWorld();
  const eventId = await busyEvent(world, await world.actor());
  const role = `evently_test_${newId().replaceAll("-", "")}`;
  await world.sql.unsafe(`
    CREATE ROLE ${role};
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role};
    REVOKE UPDATE, DELETE, TRUNCATE ON seat_ledger FROM ${role};`);
  try {
    const asRole = (statement: string) =>
      transaction(world.sql, async (tx) => {
        await tx.unsafe(`SET LOCAL ROLE ${role}`);
        await tx.unsafe(statement);
      });
    await asRole(`SELECT resize_pool('${eventId}', 0::smallint, 30)`);
    for (
      const change of [
        "UPDATE seat_ledger SET seats = 1",
        "DELETE FROM seat_ledger",
        "TRUNCATE seat_ledger",
      ]
    ) {
      await assert.rejects(asRole(change), /permission denied for table seat_ledger/);
    }
    await assert.rejects(
      asRole(`ALTER TABLE seat_ledger OWNER TO ${role}`),
      /must be owner of table seat_ledger/,
    );
  } finally {
    await world.sql.unsafe(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  }
});

const TAMPERINGS: { name: string; statement: (eventId: string) => string; found: string[] }[] = [
  {
    name: "an edited entry",
    statement: (id) =>
      `UPDATE seat_ledger SET recorded_at = recorded_at - interval '1 day' WHERE event_id = '${id}' AND seq = 3`,
    found: ["entry_altered 3"],
  },
  {
    name: "an entry about another allocation",
    statement: (id) =>
      `UPDATE seat_ledger SET allocation_ids = ARRAY[event_id] WHERE event_id = '${id}' AND seq = 1`,
    found: ["entry_altered 1", "allocation_differs", "allocation_differs"],
  },
  {
    name: "an entry with another number of seats",
    statement: (id) => `UPDATE seat_ledger SET seats = 1 WHERE event_id = '${id}' AND seq = 2`,
    found: ["entry_altered 2", "entry_unbalanced 2", "inventory_differs", "inventory_differs"],
  },
  {
    name: "a deleted entry",
    statement: (id) => `DELETE FROM seat_ledger WHERE event_id = '${id}' AND seq = 5`,
    found: ["entry_missing 5", "inventory_differs", "inventory_differs"],
  },
  {
    name: "a deleted last entry",
    statement: (id) => `DELETE FROM seat_ledger WHERE event_id = '${id}' AND seq = 7`,
    found: [
      "entry_missing 7",
      "inventory_differs",
      "inventory_differs",
      "allocation_differs",
    ],
  },
  {
    name: "a deleted first entry",
    statement: (id) => `DELETE FROM seat_ledger WHERE event_id = '${id}' AND seq = 0`,
    found: ["entry_missing 0", "inventory_differs"],
  },
  {
    name: "two entries in another order",
    statement: (id) => `
      UPDATE seat_ledger SET seq = seq + 100 WHERE event_id = '${id}' AND seq IN (2, 3);
      UPDATE seat_ledger SET seq = CASE seq WHEN 102 THEN 3 ELSE 2 END
       WHERE event_id = '${id}' AND seq > 100`,
    found: [
      "entry_altered 2",
      "entry_unbalanced 2",
      "entry_altered 3",
      "entry_unbalanced 3",
      "entry_altered 4",
      "entry_unbalanced 4",
    ],
  },
  {
    name: "an appended entry",
    statement: (id) => `
      INSERT INTO seat_ledger
      SELECT event_id, seq + 1, pool, 'release', 'sold', 'set_aside', 0, '{}', '{}',
             available, held, sold, set_aside, recorded_at, hash
        FROM seat_ledger WHERE event_id = '${id}' AND seq = 8`,
    found: ["entry_unexpected 9", "entry_altered 9"],
  },
  {
    name: "an inventory with other counters",
    statement: (id) =>
      `UPDATE seat_inventory SET sold = sold + 1, set_aside = set_aside - 1 WHERE event_id = '${id}'`,
    found: ["inventory_differs", "inventory_differs"],
  },
  {
    name: "an allocation with other seats",
    statement: (id) =>
      `UPDATE seat_allocations SET quantity = 9 WHERE event_id = '${id}' AND state = 'sold'`,
    found: ["allocation_differs"],
  },
];

for (const { name, statement, found } of TAMPERINGS) {
  Deno.test(`the audit finds and names ${name}`, async () => {
    await using world = await createEventWorld();
    const organiser = await world.actor();
    const eventId = await busyEvent(world, organiser);
    await tamper(world, statement(eventId));

    const report = await audit(world, eventId, organiser);

    assert.equal(report.consistent, false);
    assert.deepEqual(named(report), found);
  });
}

Deno.test("auditAndReport() names discrepancies and counts events", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  await busyEvent(world, organiser);
  const eventId = await busyEvent(world, organiser);
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);

  assert.equal(await auditAndReport(world.sql, say), 0);
  assert.deepEqual(lines.splice(0), ["2 events with 18 ledger entries audited, 0 do not add up"]);

  await tamper(world, `DELETE FROM seat_ledger WHERE event_id = '${eventId}' AND seq = 5`);
  assert.equal(await auditAndReport(world.sql, say), 1);
  assert.equal(lines[0], `event ${eventId}: entry 5 is missing`);
  assert.equal(lines.at(-1), "2 events with 17 ledger entries audited, 1 do not add up");
});

Deno.test("auditEvent() reads one snapshot during sales", async () => {
  await using world = await createEventWorld();
  const organiser = await world.actor();
  const { event_id } = await world.event({ organiser, fields: { total_capacity: 500 } });
  const seats = seatsOf(world, event_id);
  let selling = true;
  const sales = (async () => {
    for (let i = 0; i < 60; i++) await seats.commit(await seats.held(2));
    selling = false;
  })();
  while (selling) {
    assert.deepEqual((await audit(world, event_id, organiser)).discrepancies, []);
  }
  await sales;
});
