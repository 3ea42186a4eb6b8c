import fc from "fast-check";
import type { World } from "../../../services/booking/testing/world.ts";
import { expireDue } from "../../../services/booking/orders/expire_due.ts";
import { anyCommands, newUsers, type Real } from "./commands.ts";
import { Reference } from "./reference.ts";
import type { Replay } from "../replay.ts";

/** Within reach of the time steps, which can pass the hours where refunds end and the start. */
const STARTS_IN_MS = 26 * 3_600_000;
const MAX_OF_BOOKING = 4;
const MOST_SEATS = 8;

/** Applies random commands to the services and the reference; each run has its own event in one world. */
export async function check(world: World, { seed, path, replayPath }: Replay, runs: number) {
  const property = fc.asyncProperty(
    fc.integer({ min: 1, max: MOST_SEATS }),
    anyCommands(replayPath),
    async (capacity, commands) => {
      const beginning = { capacity, startsInMs: STARTS_IN_MS, max: MAX_OF_BOOKING };
      const eventId = await world.createEvent(beginning);
      const real: Real = { world, eventId, users: newUsers() };
      const model = new Reference({ ...beginning, now: world.clock.now() });
      await fc.asyncModelRun(() => ({ model, real }), commands);
      await expireDue(world.deps);
      await world.settle();
      await world.assertInvariants(eventId);
    },
  );
  return await fc.check(property, { seed, numRuns: runs, ...(path ? { path } : {}) });
}
