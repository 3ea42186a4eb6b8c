import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { GrantedAllocations } from "./granted_allocations.ts";
import type { SeatInventory } from "./seat_inventory.ts";

function grantedOf(listGranted: SeatInventory["listGranted"]) {
  const clock = new ManualClock();
  const pauses: number[] = [];
  const pause = (ms: number) => (pauses.push(ms), clock.advance(ms), Promise.resolve());
  return { clock, pauses, granted: new GrantedAllocations({ listGranted }, { clock, pause }) };
}

/** Lets everything go on until it waits for something outside. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A ledger of one entry an allocation, read in pages of two. */
function ledgerOf(allocationIds: string[]) {
  const reads: number[] = [];
  const ledger = { allocationIds, reads, failing: false };
  const parts = grantedOf((_eventId, after) => {
    reads.push(after);
    if (ledger.failing) return Promise.reject(new Error("down"));
    const page = ledger.allocationIds.slice(after + 1, after + 3);
    const seq = after + page.length;
    return Promise.resolve({ allocation_ids: page, seq, more: page.length === 2 });
  });
  return { ledger, ...parts };
}

Deno.test("GrantedAllocations reads an event's ledger once for all who ask, and then only on", async () => {
  const event = newId();
  const ids = times(5, newId);
  const { ledger, granted } = ledgerOf(ids);
  const asked = [...ids, ...times(100, newId)];

  const known = await Promise.all(asked.map((id) => granted.mayHave(event, id)));

  assert.deepEqual(known, asked.map((_, i) => i < ids.length));
  assert.deepEqual(ledger.reads, [-1, 1, 3]);
  const later = newId();
  ledger.allocationIds = [...ids, later];
  assert.deepEqual(
    await Promise.all([later, newId()].map((id) => granted.mayHave(event, id))),
    [true, false],
  );
  assert.deepEqual(ledger.reads, [-1, 1, 3, 4]);
});

Deno.test("GrantedAllocations answers by a read that began after the question", async () => {
  const event = newId();
  const allocationIds: string[] = [];
  const reads: PromiseWithResolvers<void>[] = [];
  const { granted } = grantedOf(async (_eventId, after) => {
    const answer = { allocation_ids: allocationIds.slice(), seq: after + 1, more: false };
    const read = Promise.withResolvers<void>();
    reads.push(read);
    await read.promise;
    return answer;
  });
  const reading = granted.mayHave(event, newId());
  await turn();

  const sold = newId();
  allocationIds.push(sold);
  const replay = granted.mayHave(event, sold);
  reads[0]!.resolve();
  assert.equal(await reading, false);
  await turn();
  assert.equal(reads.length, 2, "the read under way is not joined");
  reads[1]!.resolve();
  assert.equal(await replay, true);
});

Deno.test("GrantedAllocations reads at once, but an event's ledger once in 50 ms at most", async () => {
  const [event, other] = [newId(), newId()];
  const { clock, pauses, granted } = ledgerOf([]);
  await granted.mayHave(event, newId());
  await granted.mayHave(other, newId());
  assert.deepEqual(pauses, []);
  clock.advance(20);
  await granted.mayHave(event, newId());
  assert.deepEqual(pauses, [30]);
  clock.advance(50);
  await granted.mayHave(event, newId());
  assert.deepEqual(pauses, [30]);
  clock.advance(-3_600_000);
  await granted.mayHave(event, newId());
  assert.deepEqual(pauses, [30, 50], "a clock that is set back holds nobody up");
});

Deno.test("GrantedAllocations says that it may be while the ledger does not answer, and heals", async () => {
  const event = newId();
  const { ledger, granted } = ledgerOf([newId()]);
  ledger.failing = true;
  assert.equal(await granted.mayHave(event, newId()), true);
  ledger.failing = false;
  assert.equal(await granted.mayHave(event, newId()), false);
});

Deno.test("GrantedAllocations keeps no event of very many, and asks for it no more", async () => {
  const event = newId();
  let reads = 0;
  const { granted } = grantedOf((_eventId, after) => {
    reads++;
    const allocationIds = times(
      50_000,
      (i) => (i + after * 50_000).toString(16).padStart(8, "0"),
    );
    return Promise.resolve({ allocation_ids: allocationIds, seq: after + 1, more: true });
  });
  for (let i = 0; i < 3; i++) assert.equal(await granted.mayHave(event, newId()), true);
  assert.ok(reads <= 5, `${reads} pages were read`);
});
