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
  /** Decides the details of a fault; which fault comes is decided elsewhere, so that the order never depends on them. */
  random: Random;
}
