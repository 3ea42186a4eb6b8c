import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { createLogger } from "@evently/shared/log";
import { GuardedRedis, openRedis } from "@evently/shared/redis";
import { toPending } from "../orders/insert_sql.ts";
import { GATHER_MS, HoldDocuments } from "./hold_documents.ts";

Deno.test("HoldDocuments.put() writes at once, then gathers what comes within 25 ms", async () => {
  const clock = new ManualClock();
  const redis = await openRedis({ kind: "memory", clock });
  const pauses: { ms: number; end: () => void }[] = [];
  const holds = new HoldDocuments({
    redis: new GuardedRedis(redis.client, createLogger({ level: "error" })),
    clock,
    pause: (ms) => new Promise((end) => pauses.push({ ms, end })),
  });
  const isThere = async ({ bookingId }: { bookingId: string }) =>
    await holds.find(bookingId) !== undefined;
  const [first, second, third] = [newHold(clock), newHold(clock), newHold(clock)] as const;

  await holds.put(first);
  assert.equal(await isThere(first), true);

  const gathered = [holds.put(second), holds.put(third)];
  assert.equal(await isThere(second), false, "a replay asks PostgreSQL meanwhile");
  assert.deepEqual(pauses.map(({ ms }) => ms), [GATHER_MS]);

  pauses[0]!.end();
  await Promise.all(gathered);
  assert.deepEqual([await isThere(second), await isThere(third)], [true, true]);
  assert.equal(pauses.length, 2, "both were written together");
  await redis.close();
});

function newHold(clock: ManualClock) {
  const bookedAt = clock.now();
  return toPending({
    bookingId: newId(),
    userId: newId(),
    eventId: newId(),
    quantity: 1,
    unitPriceMinor: 100,
    currency: "INR",
    lines: undefined,
    terms: { refundPolicy: [], startsAt: new Date(bookedAt.getTime() + 3_600_000) },
    bookedAt,
    expiresAt: new Date(bookedAt.getTime() + 60_000),
  }, 0);
}
