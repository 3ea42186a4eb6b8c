import type { Site } from "../site.ts";
import { failovers } from "./failover.ts";
import type { Fault } from "./fault.ts";
import { freezePostgres, processFreezes, redisFreezes } from "./freezes.ts";
import { killBackend, killPostgres, killRedis, processKills } from "./kills.ts";
import { closedLog, fullLog, stalledLog } from "./log_readers.ts";
import { lostWorkers } from "./lost_worker.ts";
import { cutAfterCommit, flushRedis } from "./losses.ts";
import { connectionsTaken, diskFull, rowsLocked } from "./shortages.ts";

/** Returns all faults that can be injected at this site. */
export function faultsOf(site: Site): Fault[] {
  return [
    ...processKills(site),
    killPostgres,
    killBackend,
    killRedis,
    flushRedis,
    cutAfterCommit,
    connectionsTaken,
    rowsLocked,
    diskFull,
    stalledLog,
    closedLog,
    fullLog,
    ...processFreezes(site),
    freezePostgres,
    ...redisFreezes(site),
    ...failovers(site),
    ...lostWorkers(site),
  ];
}
