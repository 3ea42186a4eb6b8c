import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Needs a standby and a pooler, which the run has when it is told to strike so. */
export const FAILOVER = "failover";

/** Returns the fault that loses the primary, if there is a standby to promote. */
export function failovers({ postgres }: Site): Fault[] {
  if (!("failOver" in postgres)) return [];
  return [{
    name: FAILOVER,
    kills: true,
    async strike() {
      await postgres.provideStandby();
      const { promotedMs, switchedMs } = await postgres.failOver();
      return `primary ended, standby promoted after ${promotedMs.toFixed(0)} ms, ` +
        `PgBouncer led to it after ${switchedMs.toFixed(0)} ms`;
    },
  }];
}
