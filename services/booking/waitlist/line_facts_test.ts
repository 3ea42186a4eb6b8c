import assert from "node:assert/strict";
import { ManualClock } from "@evently/shared/clock";
import { newId } from "@evently/shared/ids";
import { times } from "@evently/shared/testing";
import { lineFacts } from "./line_facts.ts";
import type { WaitlistSupply } from "./supply.ts";

/** Facts over stores that count the questions. */
function createFacts() {
  const clock = new ManualClock();
  const asked = { supply: 0, queue: 0, head: 0, offers: 0, counts: 0 };
  const supply: WaitlistSupply = {
    eventId: newId(),
    isOnSale: true,
    startsAt: new Date(clock.now().getTime() + 1_000_000),
    setAside: {},
    types: [],
    seq: 1,
  };
  const known: { supply: WaitlistSupply | undefined } = { supply };
  const facts = lineFacts({
    clock,
    inventory: {
      waitlistSupply() {
        asked.supply++;
        return Promise.resolve(known.supply ? [known.supply] : []);
      },
    },
    waitlist: {
      findQueue: () => Promise.resolve((asked.queue++, undefined)),
      listWaiting: () => Promise.resolve((asked.head++, [])),
      countOffers: () => Promise.resolve(++asked.offers),
      countInLine: () => Promise.resolve(++asked.counts),
    },
  });
  const { eventId } = supply;
  /** What one look at a position reads. */
  const look = () =>
    Promise.all([
      facts.supply(eventId),
      facts.queue(eventId),
      facts.head(eventId),
      facts.recentOffers(eventId),
    ]);
  return { clock, asked, known, facts, eventId, look };
}

Deno.test("lineFacts() asks each store once a second, however many look", async () => {
  const { clock, asked, look } = createFacts();
  await Promise.all(times(1_000, look));
  clock.advance(999);
  await Promise.all(times(1_000, look));
  assert.deepEqual(asked, { supply: 1, queue: 1, head: 1, offers: 1, counts: 0 });
  clock.advance(1);
  await Promise.all(times(1_000, look));
  assert.deepEqual(asked, { supply: 2, queue: 2, head: 2, offers: 2, counts: 0 });
});

Deno.test("waiting() counts the line once in five seconds, however many look", async () => {
  const { clock, facts, eventId } = createFacts();
  const seen =
    async () => [...new Set(await Promise.all(times(1_000, () => facts.waiting(eventId))))];
  assert.deepEqual(await seen(), [1]);
  clock.advance(4_999);
  assert.deepEqual(await seen(), [1]);
  clock.advance(1);
  assert.deepEqual(await seen(), [2]);
});

Deno.test("newestSupply() reads an event anew, also one that was unknown, and once for all who wait", async () => {
  const { asked, known, facts, eventId } = createFacts();
  const { supply } = known;
  known.supply = undefined;
  assert.equal(await facts.supply(eventId), undefined);
  known.supply = supply;
  assert.equal(await facts.supply(eventId), undefined, "remembered for a second");
  const newest = await Promise.all(times(50, () => facts.newestSupply(eventId)));
  assert.ok(newest.every((one) => one === supply));
  assert.equal(await facts.supply(eventId), supply);
  assert.equal(asked.supply, 2);
});
