import { pause } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Need a standby and a pooler, which the run has when it is told to strike so. */
export const FAILOVERS: readonly string[] = ["failover", "failover_after_silence"];

/** Longer than a statement may run and its answer may take. */
const SILENCE_MS = 25_000;

/**
 * Returns the faults that lose the primary, if there is a standby to promote: at once, or after commits have waited for
 * the standby beyond every time limit, so that none of them may have been acknowledged.
 */
export function failovers({ postgres }: Site): Fault[] {
  if (!("failOver" in postgres)) return [];
  const failOver = async () => {
    const { promotedMs, switchedMs } = await postgres.failOver();
    return `primary ended, standby promoted after ${promotedMs.toFixed(0)} ms, ` +
      `PgBouncer led to it after ${switchedMs.toFixed(0)} ms`;
  };
  return [{
    name: "failover",
    kills: true,
    async strike() {
      await postgres.provideStandby();
      return await failOver();
    },
  }, {
    name: "failover_after_silence",
    kills: true,
    async strike() {
      await postgres.provideStandby();
      await postgres.silenceStandby();
      await pause(SILENCE_MS);
      return `standby silent for ${SILENCE_MS} ms, ${await failOver()}`;
    },
  }];
}
