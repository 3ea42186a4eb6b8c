import assert from "node:assert/strict";
import { times } from "@evently/shared/testing";
import { UrgentWork } from "../urgent_work.ts";
import { mailLane } from "./mod.ts";

const RENDERING_MS = 5;
const MAILS = 20;
/** Urgent work goes on for so long before the mails. */
const LONG_MS = 10_000;

/** How long so many mails take, by a clock that only mails and pauses move, with urgent work as often. */
async function durationOf({ urgentEveryMs }: { urgentEveryMs: number }): Promise<number> {
  let nowMs = 0;
  const urgent = new UrgentWork(() => nowMs);
  const advance = (byMs: number) => {
    for (const endMs = nowMs + byMs; nowMs < endMs;) {
      if (++nowMs % urgentEveryMs === 0) urgent.begin();
    }
  };
  advance(LONG_MS);
  const begunMs = nowMs;
  const time = {
    nowMs: () => nowMs,
    pause: (ms: number) => {
      advance(ms);
      return Promise.resolve();
    },
  };
  const lane = mailLane({ urgent, time });
  let running = 0;
  let ended = 0;
  await Promise.all(times(MAILS, () =>
    lane.run(async () => {
      assert.equal(++running, 1, "one at a time");
      await Promise.resolve();
      advance(RENDERING_MS);
      running--;
      ended++;
    })));
  assert.equal(ended, MAILS);
  return nowMs - begunMs;
}

Deno.test("mailLane() gives mails a quarter of the time amid urgent work, and all of it without", async () => {
  assert.equal(await durationOf({ urgentEveryMs: Infinity }), MAILS * RENDERING_MS);
  assert.equal(await durationOf({ urgentEveryMs: 10 }), MAILS * RENDERING_MS * 4);
});

Deno.test("mailLane() gives mails a sixteenth where the process is full of urgent work", async () => {
  assert.equal(await durationOf({ urgentEveryMs: 1 }), MAILS * RENDERING_MS * 16);
});
