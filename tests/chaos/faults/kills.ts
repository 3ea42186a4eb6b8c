import { signal } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** Returns one fault per process of the platform: kill -9. */
export function processKills({ platform }: Site): Fault[] {
  return platform.processes.map((process) => ({
    name: `kill_${process.name}`,
    kills: true,
    strike: async () => `pid ${await process.kill()}`,
  }));
}

/** Kills the postmaster with kill -9; its children exit when they notice. */
export const killPostgres: Fault = {
  name: "kill_postgres",
  kills: true,
  async strike({ postgres }) {
    return `postmaster, pid ${await postgres.process.kill()}`;
  },
};

/** Kills one backend with kill -9; the server ends all other backends and recovers. */
export const killBackend: Fault = {
  name: "kill_backend",
  kills: true,
  async strike({ postgres, random }) {
    const backends = await postgres.backends();
    if (backends.length === 0) return "there was no backend";
    const pid = random.pick(backends);
    signal(pid, "SIGKILL");
    return `pid ${pid} of ${backends.length} backends`;
  },
};

/** Kills Redis, which persists nothing. */
export const killRedis: Fault = {
  name: "kill_redis",
  kills: true,
  async strike({ redis }) {
    await redis.kill();
    return redis.kind;
  },
};
