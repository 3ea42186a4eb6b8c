import assert from "node:assert/strict";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { GrantedAllocations } from "./granted_allocations.ts";

/** A ledger of one entry an allocation, read in pages of two. */
function ledgerOf(allocationIds: string[]) {
  const reads: number[] = [];
  const ledger = { allocationIds, reads, failing: false };
  const granted = new GrantedAllocations({
    listGranted(_eventId, after) {
      reads.push(after);
      if (ledger.failing) return Promise.reject(new Error("down"));
      const page = ledger.allocationIds.slice(after + 1, after + 3);
      return Promise.resolve({
        allocation_ids: page,
        seq: after + page.length,
        more: page.length === 2,
      });
    },
  });
  return { ledger, granted };
}

Deno.test("GrantedAllocations reads an event's ledger once for all who ask, and then only on", async () => {
  const event = newId();
  const ids = times(5, newId);
  const { ledger, granted } = ledgerOf(ids);
  const asked = [...ids, ...times(100, newId)];

  const known = await Promise.all(
    asked.map((allocationId) => granted.mayHave(event, { allocationId, seq: 4 })),
  );

  assert.deepEqual(known, asked.map((_, i) => i < ids.length));
  assert.deepEqual(ledger.reads, [-1, 1, 3]);
  const later = newId();
  ledger.allocationIds = [...ids, later];
  assert.equal(await granted.mayHave(event, { allocationId: later, seq: 5 }), true);
  assert.equal(await granted.mayHave(event, { allocationId: newId(), seq: 5 }), false);
  assert.deepEqual(ledger.reads, [-1, 1, 3, 4]);
});

Deno.test("GrantedAllocations says that it may be while the ledger does not answer, and heals", async () => {
  const event = newId();
  const { ledger, granted } = ledgerOf([newId()]);
  ledger.failing = true;
  assert.equal(await granted.mayHave(event, { allocationId: newId(), seq: 0 }), true);
  ledger.failing = false;
  assert.equal(await granted.mayHave(event, { allocationId: newId(), seq: 0 }), false);
});

Deno.test("GrantedAllocations keeps no event of very many, and asks for it no more", async () => {
  const event = newId();
  let reads = 0;
  const granted = new GrantedAllocations({
    listGranted: (_eventId, after) => {
      reads++;
      const allocation_ids = times(
        50_000,
        (i) => (i + after * 50_000).toString(16).padStart(8, "0"),
      );
      return Promise.resolve({ allocation_ids, seq: after + 1, more: true });
    },
  });
  for (let i = 0; i < 3; i++) {
    assert.equal(await granted.mayHave(event, { allocationId: newId(), seq: 1_000 }), true);
  }
  assert.ok(reads <= 5, `${reads} pages were read`);
});
