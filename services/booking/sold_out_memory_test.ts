import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { SoldOutMemory } from "./sold_out_memory.ts";

function createMemory() {
  const clock = new ManualClock();
  return { clock, memory: new SoldOutMemory(clock) };
}

Deno.test("SoldOutMemory turns away what is too much and lets through what may fit", () => {
  const { memory } = createMemory();
  const event = newId();
  memory.remember(event, 1);
  assert.equal(memory.refuses(event, 2), true);
  assert.equal(memory.refuses(event, 1), false);
  assert.equal(memory.refuses(newId(), 2), false);
  memory.forget(event);
  assert.equal(memory.refuses(event, 2), false);
});

Deno.test("SoldOutMemory lets a single request ask again every 250 ms", () => {
  const { clock, memory } = createMemory();
  const event = newId();
  memory.remember(event, 0);
  for (let round = 0; round < 3; round++) {
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(249);
    assert.equal(memory.refuses(event, 1), true);
    clock.advance(1);
    assert.equal(memory.refuses(event, 1), false, "one asks");
  }
});
