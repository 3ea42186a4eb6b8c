import type { Random, TcpProxy } from "@evently/shared/testing";
import type { PlatformProcesses } from "./servers/platform.ts";
import type { PostgresServer } from "./servers/postgres.ts";
import type { RedisServer } from "./servers/redis.ts";

/** All that a fault can strike. */
export interface Site {
  platform: PlatformProcesses;
  postgres: PostgresServer;
  /** Between every service and PostgreSQL. */
  proxy: TcpProxy;
  redis: RedisServer;
  random: Random;
}
