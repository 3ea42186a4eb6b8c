import { signal } from "../servers/supervised.ts";
import type { Site } from "../site.ts";
import type { Fault } from "./fault.ts";

/** kill -9 of each of the platform's processes. */
export function processKills({ platform }: Site): Fault[] {
  return platform.processes.map((process) => ({
    name: `kill_${process.name}`,
    kills: true,
    strike: async () => `pid ${await process.kill()}`,
  }));
}

/** kill -9 of the server itself: its children end when they see it. */
export const killPostgres: Fault = {
  name: "kill_postgres",
  kills: true,
  async strike({ postgres }) {
    return `postmaster, pid ${await postgres.process.kill()}`;
  },
};

/** kill -9 of one backend: the server ends all others and recovers. */
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

/** kill -9 of Redis, which keeps nothing. */
export const killRedis: Fault = {
  name: "kill_redis",
  kills: true,
  async strike({ redis }) {
    await redis.kill();
    return redis.kind;
  },
};
