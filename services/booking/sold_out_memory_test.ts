import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { GrantedAllocations } from "./granted_allocations.ts";
import { SoldOutMemory } from "./sold_out_memory.ts";

function memoryOf(granted: string[]) {
  const clock = new ManualClock();
  const listGranted = () => Promise.resolve({ allocation_ids: granted, seq: 7, more: false });
  return { clock, memory: new SoldOutMemory(clock, new GrantedAllocations({ listGranted })) };
}

Deno.test("SoldOutMemory turns away what is too much and lets through what may fit", () => {
  const { memory } = memoryOf([]);
  const event = newId();
  memory.remember(event, { available: 1, seq: 7 });
  assert.equal(memory.refuses(event, 2), true);
  assert.equal(memory.refuses(event, 1), false);
  assert.equal(memory.refuses(newId(), 2), false);
  memory.forget(event);
  assert.equal(memory.refuses(event, 2), false);
});

Deno.test("SoldOutMemory lets a single request ask again every 250 ms", () => {
  const { clock, memory } = memoryOf([]);
  const event = newId();
  memory.remember(event, { available: 0, seq: 7 });
  for (let round = 0; round < 3; round++) {
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(249);
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(1);
    assert.equal(memory.refuses(event, 1), false, "one asks");
  }
});

Deno.test("SoldOutMemory takes for a replay what was granted, and all while it knows nothing", async () => {
  const [event, granted] = [newId(), newId()];
  const { memory } = memoryOf([granted]);
  assert.equal(await memory.mayBeReplay(event, newId()), true);
  memory.remember(event, { available: 0, seq: 7 });
  assert.equal(await memory.mayBeReplay(event, granted), true);
  assert.equal(await memory.mayBeReplay(event, newId()), false);
  memory.remember(event, { available: 0, seq: 8 });
  assert.equal(await memory.mayBeReplay(event, newId()), true, "its ledger was not read so far");
});
