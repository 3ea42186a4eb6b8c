import assert from "node:assert/strict";
import { driveJoins } from "./drive_joins.ts";
import type { WaitlistEntry } from "./entry.ts";
import { UNSERVED } from "../testing/entries.ts";

const NOW = new Date("2027-03-01T12:00:00Z");

const ENTRY: WaitlistEntry = {
  entryId: "entry",
  eventId: "event",
  userId: "user",
  ticketTypeIds: ["event"],
  quantity: 2,
  minQuantity: 2,
  place: 1,
  status: "joining",
  joinedAt: NOW,
  ...UNSERVED,
};

/** Drives an entry that must wait, where `admit` finds it as `latest` says: no longer joining. */
function driveLate(latest: WaitlistEntry | undefined) {
  return driveJoins({
    waitlist: {
      admit: () => Promise.resolve([]),
      turnAway: () => Promise.resolve(),
      find: () => Promise.resolve(latest),
    },
    inventory: {
      openWaitlist: () =>
        Promise.resolve({
          outcome: "opened",
          results: ["waits"],
          availableSeats: 0,
          setAside: 0,
          seq: 1,
        }),
    },
    positions: { add: () => Promise.resolve() },
    clock: { now: () => NOW },
    nudge: { waitlist() {} },
  }, { eventId: "event", entries: [ENTRY] });
}

Deno.test("driveJoins() says so where another process has turned the entry away meanwhile", async () => {
  assert.deepEqual(await driveLate(undefined), ["available"]);
});

Deno.test("driveJoins() leaves alone what another process has admitted, or what has left", async () => {
  assert.deepEqual(await driveLate({ ...ENTRY, status: "waiting" }), ["waits"]);
  assert.deepEqual(await driveLate({ ...ENTRY, status: "left" }), ["waits"]);
});
