import { pause, signal } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

const SHORTEST_FREEZE_MS = 500;
const FREEZE_SPREAD_MS = 4_500;

/** Returns one fault per process of the platform: SIGSTOP, a pause, SIGCONT. */
export function processFreezes({ platform }: Site): Fault[] {
  return platform.processes.map((process) => ({
    name: `freeze_${process.name}`,
    kills: false,
    strike: ({ random }) => freeze([process.pid], random.below(FREEZE_SPREAD_MS)),
  }));
}

/** Freezes the PostgreSQL server and all its child processes. */
export const freezePostgres: Fault = {
  name: "freeze_postgres",
  kills: false,
  async strike({ postgres, random }) {
    return await freeze(await postgres.family(), random.below(FREEZE_SPREAD_MS));
  },
};

/** Returns the fault that freezes Redis, if Redis runs in its own process. */
export function redisFreezes({ redis }: Site): Fault[] {
  const { process } = redis;
  if (!process) return [];
  return [{
    name: "freeze_redis",
    kills: false,
    strike: ({ random }) => freeze([process.pid], random.below(FREEZE_SPREAD_MS)),
  }];
}

async function freeze(pids: readonly number[], spreadMs: number): Promise<string> {
  const freezeMs = SHORTEST_FREEZE_MS + spreadMs;
  for (const pid of pids) signal(pid, "SIGSTOP");
  try {
    await pause(freezeMs);
  } finally {
    for (const pid of pids) signal(pid, "SIGCONT");
  }
  return `${pids.length} processes for ${freezeMs} ms`;
}
