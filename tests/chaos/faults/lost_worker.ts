import { waitForPostgres } from "../servers/ready.ts";
import { pause } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Needs a distributed PostgreSQL, which the run has when it is told to strike so. */
export const LOST_WORKER = "kill_worker";

/** For up to this long a worker that comes back is killed again. */
const LONGEST_ABSENCE_MS = 4_000;
const BETWEEN_KILLS_MS = 500;

/** Returns the fault that loses one worker of a distributed PostgreSQL for a while, if there are workers. */
export function lostWorkers({ postgres }: Site): Fault[] {
  if (!("workers" in postgres)) return [];
  return [{
    name: LOST_WORKER,
    kills: true,
    async strike({ random }) {
      const { process, url } = random.pick(postgres.workers);
      const beganMs = performance.now();
      const untilMs = beganMs + random.below(LONGEST_ABSENCE_MS);
      let kills = 0;
      do {
        await process.kill();
        kills++;
        await pause(BETWEEN_KILLS_MS);
      } while (performance.now() < untilMs);
      await waitForPostgres(url);
      const goneMs = performance.now() - beganMs;
      return `${process.name} killed ${kills} times, gone for ${goneMs.toFixed(0)} ms`;
    },
  }];
}
