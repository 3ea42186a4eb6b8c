import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { BlockedBuyers } from "./blocked_buyers.ts";
import type { HoldBlock } from "./store.ts";

const HOUR_MS = 3_600_000;

Deno.test("a list of blocks that was read before a later one does not replace it", async () => {
  const clock = new ManualClock();
  const answers: PromiseWithResolvers<HoldBlock[]>[] = [];
  const blockedBuyers = new BlockedBuyers({
    clock,
    store: {
      list() {
        const answer = Promise.withResolvers<HoldBlock[]>();
        answers.push(answer);
        return answer.promise;
      },
      deleteEnded: () => Promise.resolve(),
    },
  });
  const buyer = { eventId: newId(), userId: newId() };
  const blockedUntil = new Date(clock.now().getTime() + HOUR_MS);
  const [earlier, later] = [blockedBuyers.refresh(), blockedBuyers.refresh()];
  answers[1]!.resolve([{ ...buyer, blockedAt: clock.now(), blockedUntil }]);
  await later;
  answers[0]!.resolve([]);
  await earlier;
  assert.deepEqual(blockedBuyers.until(buyer), blockedUntil);
  assert.equal(blockedBuyers.until({ ...buyer, userId: newId() }), undefined);
  assert.equal(blockedBuyers.until({ ...buyer, eventId: newId() }), undefined);
  clock.advance(HOUR_MS);
  assert.equal(blockedBuyers.until(buyer), undefined);
});
