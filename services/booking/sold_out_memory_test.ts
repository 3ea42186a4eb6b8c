import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { SoldOutMemory } from "./sold_out_memory.ts";

Deno.test("SoldOutMemory turns away what is too much, lets through what may fit, and forgets soon", () => {
  const clock = new ManualClock();
  const memory = new SoldOutMemory(clock);
  const event = newId();
  memory.remember(event, 1);
  assert.equal(memory.refuses(event, 2), true);
  assert.equal(memory.refuses(event, 1), false);
  assert.equal(memory.refuses(newId(), 2), false);
  clock.advance(250);
  assert.equal(memory.refuses(event, 2), false);
});
